public import Federation
import FoundationEssentials

/// Tells whoever holds data that was derived from a site's under a permit (at a compute node, or as a data set of its
/// own) whose data was withdrawn.
///
/// It names nobody: a mark is SHA-256 of the permit and the site's pseudonym, so that only somebody who has the pseudonym
/// recognises it, and marks under two permits cannot be compared.
public struct WithdrawalNotice: Sendable, Hashable, Codable {
    /// The kind of message in which it travels.
    public static let kind = "data.withdrawn"
    /// More do not go into one message.
    public static let most = 100_000

    public let permit: PermitID
    public let site: SiteID
    public let dataSet: String
    public let at: PermitTime
    /// Each 64 hexadecimal digits, in order.
    public let marks: [String]

    /// - Parameter pseudonyms: of the patients whose data was withdrawn, as the site's data sets have them.
    public init(
        permit: PermitID, site: SiteID, dataSet: String, at: PermitTime, pseudonyms: some Sequence<String>
    ) {
        self.permit = permit
        self.site = site
        self.dataSet = dataSet
        self.at = at
        marks = Array(Set(pseudonyms.map { Self.mark($0, under: permit) }).sorted().prefix(Self.most))
    }

    private static func mark(_ pseudonym: String, under permit: PermitID) -> String {
        var out = CanonicalBytes(label: "atles-withdrawal-1")
        out.append(permit.text)
        out.append(pseudonym)
        return "\(Digest(sha256: out.bytes))"
    }

    /// Those of the pseudonyms in a derived data set whose data has to go.
    public func withdrawn(among pseudonyms: some Sequence<String>) -> [String] {
        let marks = Set(marks)
        return pseudonyms.filter { marks.contains(Self.mark($0, under: permit)) }
    }
}
