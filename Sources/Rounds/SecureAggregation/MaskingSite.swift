public import Crypto

/// A site's part in secure aggregation for one run.
///
/// Everything that it sends follows from its secret, the epoch, the round and what it is given: a node that was killed
/// builds it anew and sends the same bytes. Only the ledger has to survive.
public struct MaskingSite: Sendable {
    public let site: String
    public let run: String
    public let minimumContributors: Int
    let ledger: any UnmaskLedger
    let schedule: KeySchedule

    /// - Parameters:
    ///   - secret: 32 bytes that nobody else knows, the same for the whole run.
    ///   - minimumContributors: in how many sites' sum this site is ready to be hidden; the protocol's own threshold
    ///     holds besides.
    public init(
        secret: SymmetricKey, site: String, run: String, ledger: any UnmaskLedger, minimumContributors: Int
    ) {
        self.site = site
        self.run = run
        self.ledger = ledger
        self.minimumContributors = minimumContributors
        schedule = KeySchedule(secret: secret, run: run, site: site)
    }

    /// The answer to the beginning of an epoch.
    public func keys(epoch: Int) throws(RoundsError) -> SiteKeys {
        let key = try schedule.channelKey(epoch: epoch).publicKey
        return SiteKeys(site: site, run: run, epoch: epoch, channelKey: Array(key.rawRepresentation))
    }

    /// Checks the roster and agrees on a secret with every neighbour in it: 30 to 100 microseconds each. Worth keeping
    /// for the epoch, and the same when it is made again.
    public func join(_ roster: Roster) throws(RoundsError) -> MaskingMember {
        try MaskingMember(self, roster)
    }
}
