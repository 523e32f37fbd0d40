import Federation
import FoundationEssentials
import Governance
import Testing

/// Every state that a request with two sites can reach, by everybody's every action.
@Suite struct RequestModelCheck {
    /// What tells two situations apart: dates, words and messages do not.
    private struct Situation: Hashable {
        var state: RequestState
        var sites: [SiteState]
        var votes: [[String]]
        var people: Int

        init(_ request: AccessRequest) {
            state = request.state
            sites = request.sites.map(\.state)
            votes = request.sites.map { site in
                site.votes.map { voter, vote in
                    if case .grant = vote { "\(voter)+" } else { "\(voter)-" }
                }.sorted()
            }
            people = request.collaborators.count
        }
    }

    private struct Step {
        var from: Situation
        var request: AccessRequest
        var actor: RequestActor
        var action: RequestAction
        var after: AccessRequest
    }

    private static func actions(_ fixtures: RequestFixtures) -> [RequestAction] {
        let whole: [RequestAction] = [
            .save(RequestChange(title: "Another title")), .submit, .approve, .decline(reason: "no"),
            .returnForChanges(reason: "more"), .pause(reason: "wait"), .resume, .withdraw(reason: "over"), .conclude,
            .expire,
        ]
        let atSite: [SiteAction] = [
            .contact(votes: 1), .markUnreachable, .takeUp, .dataAvailable, .dataUnavailable(reason: "none"),
            .willingToCollect(offer: "later"), .stepAway(reason: "no"), .returnForChanges(reason: "more"), .resubmit,
            .setConditions(["publish"]), .acceptConditions, .declineConditions(reason: "no"), .grant(fixtures.grant),
            .refuse(reason: "no"), .reopen(reason: "look again"), .withdraw(reason: "over"), .expire,
            .revoke(reason: "misuse"),
        ]
        return whole + [fixtures.one, fixtures.two].flatMap { site in atSite.map { .site(site, $0) } }
    }

    private struct Model {
        var situations: [Situation: AccessRequest]
        var steps: [Step]
        var fixtures: RequestFixtures
    }

    /// Explored once for all tests.
    private static let model = Result { try explore() }

    private static func explore() throws -> Model {
        var fixtures = try RequestFixtures()
        fixtures.rules.votes = [fixtures.one: 2]
        let actors = fixtures.everybody.map(RequestActor.person) + [.clock]
        let actions = actions(fixtures)
        let first = try fixtures.draft()
        var situations = [Situation(first): first]
        var steps: [Step] = []
        var open = [first]
        while let request = open.popLast() {
            for actor in actors {
                for action in actions {
                    guard
                        let events = try? request.decide(
                            action, by: actor, at: fixtures.start, rules: fixtures.rules)
                    else { continue }
                    var after = request
                    for event in events { try after.apply(event) }
                    steps.append(
                        Step(
                            from: Situation(request), request: request, actor: actor, action: action, after: after))
                    let situation = Situation(after)
                    if situations[situation] == nil {
                        situations[situation] = after
                        open.append(after)
                    }
                }
            }
        }
        return Model(situations: situations, steps: steps, fixtures: fixtures)
    }

    @Test func everyStateIsReachedAndLeadsToAnEnd() throws {
        let model = try Self.model.get()
        let (situations, steps, fixtures) = (model.situations, model.steps, model.fixtures)
        #expect(Set(situations.keys.map(\.state)) == Set(RequestState.allCases))
        #expect(Set(situations.keys.flatMap(\.sites)) == Set(SiteState.allCases))

        // Backwards from the ends: whatever has happened, the request can still come to one.
        var before: [Situation: Set<Situation>] = [:]
        for step in steps { before[Situation(step.after), default: []].insert(step.from) }
        var ending = Set(situations.keys.filter { $0.state.isFinal })
        var open = Array(ending)
        while let situation = open.popLast() {
            for earlier in before[situation] ?? [] where ending.insert(earlier).inserted { open.append(earlier) }
        }
        #expect(ending.count == situations.count)

        // Somebody must act, or the request is over; and who must act can.
        let stepsFrom = Dictionary(grouping: steps, by: \.from)
        for (situation, request) in situations {
            let duties = request.duties(fixtures.rules)
            #expect(duties.isEmpty == situation.state.isFinal, "\(situation)")
            let able = stepsFrom[situation] ?? []
            for duty in duties {
                let parties = able.filter { step in
                    if let site = duty.site {
                        guard case .site(site, _) = step.action else { return false }
                    }
                    return step.request.parties(of: step.actor, at: duty.site).contains(duty.party)
                }
                #expect(!parties.isEmpty, "\(duty.party) has to act in \(situation), and cannot")
            }
        }
    }

    @Test func nobodyWithoutARightMovesAnything() throws {
        let model = try Self.model.get()
        let (steps, fixtures) = (model.steps, model.fixtures)
        for step in steps {
            let parties: Set<RequestParty>
            let right: Set<RequestParty>
            switch step.action {
            case .site(let site, let action):
                parties = step.request.parties(of: step.actor, at: site)
                right = action.verb.parties
            default:
                parties = step.request.parties(of: step.actor)
                right = try #require(step.action.verb).parties
            }
            #expect(!right.isDisjoint(with: parties), "\(step.action) by \(step.actor)")
        }
        // Those without any part in it have done nothing at all.
        for nobody in [fixtures.stranger, fixtures.auditor] {
            #expect(!steps.contains { $0.actor == .person(nobody) })
        }
    }

    @Test func aGrantHasTheVotesThatTheSiteWants() throws {
        let model = try Self.model.get()
        let (steps, fixtures) = (model.steps, model.fixtures)
        var granted = 0
        for step in steps
        where step.after[fixtures.one]?.state == .granted && step.request[fixtures.one]?.state != .granted {
            let votes = try #require(step.after[fixtures.one]).votes
            #expect(Set(votes.keys) == [fixtures.carla.id, fixtures.carlo.id])
            granted += 1
        }
        #expect(granted > 0)
    }

    @Test func onlyTheSiteItselfGrantsAndRevokes() throws {
        let model = try Self.model.get()
        let (steps, fixtures) = (model.steps, model.fixtures)
        for step in steps {
            for site in [fixtures.one, fixtures.two] where step.request[site]?.state != step.after[site]?.state {
                guard let next = step.after[site]?.state, next == .granted || next == .revoked else { continue }
                let committee = site == fixtures.one ? [fixtures.carla, fixtures.carlo] : [fixtures.dora]
                #expect(committee.contains { step.actor == .person($0) })
            }
        }
    }
}
