/// The name of an attribute in the standard: a group and an element number, written (gggg,eeee) in hexadecimal.
public struct Tag: Hashable, Comparable, Sendable {
    /// Group in the upper, element in the lower 16 bits: the order of numbers is the order of tags in a data set.
    public let packed: UInt32

    public init(_ group: UInt16, _ element: UInt16) {
        packed = UInt32(group) << 16 | UInt32(element)
    }

    public init(packed: UInt32) {
        self.packed = packed
    }

    /// From eight hexadecimal digits, "00100010", as DICOM JSON writes a tag.
    public init?(hex: some StringProtocol) {
        guard hex.utf8.count == 8, hex.utf8.allSatisfy({ Hexadecimal.value(of: $0) != nil }),
            let packed = UInt32(hex, radix: 16)
        else { return nil }
        self.packed = packed
    }

    public var group: UInt16 { UInt16(truncatingIfNeeded: packed >> 16) }
    public var element: UInt16 { UInt16(truncatingIfNeeded: packed) }

    public static func < (left: Tag, right: Tag) -> Bool { left.packed < right.packed }
}

extension Tag {
    /// An odd group: a vendor's own attribute, named by the private creator of its block (PS3.5 7.8).
    public var isPrivate: Bool { packed & 0x0001_0000 != 0 }

    /// (gggg,0010) to (gggg,00FF) of an odd group: the element that says whose the block (gggg,xx00) to (gggg,xxFF) is.
    public var isPrivateCreator: Bool { isPrivate && (0x0010...0x00FF).contains(element) }

    /// The private creator that a private attribute belongs to: (gggg,00xx) for (gggg,xxyy).
    public var privateCreatorTag: Tag? {
        isPrivate && element >= 0x1000 ? Tag(group, element >> 8) : nil
    }

    /// (gggg,0000): the length of a group, retired everywhere but in the file's meta group. Never written, never in JSON.
    public var isGroupLength: Bool { packed & 0xFFFF == 0 }

    /// (FFFE,xxxx): the marks around items; not attributes.
    public var isDelimiter: Bool { packed >> 16 == 0xFFFE }

    /// Pixel Data, or its 32- and 64-bit floating point forms: what header scanning stops before.
    public var isPixelData: Bool { (0x7FE0_0008...0x7FE0_0010).contains(packed) }

    /// "00100010".
    public var hex: String {
        String(unsafeUninitializedCapacity: 8) { buffer in
            for digit in 0..<8 {
                buffer[digit] = Hexadecimal.upper(UInt8(truncatingIfNeeded: packed >> UInt32(28 - 4 * digit)) & 15)
            }
            return 8
        }
    }
}

extension Tag: CustomStringConvertible {
    /// "(0010,0010)".
    public var description: String {
        let digits = hex
        return "(\(digits.prefix(4)),\(digits.suffix(4)))"
    }
}
