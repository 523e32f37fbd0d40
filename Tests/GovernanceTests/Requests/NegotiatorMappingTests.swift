import Governance
import Testing

/// Our states and events against the tables of the BBMRI-ERIC Negotiator, v3.9: its NegotiationStateMachineConfig and
/// its ResourceStateMachineConfig.
@Suite struct NegotiatorMappingTests {
    private static let negotiation: [(NegotiatorState, NegotiatorEvent, NegotiatorState)] = [
        (.draft, .submit, .submitted), (.submitted, .approve, .inProgress), (.submitted, .decline, .declined),
        (.inProgress, .pause, .paused), (.paused, .unpause, .inProgress), (.paused, .abandon, .abandoned),
        (.inProgress, .abandon, .abandoned), (.inProgress, .conclude, .concluded),
    ]

    private static let resource: [(NegotiatorResourceState, NegotiatorResourceEvent, NegotiatorResourceState)] = [
        (.submitted, .contact, .representativeContacted),
        (.submitted, .markAsUnreachable, .representativeUnreachable),
        (.representativeUnreachable, .contact, .representativeContacted),
        (.representativeContacted, .markAsCheckingAvailability, .checkingAvailability),
        (.representativeContacted, .stepAway, .resourceUnavailable),
        (.checkingAvailability, .markAsUnavailable, .resourceUnavailable),
        (.checkingAvailability, .markAsWillingToCollect, .resourceUnavailableWillingToCollect),
        (.checkingAvailability, .markAsAvailable, .resourceAvailable),
        (.resourceAvailable, .indicateAccessConditions, .accessConditionsIndicated),
        (.resourceUnavailableWillingToCollect, .indicateAccessConditions, .accessConditionsIndicated),
        (.accessConditionsIndicated, .declineAccessConditions, .resourceNotMadeAvailable),
        (.accessConditionsIndicated, .acceptAccessConditions, .accessConditionsMet),
        (.accessConditionsMet, .grantAccessToResource, .resourceMadeAvailable),
    ]

    @Test func everyStateOfTheirsHasOneOfOursThatSaysTheSame() {
        for state in NegotiatorState.allCases where state != .approved {
            #expect(RequestState(state).negotiator == state)
        }
        #expect(RequestState(NegotiatorState.approved) == .inReview)
        for state in NegotiatorResourceState.allCases { #expect(SiteState(state).negotiator == state) }
        // And the other way round: only what theirs has no word for shares one.
        let shared = RequestState.allCases.filter { RequestState($0.negotiator) != $0 }
        #expect(shared == [.expired])
        #expect(SiteState.allCases.filter { SiteState($0.negotiator) != $0 } == [.withdrawn, .expired, .revoked])
    }

    @Test func everyEventOfTheirsHasExactlyOneOfOurs() {
        for event in NegotiatorEvent.allCases {
            #expect(RequestVerb.allCases.filter { $0.negotiator == event }.count == (event == .start ? 0 : 1))
        }
        for event in NegotiatorResourceEvent.allCases {
            #expect(SiteVerb.allCases.filter { $0.negotiator == event }.count == 1)
        }
    }

    @Test func everyTransitionOfTheirsIsOneOfOurs() throws {
        for (from, event, to) in Self.negotiation {
            let verb = try #require(RequestVerb.allCases.first { $0.negotiator == event })
            #expect(RequestState(from).after(verb) == RequestState(to), "\(from) \(event)")
        }
        for (from, event, to) in Self.resource {
            let verb = try #require(SiteVerb.allCases.first { $0.negotiator == event })
            #expect(SiteState(from).after(verb) == SiteState(to), "\(from) \(event)")
        }
    }

    @Test func whatGoesBeyondTheirsIsKnownByName() {
        var beyond: Set<String> = []
        for state in RequestState.allCases {
            for verb in RequestVerb.allCases {
                guard let event = verb.negotiator, let next = state.after(verb) else { continue }
                let isTheirs = Self.negotiation.contains {
                    $0 == (state.negotiator, event, next.negotiator) && RequestState($0.0) == state
                }
                if !isTheirs { beyond.insert("\(state) \(verb)") }
            }
        }
        // Theirs deletes a draft, and cannot take back what it has not looked at yet.
        #expect(beyond == ["draft withdraw", "submitted withdraw"])

        beyond = []
        for state in SiteState.allCases {
            for verb in SiteVerb.allCases {
                guard let event = verb.negotiator, let next = state.after(verb) else { continue }
                let isTheirs = Self.resource.contains {
                    $0 == (state.negotiator, event, next.negotiator) && SiteState($0.0) == state
                }
                if !isTheirs { beyond.insert("\(state) \(verb)") }
            }
        }
        #expect(
            beyond == [
                // Theirs names these two events and gives them no transition.
                "contacted returnForChanges", "checking returnForChanges", "available returnForChanges",
                "unavailable reopen", "refused reopen",
                // A site that falls silent later, and one that answers after all.
                "contacted markUnreachable", "checking markUnreachable", "available markUnreachable",
                "unreachable takeUp", "unreachable stepAway",
                // Without conditions.
                "available grant",
            ])
    }
}
