import Crypto
import Runtime

/// The safetensors format: the length of a JSON header as 8 bytes (little endian), the header, the tensors' bytes.
///
/// Written as the reference implementation writes it (no blanks, names sorted, padded with blanks to 8 bytes), so that
/// equal weights have equal bytes whoever wrote them.
/// Source: the format section of the safetensors project's README; `serialize` of its version 0.6.
extension ModelWeights {
    /// How much of a file is believed.
    public struct Limits: Sendable, Equatable {
        /// The format's own limit for a header.
        public var headerBytes = 100_000_000
        public var tensors = 100_000
        /// All values together.
        public var values = 1 << 30

        public init() {}
    }

    /// The length of the header and its bytes, padded.
    public var safetensorsHeader: [UInt8] {
        var text = "{"
        for entry in entries {
            if text.utf8.count > 1 { text += "," }
            let shape = entry.shape.map(String.init).joined(separator: ",")
            text += "\(JSONText.quoted(entry.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],"
            text += "\"data_offsets\":[\(entry.offset * 4),\((entry.offset + entry.count) * 4)]}"
        }
        text += "}"
        var header = Array(text.utf8)
        header.append(contentsOf: Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
        return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header
    }

    /// The whole file.
    public var safetensors: [UInt8] {
        var bytes = safetensorsHeader
        bytes.reserveCapacity(bytes.count + values.count * 4)
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The name of these weights: SHA-256 of their file, in hexadecimal.
    public var hash: String { Hex.text(SHA256.hash(data: safetensors)) }

    /// Reads a file of 32-bit floats, or of 16-bit ones (F16, BF16), which are widened without loss.
    ///
    /// - Throws: ``RoundsError/shape(_:)`` for anything that the format forbids: overlaps and holes between tensors,
    ///   names that occur twice, offsets that do not fit the shape, bytes left over.
    public init(safetensors bytes: [UInt8], limits: Limits = Limits()) throws(RoundsError) {
        let header = try SafetensorsHeader(bytes, limits: limits)
        let sorted = header.tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let entries = try Self.entries(sorted.map { ($0.name, $0.shape) })
        var values: [Float] = []
        values.reserveCapacity(entries.last.map { $0.offset + $0.count } ?? 0)
        for tensor in sorted {
            values.append(
                contentsOf: tensor.kind.floats(bytes[(header.end + tensor.begin)..<(header.end + tensor.end)]))
        }
        try self.init(values, entries: entries)
    }
}

extension ModelWeights: Codable {
    /// As one string in base64: JSON has no word for a float that is no number, and much room for those that are.
    public init(from decoder: any Decoder) throws {
        let bytes = try decoder.singleValueContainer().decode(String.self)
        guard let decoded = Base64.bytes(bytes) else {
            throw RoundsError.shape("the weights are not in base64")
        }
        try self.init(safetensors: decoded)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Base64.text(safetensors))
    }
}
