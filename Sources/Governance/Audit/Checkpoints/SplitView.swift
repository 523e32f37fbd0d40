import FoundationEssentials

/// Two checkpoints of one party that cannot both be of one log.
public struct SplitView: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable {
        /// The same size with two roots: proof by itself, for everybody who has the party's key.
        case twoRoots = "two-roots"
        /// The later one is smaller: entries were taken away.
        case shorter
        /// The later one does not begin with the earlier one, as far as the party could show.
        case noConsistency = "no-consistency"
    }

    public let kind: Kind
    public let earlier: SignedCheckpoint
    public let later: SignedCheckpoint

    /// Whether it proves, with nothing but the party's key, that the party told two stories.
    public func isProof(by key: VerifyingKey) -> Bool {
        let (one, other) = (earlier.checkpoint, later.checkpoint)
        guard earlier.isGenuine(by: key), later.isGenuine(by: key), one.party == other.party,
            one.federation == other.federation
        else { return false }
        switch kind {
        case .twoRoots: return one.size == other.size && one.root != other.root
        case .shorter: return other.size < one.size && other.at > one.at
        // That no proof was shown can be seen by those alone to whom none was shown.
        case .noConsistency: return false
        }
    }
}
