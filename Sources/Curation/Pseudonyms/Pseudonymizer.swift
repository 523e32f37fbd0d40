import Crypto

/// Replaces identifiers by keyed pseudonyms: HMAC-SHA-256, so that nobody without the key can try out names or numbers.
///
/// Each purpose has its own domain in the hash: a patient's number used as an accession number gives two pseudonyms that
/// cannot be linked. Within a purpose the same identifier always gives the same pseudonym, whatever object it stands in.
public struct Pseudonymizer: Sendable {
    private let key: PseudonymKey
    /// Empty, or the name of a project whose pseudonyms cannot be linked with those of others.
    private let project: String

    /// - Parameter project: data sets of two projects made with one key have pseudonyms that nobody without the key can
    ///   link. Empty for a hospital's own.
    public init(key: PseudonymKey, project: String = "") {
        self.key = key
        self.project = project
    }

    /// What a pseudonym stands for. The texts are part of the hash: changing one changes every pseudonym ever given out.
    public enum Purpose: Sendable, Equatable {
        case patient
        case uid
        /// An identifier of the attribute with that tag: a specimen, a container, a trial's subject.
        case identifier(tag: UInt32)
        /// A file or other place that objects come from.
        case source
        /// By how much the dates of a patient are moved.
        case dateShift
        /// The key that manifests are signed with.
        case manifest
        /// The key that a vault is sealed with.
        case vault
        /// What tells whether two nodes or two runs use the same key.
        case fingerprint

        var label: String {
            switch self {
            case .patient: "patient"
            case .uid: "uid"
            case .identifier(let tag): "identifier \(String(tag, radix: 16))"
            case .source: "source"
            case .dateShift: "date shift"
            case .manifest: "manifest"
            case .vault: "vault"
            case .fingerprint: "fingerprint"
            }
        }
    }

    /// The pseudonym of a patient: 16 characters of base 32, 80 bits. The issuer tells hospitals' numbers apart.
    public func patientID(issuer: String, id: String) -> String {
        base32(digest(.patient, [issuer, id]), characters: 16)
    }

    /// The pseudonym of another identifier, 16 characters of base 32.
    public func identifier(_ value: String, tag: UInt32) -> String {
        base32(digest(.identifier(tag: tag), [value]), characters: 16)
    }

    /// The replacement of a UID: `2.25.` and 128 bits as a decimal number (PS3.5 B.2), 44 characters at most.
    ///
    /// UIDs that the standard itself has given out are kept: SOP classes, well-known frames of reference and palettes mean
    /// the same everywhere. Padding is left out before hashing.
    public func uid(_ original: some StringProtocol) -> String {
        let text = original.trimmed
        if text.isEmpty || StandardUID.isRegistered(text) { return text }
        return "2.25.\(leading128(digest(.uid, [text])))"
    }

    /// By how much the dates of a patient are moved: 1 to 208 whole weeks into the past, so that weekdays stay and seasons
    /// do not. The same for everything of that patient, whenever it comes.
    public func dateShift(issuer: String, id: String) -> DateShift {
        let weeks = 1 + Int(leading128(digest(.dateShift, [issuer, id])) % 208)
        return DateShift(days: -7 * weeks)
    }

    /// 32 bytes for any other purpose; two lists of parts that differ in where a part ends give different bytes.
    public func digest(_ purpose: Purpose, _ parts: [String]) -> [UInt8] {
        var message = Array("atles 1 ".utf8)
        let domain = project.isEmpty ? [purpose.label] : [purpose.label, "project", project]
        for part in domain + parts {
            let bytes = part.utf8
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { message.append(contentsOf: $0) }
            message.append(contentsOf: bytes)
        }
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key.secret))
    }

    private func leading128(_ digest: [UInt8]) -> UInt128 {
        digest.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// The alphabet of RFC 4648, upper case: safe in a DICOM identifier, easy to read aloud.
    func base32(_ digest: [UInt8], characters: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var rest = leading128(digest)
        var text: [UInt8] = []
        for _ in 0..<characters {
            text.append(alphabet[Int(rest >> 123)])
            rest <<= 5
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// The UIDs of the standard itself.
enum StandardUID {
    static let root = "1.2.840.10008."

    /// Whether the UID looks like one of PS3.6 annex A: under the standard's root, with no component of more than four
    /// digits. Careless makers of objects have used the root for their own instances, with dates and times in it.
    static func isRegistered(_ uid: some StringProtocol) -> Bool {
        guard uid.hasPrefix(root) else { return false }
        let components = Array(uid.utf8.dropFirst(root.utf8.count)).split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return components.allSatisfy { (1...4).contains($0.count) }
    }
}

extension StringProtocol {
    /// Without the padding of DICOM at both ends: spaces and NULs.
    var trimmed: String {
        func isPadding(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\0" }
        guard let first = unicodeScalars.firstIndex(where: { !isPadding($0) }),
            let last = unicodeScalars.lastIndex(where: { !isPadding($0) })
        else { return "" }
        return String(self[first...last])
    }
}
