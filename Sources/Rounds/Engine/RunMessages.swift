/// The kind of message under which hub and sites speak of runs.
public enum RunMessage {
    public static let kind = "run"
}

/// What the hub sends to a site. A round's state is in the frame's body.
struct HubHead: Codable, Sendable {
    enum Step: Codable, Sendable {
        /// Take part in a run; answered with an ``Acceptance``.
        case invite(RunPlan)
        /// A masking key for a new epoch; answered with one.
        case key(epoch: Int)
        /// Whose sums are added in this epoch; answered with sealed shares for its first round.
        case share(Roster)
        /// One round, under masks or, where there are none, in the open.
        case compute(round: Int, masks: RoundMasks?)
        /// Take the masks off the sum of those who sent one; answered with shares.
        case unmask(Roster, UnmaskRequest)
        /// The run is over; the site forgets it.
        case end
    }

    let run: String
    let step: Step
}

/// What a site needs to mask its contribution to a round.
struct RoundMasks: Codable, Sendable {
    let roster: Roster
    let task: MaskTask
}

/// What a site answers. Contributions and shares are in the frame's body.
struct SiteHead: Codable, Sendable {
    enum Step: Codable, Sendable {
        case accepted(Acceptance)
        case keyed(SiteKeys)
        case shared
        case computed(round: Int)
        case unmasked
        case ended
    }

    let run: String
    let step: Step
}

/// A site takes part: what its variables are, and how little it lets be known.
public struct Acceptance: Codable, Sendable, Equatable {
    public let schema: Schema
    public let rules: DisclosureRules
    /// The site's masking key for the first epoch; nil where the run is not masked.
    public let keys: SiteKeys?
    /// The SHA-256 of the computation's code name, plan, cohort and variables as the site approved them.
    public let approved: String
}
