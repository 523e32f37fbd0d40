/// One entry of the tape that a data set is: an element, item or fragment, in the order of the file.
///
/// Children follow their parent at a level one deeper; `next` leads past them. Elements of a data set lie at even levels,
/// items and fragments at odd ones: with the level alone, a walk knows what ends between two nodes.
struct Node: Sendable {
    enum Kind: UInt8 {
        case element
        /// An element whose children are items.
        case sequence
        case item
        /// Encapsulated pixel data: an element whose children are fragments.
        case encapsulated
        case fragment
    }

    var tag: Tag
    var vr: VR
    var kind: Kind
    /// 0 for a top-level element, 1 for an item of it, 2 for an element in the item …; at most twice the depth limit.
    var level: UInt8
    var flags: Flags
    /// Where the value begins in the storage's bytes.
    var offset: Int
    /// Bytes of the value; 0 for sequences, items and encapsulated data, whose content is their children.
    var length: UInt32
    /// The index of the first node that is not inside this one.
    var next: UInt32

    /// A plain byte: an option set's generic initialisers would cost more than the rest of the parser's loop.
    struct Flags: Equatable {
        let bits: UInt8
        static let none = Flags(bits: 0)
        /// The value's numbers are big endian.
        static let bigEndian = Flags(bits: 1)
        /// The length in the file was undefined.
        static let undefinedLength = Flags(bits: 2)
    }

    var isBigEndian: Bool { flags.bits & 1 != 0 }
    var hasUndefinedLength: Bool { flags.bits & 2 != 0 }
}
