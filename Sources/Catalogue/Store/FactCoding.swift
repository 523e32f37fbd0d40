import Cohort

/// The values of a clinical record as bytes: attribute by attribute, words by their numbers in `term`.
///
/// For each value: the number of the attribute's name and a mark (0 a word, 1 a number), then the word's number or the
/// eight bytes of the number, little-endian. Numbers of words are written seven bits a byte, the lowest first.
enum FactCoding {
    struct Value: Equatable {
        var attribute: Int64
        var value: Content
    }

    enum Content: Equatable {
        case word(Int64)
        case number(Double)
    }

    static func bytes(_ values: [Value]) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values {
            append(value.attribute, to: &bytes)
            switch value.value {
            case .word(let word):
                bytes.append(0)
                append(word, to: &bytes)
            case .number(let number):
                bytes.append(1)
                let pattern = number.bitPattern
                for shift in stride(from: 0, to: 64, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
                }
            }
        }
        return bytes
    }

    /// - Throws: ``IndexError/damaged`` for bytes that were not written here.
    static func values(_ bytes: [UInt8]) throws(IndexError) -> [Value] {
        var values: [Value] = []
        var place = 0
        while place < bytes.count {
            let attribute = try number(bytes, &place)
            guard place < bytes.count else { throw .damaged }
            let mark = bytes[place]
            place += 1
            switch mark {
            case 0: values.append(Value(attribute: attribute, value: .word(try number(bytes, &place))))
            case 1:
                guard place + 8 <= bytes.count else { throw .damaged }
                var pattern: UInt64 = 0
                for offset in 0..<8 { pattern |= UInt64(bytes[place + offset]) << UInt64(8 * offset) }
                place += 8
                values.append(Value(attribute: attribute, value: .number(Double(bitPattern: pattern))))
            default: throw .damaged
            }
        }
        return values
    }

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: number)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func number(_ bytes: [UInt8], _ place: inout Int) throws(IndexError) -> Int64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return Int64(bitPattern: number) }
            shift += 7
        }
        throw .damaged
    }
}
