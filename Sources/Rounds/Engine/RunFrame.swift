import FoundationEssentials

/// A message of a run: a small JSON head, and numbers as bytes behind it.
///
/// Four bytes of the head's length (little endian), the head, the body. Numbers in JSON would be three times as long,
/// and slow to read.
struct RunFrame<Head: Codable & Sendable>: Sendable {
    /// The longest head that is read.
    static var maximumHead: Int { 8 << 20 }

    var head: Head
    var body: [UInt8] = []

    init(_ head: Head, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }

    init(bytes: [UInt8]) throws(RoundsError) {
        guard bytes.count >= 4 else { throw .shape("a message is shorter than its own length") }
        let length = (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
        guard length <= Self.maximumHead, length <= bytes.count - 4 else {
            throw .shape("a message is shorter than it says")
        }
        do {
            head = try JSONDecoder().decode(Head.self, from: Data(bytes[4..<(4 + length)]))
        } catch {
            throw .shape("a message cannot be read; the sites of this run may have different versions of Atles")
        }
        body = Array(bytes[(4 + length)...])
    }

    func bytes() throws(RoundsError) -> [UInt8] {
        let json = try AnyComputation.write(head)
        var bytes = (0..<4).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
        bytes.append(contentsOf: json)
        bytes.append(contentsOf: body)
        return bytes
    }
}
