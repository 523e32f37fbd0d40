import Crypto
import FoundationEssentials
import Runtime

extension Invitation {
    private static let prefix = "atles-invitation-"
    /// A text longer than this is not read.
    private static let longest = 16_384

    /// The fields as they stand in the text. Short names: people copy this.
    private struct Content: Codable {
        var v: Int
        var id: MessageID
        var site: SiteID
        var called: String
        var country: String
        var name: String
        var hub: String
        var ca: Data
        var until: Moment
        var secret: Data
    }

    /// One line that can be pasted: `atles-invitation-`, the content as base64url JSON, a dot, and eight hexadecimal
    /// digits of its SHA-256 so that a mangled copy is told from a refused one.
    public var text: String {
        let content = Content(
            v: 1, id: id, site: site, called: siteName, country: country, name: federation, hub: hub,
            ca: Data(authority), until: Moment(expires),
            secret: Data(secret.bytes))
        let encoded = (try? WireJSON.encode(content)).map { Base64URL.text($0) } ?? ""
        return "\(Self.prefix)\(encoded).\(Self.checksum(encoded))"
    }

    /// Reads ``text``; white space anywhere in it is ignored, as mail programs add it.
    public init(text: String) throws(InvitationError) {
        guard text.utf8.count <= Self.longest else { throw .notAnInvitation }
        let packed = String(text.unicodeScalars.filter { !$0.properties.isWhitespace })
        guard packed.hasPrefix(Self.prefix) else { throw .notAnInvitation }
        let parts = packed.dropFirst(Self.prefix.count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let encoded = parts.first, let sum = parts.last,
            Self.checksum(String(encoded)) == sum, let bytes = Base64URL.bytes(String(encoded))
        else { throw .mangled }
        guard let content = try? WireJSON.decode(Content.self, from: bytes) else { throw .mangled }
        guard content.v == 1 else { throw .newerVersion }
        guard content.secret.count == InvitationSecret.count, HubAddress(content.hub) != nil,
            PersonalName.isValid(content.called), PersonalName.isValid(content.name),
            CountryCode.isAssigned(content.country)
        else { throw .mangled }
        self.init(
            id: content.id, site: content.site, siteName: content.called, country: content.country,
            federation: content.name, hub: content.hub,
            authority: [UInt8](content.ca), expires: content.until.date,
            secret: InvitationSecret(bytes: [UInt8](content.secret)))
    }

    private static func checksum(_ encoded: String) -> String {
        Hex.text(SHA256.hash(data: Data(encoded.utf8)).prefix(4))
    }
}
