public import Federation

/// Why a node does not do a task.
public enum GateReason: Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    // Who asks
    case wrongAsker, notHolder, holderNotSigned
    // The permit
    case noPermit, notSigned, wrongSite, wrongFederation, revoked, notYetValid, expired, beyondPolicy
    // The task
    case claimExpired, purposeNotPermitted, computationNotPermitted, notApproved, codeChanged, dataSetNotPermitted,
        cohortNotPermitted, outputNotPermitted, placementNotPermitted
    // What was used up
    case budgetNotStated, budgetSpent, replayed, usedUp
    /// This node cannot decide now: its own files cannot be read or written.
    case unavailable

    /// The word that stands in audit entries and answers.
    public var kind: AuditEvent.Kind {
        switch self {
        case .wrongAsker: .init("wrong-asker")
        case .notHolder: .init("not-holder")
        case .holderNotSigned: .init("holder-not-signed")
        case .noPermit: .init("no-permit")
        case .notSigned: .init("not-signed")
        case .wrongSite: .init("wrong-site")
        case .wrongFederation: .init("wrong-federation")
        case .revoked: .init("revoked")
        case .notYetValid: .init("not-yet-valid")
        case .expired: .init("expired")
        case .beyondPolicy: .init("beyond-policy")
        case .claimExpired: .init("claim-expired")
        case .purposeNotPermitted: .init("purpose-not-permitted")
        case .computationNotPermitted: .init("computation-not-permitted")
        case .notApproved: .init("not-approved")
        case .codeChanged: .init("code-changed")
        case .dataSetNotPermitted: .init("data-set-not-permitted")
        case .cohortNotPermitted: .init("cohort-not-permitted")
        case .outputNotPermitted: .init("output-not-permitted")
        case .placementNotPermitted: .init("placement-not-permitted")
        case .budgetNotStated: .init("budget-not-stated")
        case .budgetSpent: .init("budget-spent")
        case .replayed: .init("replayed")
        case .usedUp: .init("used-up")
        case .unavailable: .init("unavailable")
        }
    }

    /// A sentence for whoever asked.
    public var description: String {
        switch self {
        case .wrongAsker: "the permit does not name the party that brought the task"
        case .notHolder: "the permit does not name the person for whom the task is done"
        case .holderNotSigned: "the permit holds the data user's own key, and the task is not signed with it"
        case .noPermit: "this site keeps no such permit"
        case .notSigned: "the permit does not carry enough signatures of this site's committee"
        case .wrongSite: "the permit is for another site"
        case .wrongFederation: "the permit is of another federation"
        case .revoked: "the permit was revoked"
        case .notYetValid: "the permit does not count yet"
        case .expired: "the permit has ended: ask for a new one"
        case .beyondPolicy: "this site's rules have become stricter than the permit: its committee has to look at it"
        case .claimExpired: "the task came outside the time for which it was asked"
        case .purposeNotPermitted: "the permit is not for this purpose"
        case .computationNotPermitted: "the permit does not name this computation in this version"
        case .notApproved: "this site's committee has not approved this code"
        case .codeChanged: "the code is not the one that the task names"
        case .dataSetNotPermitted: "the permit does not name this data set"
        case .cohortNotPermitted:
            "it could not be shown that the task's cohort lies within the permit's: ask for both, joined by `and`"
        case .outputNotPermitted: "the permit does not allow outputs of this kind"
        case .placementNotPermitted: "the permit does not allow the work to be done there"
        case .budgetNotStated: "the permit has a privacy budget, and the task does not say what it costs"
        case .budgetSpent: "what is left of the permit's privacy budget does not cover the task"
        case .replayed: "the task was done before"
        case .usedUp: "as many rounds as were asked for have been done"
        case .unavailable: "this site cannot decide just now"
        }
    }
}
