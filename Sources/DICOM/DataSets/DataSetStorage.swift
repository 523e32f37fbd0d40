/// The bytes and the tape that data sets, items and elements are views of. Never changes once made.
final class DataSetStorage: Sendable {
    let bytes: [UInt8]
    let nodes: ContiguousArray<Node>
    /// Where bytes[0] lies in the file.
    let base: Int
    private let scopes: [CharacterSetScope]

    static let empty = DataSetStorage(bytes: [], nodes: [])

    init(bytes: [UInt8], nodes: ContiguousArray<Node>, base: Int = 0) {
        self.bytes = bytes
        self.nodes = nodes
        self.base = base
        scopes = CharacterSetScope.find(in: nodes)
    }

    /// The bytes of a value. Parser and builder make nodes whose ranges lie inside the buffer; a range that did not would
    /// give fewer bytes, never a trap.
    func value(_ node: Node) -> ArraySlice<UInt8> {
        let start = min(max(node.offset, 0), bytes.count)
        return bytes[start..<min(start + Int(node.length), bytes.count)]
    }

    /// The character set in force for the node: its own data set's, or that of the nearest one around it.
    func characterSet(at index: Int) -> SpecificCharacterSet {
        guard let scope = CharacterSetScope.innermost(of: index, in: scopes) else { return .default }
        return SpecificCharacterSet(value: value(nodes[scope.element]))
    }
}

/// The nodes for which one Specific Character Set (0008,0005) holds: a data set and what is inside it.
struct CharacterSetScope: Sendable {
    var start: Int
    var end: Int
    /// The node that says which.
    var element: Int
    /// The scope around this one; -1 for none.
    var parent = -1

    /// All scopes of a tape, in the order of their starts.
    static func find(in nodes: ContiguousArray<Node>) -> [CharacterSetScope] {
        var scopes: [CharacterSetScope] = []
        /// The items that the walk is inside of: at most as many as the depth limit.
        var open: [(start: Int, end: Int)] = []
        for (index, node) in nodes.enumerated() {
            if node.kind == .item {
                while let last = open.last, last.end <= index { open.removeLast() }
                open.append((index, Int(node.next)))
            } else if node.tag == .specificCharacterSet {
                while let last = open.last, last.end <= index { open.removeLast() }
                let (start, end) = open.last ?? (0, nodes.count)
                scopes.append(CharacterSetScope(start: start, end: end, element: index))
            }
        }
        if scopes.count > 1 { link(&scopes) }
        return scopes
    }

    private static func link(_ scopes: inout [CharacterSetScope]) {
        scopes.sort { ($0.start, $0.element) < ($1.start, $1.element) }
        var open: [Int] = []
        for index in scopes.indices {
            while let last = open.last, scopes[last].end <= scopes[index].start { open.removeLast() }
            scopes[index].parent = open.last ?? -1
            open.append(index)
        }
    }

    static func innermost(of index: Int, in scopes: [CharacterSetScope]) -> CharacterSetScope? {
        var (low, high) = (0, scopes.count)
        while low < high {
            let middle = (low + high) / 2
            if scopes[middle].start <= index { low = middle + 1 } else { high = middle }
        }
        var candidate = low - 1
        while candidate >= 0 {
            if scopes[candidate].end > index { return scopes[candidate] }
            candidate = scopes[candidate].parent
        }
        return nil
    }
}
