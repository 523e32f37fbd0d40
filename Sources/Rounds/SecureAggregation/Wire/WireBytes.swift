#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A message of secure aggregation: it has one compact form in bytes, which is also its form in JSON (base64).
///
/// Numbers are little-endian, lists begin with their count, and nothing may follow the end.
public protocol WireValue: Codable, Sendable, Equatable {
    /// The message in bytes.
    var bytes: [UInt8] { get }
    /// Throws ``RoundsError/masking(_:)`` where the bytes are damaged, or of another kind of message.
    init(bytes: [UInt8]) throws(RoundsError)
}

extension WireValue {
    public init(from decoder: any Decoder) throws {
        let data = try decoder.singleValueContainer().decode(Data.self)
        try self.init(bytes: [UInt8](data))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes))
    }
}

/// Writes the parts of a message one after another.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    /// `kind` is the first byte of the message: a message read as another kind is refused.
    init(kind: UInt8) { bytes.append(kind) }

    mutating func number(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A count or an index below 2^32.
    mutating func count(_ value: Int) { number(UInt32(clamping: value)) }

    /// Bytes whose number the reader knows.
    mutating func raw(_ value: some Sequence<UInt8>) { bytes.append(contentsOf: value) }

    mutating func sized(_ value: [UInt8]) {
        count(value.count)
        bytes.append(contentsOf: value)
    }

    mutating func text(_ value: String) { sized(Array(value.utf8)) }

    mutating func vector(_ value: RingVector) {
        number(value.ring.rawValue)
        count(value.count)
        value.words.withUnsafeBytes { words in
            bytes.reserveCapacity(bytes.count + words.count + 16)
            // As typed memory it is copied in one go, as raw memory byte by byte.
            words.withMemoryRebound(to: UInt8.self) { bytes.append(contentsOf: $0) }
        }
    }
}

/// Reads what ``WireWriter`` wrote; every number is checked against what is left.
struct WireReader {
    private let bytes: [UInt8]
    private var place = 0
    private let what: String

    init(_ bytes: [UInt8], kind: UInt8, _ what: String) throws(RoundsError) {
        self.bytes = bytes
        self.what = what
        guard try number(UInt8.self) == kind else { throw damaged }
    }

    var damaged: RoundsError { .masking("\(what) is damaged, or of another version") }

    private mutating func take(_ count: Int) throws(RoundsError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - place else { throw damaged }
        defer { place += count }
        return bytes[place..<place + count]
    }

    mutating func number<Value: FixedWidthInteger>(_: Value.Type) throws(RoundsError) -> Value {
        var value = Value.zero
        for byte in try take(MemoryLayout<Value>.size).reversed() { value = value << 8 | Value(byte) }
        return value
    }

    mutating func raw(_ count: Int) throws(RoundsError) -> [UInt8] { Array(try take(count)) }

    /// A list's count, refused where its items of at least `width` bytes could not be left.
    mutating func count(itemsOf width: Int) throws(RoundsError) -> Int {
        let count = Int(try number(UInt32.self))
        guard count <= (bytes.count - place) / max(1, width) else { throw damaged }
        return count
    }

    mutating func index() throws(RoundsError) -> Int { Int(try number(UInt32.self)) }

    mutating func sized() throws(RoundsError) -> [UInt8] { try raw(try count(itemsOf: 1)) }

    mutating func text() throws(RoundsError) -> String {
        guard let text = String(validating: try sized(), as: UTF8.self) else { throw damaged }
        return text
    }

    mutating func vector() throws(RoundsError) -> RingVector {
        guard let ring = Ring(rawValue: try number(UInt8.self)) else { throw damaged }
        let count = try index()
        guard count <= RingVector.maximumCount else { throw damaged }
        let content = try take(ring.words(count) * 8)
        var vector = RingVector(zeros: count, in: ring)
        vector.words.withUnsafeMutableBytes { words in
            content.withUnsafeBytes { words.copyMemory(from: $0) }
        }
        guard ring != .bits32 || count.isMultiple(of: 2) || vector.words.last.map({ $0 >> 32 == 0 }) == true else {
            throw damaged
        }
        return vector
    }

    func end() throws(RoundsError) {
        guard place == bytes.count else { throw damaged }
    }
}
