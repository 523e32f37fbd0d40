import Crypto
import FoundationEssentials

/// One line of a manifest. Exactly one of its contents is there.
struct ManifestLine: Codable {
    /// The hash of the line before; of the first line, of nothing.
    let previous: String
    var heading: BatchManifest.Heading?
    /// "atles batch manifest 1", in the heading's line.
    var format: String?
    var object: BatchManifest.Entry?
    var closing: BatchManifest.Closing?
    var signature: String?

    static let format = "atles batch manifest 1"
    /// Bytes of a line, at most: a path is the longest thing in it.
    static let longest = 65_536

    init(previous: String) {
        self.previous = previous
    }

    /// The line without its line feed. Keys are in order and nothing is escaped that need not be, so that the same content
    /// always gives the same bytes.
    func encoded() throws(ManifestError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self), data.count <= Self.longest else {
            throw ManifestError(.cannotWrite, "a line of the manifest would be longer than \(Self.longest) bytes")
        }
        return Array(data)
    }

    /// SHA-256 of a zero byte and the line: a leaf of RFC 6962, so that a tree can be laid over the same lines.
    static func hash(_ line: some Collection<UInt8>) -> String {
        var hash = SHA256()
        hash.update(data: [0])
        hash.update(data: Array(line))
        return hexadecimal(hash.finalize())
    }

    static let hashOfNothing = String(repeating: "0", count: 64)

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
    }

    static func bytes(hexadecimal text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count & 1 == 0, !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(truncatingIfNeeded: (digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0))
        }
    }
}
