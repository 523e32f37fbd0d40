import Crypto
import Federation
import FoundationEssentials
import Runtime

/// One entry as a line of text.
///
/// `{"sequence":7,"previous":"HEX","time":"2026-11-24T06:12:00Z","kind":"site.joined","site":"la-fe"}` and a line feed.
/// The order of the fields is fixed. `previous` is the hash of the line before, which is SHA-256 of a zero byte and the
/// line without its line feed: the leaf hash of RFC 6962, so that a Merkle tree can be laid over the same lines.
enum AuditLine {
    /// What `previous` is in the first entry.
    static let none = String(repeating: "0", count: 64)
    /// A longer line is no entry.
    static let longest = 1024

    static func hash(_ line: ArraySlice<UInt8>) -> String { Hex.text(leaf(line)) }

    /// The hash of a line as 32 bytes.
    static func leaf(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: zero)
        hash.update(data: line)
        return Array(hash.finalize())
    }

    private static let zero: [UInt8] = [0]

    /// The line, without its line feed. Every value is a number or a token without characters that JSON escapes.
    static func make(_ event: AuditEvent, sequence: Int, previous: String, time: Date) -> [UInt8] {
        var text = "{\"sequence\":\(sequence),\"previous\":\"\(previous)\",\"time\":\"\(Timestamp.text(time))\""
        text += ",\"kind\":\"\(token(event.kind.text))\""
        if let site = event.site { text += ",\"site\":\"\(site)\"" }
        if let message = event.message { text += ",\"message\":\"\(message)\"" }
        if let refusal = event.refusal { text += ",\"refusal\":\"\(refusal.rawValue)\"" }
        if let digest = event.digest { text += ",\"digest\":\"\(digest)\"" }
        if let count = event.count { text += ",\"count\":\(count)" }
        if let permit = event.permit { text += ",\"permit\":\"\(permit)\"" }
        if let person = event.person { text += ",\"person\":\"\(person)\"" }
        if let reason = event.reason { text += ",\"reason\":\"\(token(reason.text))\"" }
        return Array((text + "}").utf8)
    }

    /// A kind is source code's own text; what is no plain token in it is taken out rather than escaped.
    private static func token(_ text: String) -> String {
        String(
            text.unicodeScalars.filter {
                ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "." || $0 == "-"
            })
    }

    /// The two fields that make the chain, read without decoding the whole line; nil where it does not begin as an
    /// entry does.
    static func links(_ line: ArraySlice<UInt8>) -> (sequence: Int, previous: ArraySlice<UInt8>)? {
        guard line.count <= longest, line.last == UInt8(ascii: "}") else { return nil }
        var rest = line
        guard take(&rest, "{\"sequence\":") else { return nil }
        var sequence = 0
        var digits = 0
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 18 {
            sequence = sequence * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
            rest = rest.dropFirst()
        }
        guard digits > 0, take(&rest, ",\"previous\":\""), rest.count > 64 else { return nil }
        let previous = rest.prefix(64)
        rest = rest.dropFirst(64)
        guard take(&rest, "\",\"time\":\"") else { return nil }
        return (sequence, previous)
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard rest.count >= count else { return false }
        let isThere = text.withUTF8Buffer { rest.prefix(count).elementsEqual($0) }
        if isThere { rest = rest.dropFirst(count) }
        return isThere
    }
}
