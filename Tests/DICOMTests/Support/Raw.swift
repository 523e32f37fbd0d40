/// Files put together byte by byte, as PS3.5 and PS3.10 lay them down, without the code under test.
enum Raw {
    static let implicit = "1.2.840.10008.1.2"
    static let explicit = "1.2.840.10008.1.2.1"
    static let deflated = "1.2.840.10008.1.2.1.99"
    static let bigEndian = "1.2.840.10008.1.2.2"
    static let jpeg = "1.2.840.10008.1.2.4.50"

    static let undefined: UInt32 = 0xFFFF_FFFF
    static let item = tag(0xFFFE, 0xE000)
    static let itemEnd = tag(0xFFFE, 0xE00D) + u32(0)
    static let sequenceEnd = tag(0xFFFE, 0xE0DD) + u32(0)

    static func u16(_ value: UInt16, big: Bool = false) -> [UInt8] {
        let bytes = [UInt8(value & 0xFF), UInt8(value >> 8)]
        return big ? bytes.reversed() : bytes
    }

    static func u32(_ value: UInt32, big: Bool = false) -> [UInt8] {
        let bytes = (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 0xFF) }
        return big ? bytes.reversed() : bytes
    }

    static func tag(_ group: UInt16, _ element: UInt16, big: Bool = false) -> [UInt8] {
        u16(group, big: big) + u16(element, big: big)
    }

    /// An explicit element. `length` where the header is to claim something else than the value has.
    static func explicit(
        _ group: UInt16, _ element: UInt16, _ vr: String, _ value: [UInt8] = [], length: UInt32? = nil,
        big: Bool = false
    ) -> [UInt8] {
        let long = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"].contains(vr)
        let claimed = length ?? UInt32(value.count)
        return tag(group, element, big: big) + vr.utf8
            + (long ? [0, 0] + u32(claimed, big: big) : u16(UInt16(truncatingIfNeeded: claimed), big: big)) + value
    }

    static func explicit(_ group: UInt16, _ element: UInt16, _ vr: String, _ text: String) -> [UInt8] {
        explicit(group, element, vr, padded(text, vr))
    }

    static func implicit(
        _ group: UInt16, _ element: UInt16, _ value: [UInt8] = [], length: UInt32? = nil
    ) -> [UInt8] {
        tag(group, element) + u32(length ?? UInt32(value.count)) + value
    }

    static func implicit(_ group: UInt16, _ element: UInt16, _ text: String) -> [UInt8] {
        implicit(group, element, padded(text, "LO"))
    }

    /// An item of defined length.
    static func item(_ content: [UInt8]) -> [UInt8] { item + u32(UInt32(content.count)) + content }

    /// An item of undefined length.
    static func openItem(_ content: [UInt8]) -> [UInt8] { item + u32(undefined) + content + itemEnd }

    static func padded(_ text: String, _ vr: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        if bytes.count % 2 == 1 { bytes.append(vr == "UI" ? 0 : 0x20) }
        return bytes
    }

    /// Preamble, meta group with its right length, data set.
    static func file(_ dataSet: [UInt8]) -> [UInt8] { file(explicit, dataSet) }

    static func file(_ syntax: String, _ dataSet: [UInt8]) -> [UInt8] {
        let rest = explicit(0x0002, 0x0001, "OB", [0, 1]) + explicit(0x0002, 0x0010, "UI", syntax)
        return preamble + explicit(0x0002, 0x0000, "UL", u32(UInt32(rest.count))) + rest + dataSet
    }

    static let preamble = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)

    /// Where the data set begins in ``file(_:_:)``.
    static func start(_ syntax: String = explicit) -> Int { file(syntax, []).count }
}
