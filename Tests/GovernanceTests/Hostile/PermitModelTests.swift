import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

/// Every state in which a permit can be at a node, reached by every way that there is to it, with the real gate asked
/// in each.
@Suite("The states of a permit")
struct PermitModelTests {
    /// What there is to know of a permit's state.
    private struct State: Hashable {
        var signers: Set<Int> = []
        var isRevoked = false
        /// Before its time, in it, after it.
        var time = 0

        func isValid(needing: Int) -> Bool { signers.count >= needing && !isRevoked && time == 1 }
        /// Nothing that happens makes it count again.
        var isOver: Bool { isRevoked || time == 2 }
    }

    /// What can be tried, by whom.
    private enum Step: Hashable {
        case sign(member: Int)
        case revoke(member: Int)
        case timePasses
        /// Without a right: a key that is on nobody's list.
        case strangerSigns, strangerRevokes, hubBringsUnsigned
        static let all: [Step] =
            (0..<3).map { .sign(member: $0) } + [.revoke(member: 1), .timePasses]
            + [.strangerSigns, .strangerRevokes, .hubBringsUnsigned]
    }

    private func after(_ state: State, _ step: Step) -> State {
        var next = state
        switch step {
        case .sign(let member): if !state.isRevoked { next.signers.insert(member) }
        case .revoke: next.isRevoked = true
        case .timePasses: next.time = min(2, state.time + 1)
        case .strangerSigns, .strangerRevokes, .hubBringsUnsigned: break
        }
        return next
    }

    @Test("are all reached; the gate allows in exactly those that it should; nothing without a right changes one")
    func all() async throws {
        let needing = 2
        var ways: [State: [Step]] = [State(): []]
        var next = [State()]
        while !next.isEmpty {
            let state = next.removeFirst()
            for step in Step.all {
                let follower = after(state, step)
                if ways[follower] == nil {
                    ways[follower] = (ways[state] ?? []) + [step]
                    next.append(follower)
                }
            }
        }
        // Eight sets of signers, revoked or not, at three times.
        #expect(ways.count == 48)
        for (state, way) in ways {
            // No dead end: what is not over can still end, and what is not valid yet can still become so.
            let followers = Step.all.map { after(state, $0) }
            let goesOn = followers.contains { $0.isOver || $0.time > state.time }
            #expect(state.isOver || goesOn)
            let staysOver = followers.allSatisfy(\.isOver)
            if state.isOver { #expect(staysOver) }
            try await check(state, reachedBy: way, needing: needing)
        }
    }

    private func check(_ state: State, reachedBy way: [Step], needing: Int) async throws {
        var policy = SitePolicy()
        policy.signaturesNeeded = needing
        let site = try GovernedSite(policy: policy)
        let permit = try site.permit(from: site.now.advanced(by: 100), until: site.now.advanced(by: 200))
        try await site.book.add(SignedPermit(permit))
        for step in way + [.strangerSigns, .strangerRevokes, .hubBringsUnsigned] {
            try await take(step, site, permit, policy)
        }
        let refusal = try await site.refusal(try site.claim(permit))
        #expect((refusal == nil) == state.isValid(needing: needing), "\(state): \(String(describing: refusal))")
        let expected: GateReason? =
            state.isRevoked
            ? .revoked
            : state.signers.count < needing ? .notSigned : [.notYetValid, nil, .expired][state.time]
        #expect(refusal == expected)
    }

    private func take(_ step: Step, _ site: GovernedSite, _ permit: Permit, _ policy: SitePolicy) async throws {
        let stranger = try MemberKey(person: site.members[0].person, random: .system)
        func revocation(_ key: MemberKey) throws -> Revocation {
            try Revocation(
                permit.id, of: GovernedSite.federation, at: site.site, reason: .finished, time: site.now, by: key)
        }
        switch step {
        case .sign(let member):
            try await site.book.sign(permit.id, with: site.members[member], policy: policy)
        case .revoke(let member): try await site.book.revoke(try revocation(site.members[member]))
        case .timePasses: site.clock.advance(by: 100)
        case .strangerSigns:
            await #expect(throws: PermitError.notAMember) {
                try await site.book.sign(permit.id, with: stranger, policy: policy)
            }
        case .strangerRevokes:
            await #expect(throws: PermitError.notAMember) { try await site.book.revoke(try revocation(stranger)) }
        case .hubBringsUnsigned: try? await site.book.add(SignedPermit(permit))
        }
    }
}
