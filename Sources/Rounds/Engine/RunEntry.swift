/// One line of a run's record: an exchange with the sites.
public struct RunEntry: Codable, Sendable, Equatable {
    public enum What: String, Codable, Sendable { case invitation, masks, round, unmasking }

    public let what: What
    /// The round, from 1; 0 before the first.
    public let round: Int
    public let epoch: Int
    /// The sites that answered.
    public var sites: [String]
    /// Bytes that all of them sent.
    public var bytes: Int
    /// From the message's being sent to the last answer, in milliseconds; filled in by the hub.
    public var milliseconds: Double?
}

extension RunMachine {
    /// Notes how long an exchange took.
    public mutating func note(milliseconds: Double, ofEntry place: Int) {
        guard entries.indices.contains(place) else { return }
        entries[place].milliseconds = milliseconds
    }
}
