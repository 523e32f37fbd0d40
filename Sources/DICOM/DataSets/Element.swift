/// An element of a data set: a view of shared bytes. Values are worked out when asked for; nonsense gives nil or nothing.
public struct Element: Sendable {
    let storage: DataSetStorage
    let index: Int

    var node: Node { storage.nodes[index] }

    public var tag: Tag { node.tag }
    public var vr: VR { node.vr }

    /// The sequences around the element: 0 at the top.
    public var depth: Int { Int(node.level) / 2 }

    /// The value as it lies in the file, padding included; empty for sequences and encapsulated data.
    public var bytes: ArraySlice<UInt8> { storage.value(node) }

    /// Whether binary numbers in ``bytes`` are big endian.
    public var isBigEndian: Bool { node.isBigEndian }

    /// The value in little endian order.
    public var littleEndianBytes: ArraySlice<UInt8> {
        isBigEndian && vr.unit > 1 ? ByteOrder.swapped(bytes, unit: vr.unit)[...] : bytes
    }

    /// Where the value begins in the file (in the inflated data set, where the file is deflated).
    public var offset: Int { storage.base + node.offset }

    public var isSequence: Bool { node.kind == .sequence }

    /// Whether this is encapsulated pixel data, with ``fragments``.
    public var isEncapsulated: Bool { node.kind == .encapsulated }

    /// No bytes, no items, no fragments.
    public var isEmpty: Bool { node.length == 0 && Int(node.next) <= index + 1 }

    /// The items of a sequence; none for other elements.
    public var items: Items {
        let end = isSequence ? Int(node.next) : index + 1
        return Items(storage: storage, range: index + 1..<max(end, index + 1))
    }

    /// The fragments of encapsulated pixel data; the first is the Basic Offset Table, mostly empty.
    public var fragments: [ArraySlice<UInt8>] {
        guard isEncapsulated else { return [] }
        return (index + 1..<max(Int(node.next), index + 1)).map { storage.value(storage.nodes[$0]) }
    }

    /// The element alone, with what is inside it, as a data set.
    var withContent: DataSet { DataSet(storage: storage, range: index..<max(Int(node.next), index + 1)) }

    public struct Items: Sequence, Sendable {
        let storage: DataSetStorage
        let range: Range<Int>

        public var isEmpty: Bool { range.isEmpty }
        public var first: DataSet? { makeIterator().first }
        public var count: Int { reduce(0) { count, _ in count + 1 } }

        public func makeIterator() -> Iterator {
            Iterator(storage: storage, index: range.lowerBound, end: range.upperBound)
        }

        public struct Iterator: IteratorProtocol {
            let storage: DataSetStorage
            var index: Int
            let end: Int

            public mutating func next() -> DataSet? {
                guard index < end else { return nil }
                let after = Swift.max(Int(storage.nodes[index].next), index + 1)
                defer { index = after }
                return DataSet(storage: storage, range: index + 1..<after)
            }

            fileprivate var first: DataSet? {
                var copy = self
                return copy.next()
            }
        }
    }
}
