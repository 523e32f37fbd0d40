/// Makes a data set: elements in any order, sequences nested, text in UTF-8 or as copied, numbers little endian.
///
/// Of two elements with one tag in the same data set the later one counts. What goes wrong on the way (a depth beyond the
/// limit, a number that does not fit its VR) is kept and thrown by ``finish()``.
public struct DataSetBuilder: Sendable {
    private let limits: Limits
    private var bytes: [UInt8] = []
    private var nodes = ContiguousArray<Node>()
    /// The sequences and items that are open: their nodes.
    private var open: [Int] = []
    private var failure: DICOMError?

    public init(limits: Limits = .standard) {
        self.limits = limits
    }

    /// The finished data set, in ascending order. Sequences and items still open are closed.
    public consuming func finish() throws(DICOMError) -> DataSet {
        while !open.isEmpty { close() }
        if let failure { throw failure }
        let ordered = TapeOrder.ordered(nodes, range: 0..<nodes.count)
        return DataSet(storage: DataSetStorage(bytes: bytes, nodes: ordered), range: 0..<ordered.count)
    }

    // MARK: Sequences

    public mutating func beginSequence(_ tag: Tag) {
        if open.count / 2 >= limits.depth {
            fail(.tooDeep, tag, "sequences lie more than \(limits.depth) deep in one another")
        }
        begin(tag, .sq, .sequence)
    }

    public mutating func beginItem() { begin(.item, .un, .item) }
    public mutating func endItem() { close() }
    public mutating func endSequence() { close() }

    // MARK: Elements

    /// A value as bytes, numbers in little endian order. An odd one is padded.
    public mutating func append(_ tag: Tag, _ vr: VR, bytes value: some Collection<UInt8>) {
        guard value.count <= Int(UInt32.max) - 1 else {
            return fail(.tooLarge, tag, "a value has \(UInt32.max - 1) bytes at most")
        }
        let offset = bytes.count
        bytes += value
        if (bytes.count - offset) & 1 == 1 { bytes.append(vr.padding) }
        add(tag, vr, .element, offset: offset, length: bytes.count - offset)
    }

    /// An element without a value.
    public mutating func append(_ tag: Tag, _ vr: VR) {
        append(tag, vr, bytes: [])
    }

    /// A text value, in UTF-8: beyond ASCII it needs ISO_IR 192 as the Specific Character Set (0008,0005).
    public mutating func append(_ tag: Tag, _ vr: VR, string: String) {
        append(tag, vr, bytes: string.utf8)
    }

    public mutating func append(_ tag: Tag, _ vr: VR, strings: [String]) {
        append(tag, vr, bytes: strings.joined(separator: "\\").utf8)
    }

    /// Whole numbers: US, SS, UL, SL, UV, SV, or as text in IS and DS.
    public mutating func append(_ tag: Tag, _ vr: VR, ints: [Int]) {
        if vr == .is || vr == .ds { return append(tag, vr, strings: ints.map { "\($0)" }) }
        append(tag, vr, integers: ints.map { Int128($0) })
    }

    mutating func append(_ tag: Tag, _ vr: VR, integers: [Int128]) {
        let (low, high): (Int128, Int128)
        switch vr {
        case .us: (low, high) = (0, Int128(UInt16.max))
        case .ss: (low, high) = (Int128(Int16.min), Int128(Int16.max))
        case .ul: (low, high) = (0, Int128(UInt32.max))
        case .sl: (low, high) = (Int128(Int32.min), Int128(Int32.max))
        case .uv: (low, high) = (0, Int128(UInt64.max))
        case .sv: (low, high) = (Int128(Int64.min), Int128(Int64.max))
        default: return fail(.badValue, tag, "\(vr) does not hold whole numbers")
        }
        guard integers.allSatisfy({ (low...high).contains($0) }) else {
            return fail(.badValue, tag, "a number does not fit into \(vr)")
        }
        append(tag, vr, bytes: integers.flatMap { Self.littleEndian(UInt64(truncatingIfNeeded: $0), vr.unit) })
    }

    /// Numbers with fractions: FL, FD, or as text in DS.
    public mutating func append(_ tag: Tag, _ vr: VR, doubles: [Double]) {
        switch vr {
        case .fl:
            append(tag, vr, bytes: doubles.flatMap { Self.littleEndian(UInt64(Float($0).bitPattern), 4) })
        case .fd:
            append(tag, vr, bytes: doubles.flatMap { Self.littleEndian($0.bitPattern, 8) })
        case .ds where doubles.allSatisfy(\.isFinite):
            append(tag, vr, strings: doubles.map { DecimalText.decimalString($0) })
        default:
            fail(.badValue, tag, "\(vr) does not hold these numbers")
        }
    }

    public mutating func append(_ tag: Tag, _ vr: VR = .at, tags: [Tag]) {
        append(
            tag, vr,
            bytes: tags.flatMap {
                Self.littleEndian(UInt64($0.group), 2) + Self.littleEndian(UInt64($0.element), 2)
            })
    }

    /// Encapsulated pixel data; the first fragment is the Basic Offset Table.
    public mutating func append(_ tag: Tag, _ vr: VR = .ob, fragments: [ArraySlice<UInt8>]) {
        begin(tag, vr, .encapsulated)
        for fragment in fragments {
            let offset = bytes.count
            bytes += fragment
            if (bytes.count - offset) & 1 == 1 { bytes.append(0) }
            add(.item, .ob, .fragment, offset: offset, length: bytes.count - offset)
        }
        close()
    }

    // MARK: Copies

    /// A copy of an element with all that is inside it. Text stays in its own character set.
    public mutating func append(_ element: Element) {
        copy(element.storage, element.index..<max(Int(element.node.next), element.index + 1))
    }

    /// Copies of all elements of a data set.
    public mutating func append(contentsOf dataSet: DataSet) {
        copy(dataSet.storage, dataSet.range)
    }

    /// A copy of an element, its text turned into UTF-8. What is inside a sequence is not touched.
    public mutating func appendInUTF8(_ element: Element) {
        guard element.vr.usesCharacterSet else { return append(element) }
        append(element.tag, element.vr, strings: element.texts)
    }
}

extension DataSetBuilder {
    private mutating func fail(_ code: DICOMError.Code, _ tag: Tag, _ detail: String) {
        if failure == nil { failure = DICOMError(code, tag: tag, detail) }
    }

    private var level: Int { open.count }

    private mutating func add(_ tag: Tag, _ vr: VR, _ kind: Node.Kind, offset: Int, length: Int) {
        guard nodes.count < limits.maximumElements, level < 250 else {
            return fail(.tooManyElements, tag, "the data set has more than \(limits.maximumElements) elements")
        }
        if kind == .element, level & 1 == 1 { fail(.strayItem, tag, "an element begins between items") }
        nodes.append(
            Node(
                tag: tag, vr: vr, kind: kind, level: UInt8(truncatingIfNeeded: level), flags: .none, offset: offset,
                length: UInt32(truncatingIfNeeded: length), next: UInt32(truncatingIfNeeded: nodes.count + 1)))
    }

    private mutating func begin(_ tag: Tag, _ vr: VR, _ kind: Node.Kind) {
        let isItem = kind == .item
        if isItem != (level & 1 == 1) {
            fail(
                .strayItem, tag, isItem ? "an item begins where no sequence is open" : "an element begins between items"
            )
        }
        let before = nodes.count
        add(tag, vr, kind, offset: bytes.count, length: 0)
        open.append(nodes.count > before ? before : -1)
    }

    private mutating func close() {
        guard let node = open.popLast(), node >= 0 else { return }
        nodes[node].next = UInt32(truncatingIfNeeded: nodes.count)
    }

    private mutating func copy(_ storage: DataSetStorage, _ range: Range<Int>) {
        guard let first = range.first else { return }
        let (shift, levels) = (nodes.count - first, level - Int(storage.nodes[first].level))
        guard nodes.count + range.count <= limits.maximumElements else {
            return fail(
                .tooManyElements, storage.nodes[first].tag,
                "the data set has more than \(limits.maximumElements) elements")
        }
        guard levels & 1 == 0 else {
            return fail(.strayItem, storage.nodes[first].tag, "an element begins between items")
        }
        nodes.reserveCapacity(nodes.count + range.count)
        for index in range {
            var node = storage.nodes[index]
            let value = storage.value(node)
            let offset = bytes.count
            bytes += value
            if node.isBigEndian { ByteOrder.swap(&bytes, from: offset, unit: node.vr.unit) }
            if value.count & 1 == 1 { bytes.append(node.vr.padding) }
            guard (0...2 * limits.depth).contains(Int(node.level) + levels) else {
                return fail(.tooDeep, node.tag, "sequences lie more than \(limits.depth) deep in one another")
            }
            node.level = UInt8(truncatingIfNeeded: Int(node.level) + levels)
            node.flags = .none
            node.offset = offset
            node.length = UInt32(truncatingIfNeeded: bytes.count - offset)
            node.next = UInt32(truncatingIfNeeded: Int(node.next) + shift)
            nodes.append(node)
        }
    }

    private static func littleEndian(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }
}
