/// A data set: a file's, its meta group, or the content of an item. A view of shared bytes that costs nothing to copy.
///
/// Elements are in ascending order and no tag appears twice: readers and builders see to it.
public struct DataSet: Sendable {
    let storage: DataSetStorage
    /// The nodes of the content.
    let range: Range<Int>

    init(storage: DataSetStorage, range: Range<Int>) {
        self.storage = storage
        self.range = range.clamped(to: 0..<storage.nodes.count)
    }

    /// Without elements.
    public init() {
        self.init(storage: .empty, range: 0..<0)
    }

    public var isEmpty: Bool { range.isEmpty }

    /// The element with that tag; not one inside a sequence.
    public subscript(tag: Tag) -> Element? {
        var index = range.lowerBound
        while index < range.upperBound {
            let node = storage.nodes[index]
            if node.tag >= tag { return node.tag == tag ? Element(storage: storage, index: index) : nil }
            index = max(Int(node.next), index + 1)
        }
        return nil
    }

    /// The elements of this data set itself, those inside sequences left out.
    public var elements: Elements { Elements(storage: storage, range: range) }

    /// Everything, in document order: elements, and the beginnings and ends of sequences and items.
    public var events: Events { Events(storage: storage, range: range) }

    /// The character set in force: this data set's own, or that of the nearest one around it.
    public var characterSet: SpecificCharacterSet {
        storage.characterSet(at: max(range.lowerBound - 1, 0))
    }

    public struct Elements: Sequence, Sendable {
        let storage: DataSetStorage
        let range: Range<Int>

        public func makeIterator() -> Iterator {
            Iterator(storage: storage, index: range.lowerBound, end: range.upperBound)
        }

        public struct Iterator: IteratorProtocol {
            let storage: DataSetStorage
            var index: Int
            let end: Int

            public mutating func next() -> Element? {
                guard index < end else { return nil }
                defer { index = Swift.max(Int(storage.nodes[index].next), index + 1) }
                return Element(storage: storage, index: index)
            }
        }
    }
}

extension DataSet: Equatable {
    /// The same elements with the same values, whatever the byte order and the lengths of sequences in the file were.
    public static func == (left: DataSet, right: DataSet) -> Bool {
        guard left.range.count == right.range.count else { return false }
        for (one, other) in zip(left.range, right.range) {
            let (a, b) = (left.storage.nodes[one], right.storage.nodes[other])
            guard a.tag == b.tag, a.vr == b.vr, a.kind == b.kind, a.length == b.length,
                Int(a.next) - left.range.lowerBound == Int(b.next) - right.range.lowerBound
            else { return false }
            let (first, second) = (left.storage.value(a), right.storage.value(b))
            let sameOrder = a.isBigEndian == b.isBigEndian || a.vr.unit == 1
            guard sameOrder ? first == second : first.elementsEqual(ByteOrder.swapped(second, unit: a.vr.unit)) else {
                return false
            }
        }
        return true
    }
}
