public import FoundationEssentials

/// The kind of message under which hub and sites speak of runs.
public enum RunMessage {
    public static let kind = "run"
}

/// What the hub sends to a site.
struct HubHead: Codable, Sendable {
    enum Step: Codable, Sendable {
        /// Take part in a run; answered with an ``Acceptance``.
        case invite(RunPlan)
        /// Whose sums are added in this epoch, and which masking keys they have; answered with sealed shares.
        case share(epoch: Int, roster: Data)
        /// One round. `masks` is what this site needs to mask; nil where nothing is masked.
        case compute(round: Int, epoch: Int, masks: Data?)
        /// Who has sent a masked contribution and who has not; answered with shares.
        case unmask(epoch: Int, request: Data)
        /// The run is over; the site forgets it.
        case end
    }

    let run: String
    let step: Step
}

/// What a site answers. The numbers are in the frame's body.
struct SiteHead: Codable, Sendable {
    enum Step: Codable, Sendable {
        case accepted(Acceptance)
        case shared(Data)
        /// `next` is what the site offers for masking the next round.
        case computed(round: Int, next: Data?)
        case unmasked(Data)
        case ended
    }

    let run: String
    let step: Step
}

/// A site takes part: what its variables are, and how little it lets be known.
public struct Acceptance: Codable, Sendable, Equatable {
    public let schema: Schema
    public let rules: DisclosureRules
    /// What the site offers for masking; nil where the run is not masked.
    public let keys: Data?
    /// The SHA-256 of the computation's code name, plan and cohort as the site approved them.
    public let approved: String
}
