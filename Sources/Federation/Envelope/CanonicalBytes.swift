/// The one byte sequence that a signature or a seal covers.
///
/// Signatures are never made over JSON: a JSON text can be written in many ways. Instead each signed thing writes its
/// fields in a fixed order:
///
/// - first a label that names the thing and the protocol's version (`atles-envelope-1`), as text;
/// - text and bytes: a length in 4 bytes, most significant first, then the UTF-8 or the bytes themselves;
/// - a number: 8 bytes, most significant first;
/// - a value that may be missing: the byte 0, or the byte 1 and then the value.
///
/// Two different values cannot write the same bytes, since every field's end is known from what comes before it.
package struct CanonicalBytes {
    package private(set) var bytes: [UInt8] = []

    package init(label: String) {
        append(label)
    }

    package mutating func append(_ text: String) {
        append(Array(text.utf8))
    }

    package mutating func append(_ content: [UInt8]) {
        append(UInt32(truncatingIfNeeded: content.count))
        bytes.append(contentsOf: content)
    }

    package mutating func append(_ number: Int64) {
        let bits = UInt64(bitPattern: number)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
    }

    package mutating func append(_ text: String?) {
        guard let text else { return bytes.append(0) }
        bytes.append(1)
        append(text)
    }

    private mutating func append(_ number: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
        }
    }
}
