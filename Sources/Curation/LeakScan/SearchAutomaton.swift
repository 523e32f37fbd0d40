/// Finds all patterns at once in one pass over text (Aho and Corasick, 1975), whatever their number.
///
/// Separators do not move it: "20-24" and "2024" are the same to it, and the judge of a match looks at what lies between.
/// One load for the class of a byte and one for the next state; the table is as wide as the patterns have different bytes.
struct SearchAutomaton: Sendable {
    /// 0: a separator; 1: a byte that no pattern has; others: a column of the table.
    private let classes: [UInt8]
    private let width: Int
    /// Rows of `width` entries: the offset of the next row, and in the highest bit whether patterns end there.
    private let table: [UInt32]
    /// By row: the patterns that end there.
    private let endings: [UInt32: [Int]]

    private static let ends: UInt32 = 0x8000_0000
    /// Rows, at most: a table of some 10 MB. Patterns beyond it are looked for no more, which ``isComplete`` tells.
    private static let maximumRows = 65_536

    let isComplete: Bool
    let isEmpty: Bool

    /// For folded text, and text of ASCII as it is.
    init(_ patterns: [[UInt8]]) {
        var classes = [UInt8](repeating: 1, count: 256)
        for byte in 0..<0x80 where TextFolding.ascii[byte] == TextFolding.separator { classes[byte] = 0 }
        self.init(patterns, classes: classes, foldsCase: true)
    }

    /// For bytes as they are.
    init(exactly patterns: [[UInt8]]) {
        self.init(patterns, classes: [UInt8](repeating: 1, count: 256), foldsCase: false)
    }

    private init(_ patterns: [[UInt8]], classes: [UInt8], foldsCase: Bool) {
        var classes = classes
        var width = 2
        for byte in patterns.joined() where classes[Int(byte)] == 1 {
            // At most 254 columns: with all values of a byte, the last one is shared and the judge tells them apart.
            classes[Int(byte)] = UInt8(truncatingIfNeeded: min(width, 255))
            width = min(width + 1, 256)
        }
        if foldsCase {
            for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { classes[Int(byte)] = classes[Int(byte | 0x20)] }
        }

        var trie = Trie(width: width)
        var isComplete = true
        for (number, pattern) in patterns.enumerated() where !pattern.isEmpty {
            guard trie.rows + pattern.count <= Self.maximumRows else {
                isComplete = false
                continue
            }
            trie.add(pattern.map { Int(classes[Int($0)]) }, number)
        }
        trie.link()
        table = trie.table(marking: Self.ends)
        endings = trie.endings
        self.classes = classes
        self.width = width
        self.isComplete = isComplete
        isEmpty = patterns.isEmpty
    }

    /// Calls with each pattern and the place of its last byte.
    @inline(__always)
    func search(_ text: Span<UInt8>, in range: Range<Int>, found: (_ pattern: Int, _ last: Int) -> Void) {
        guard !isEmpty else { return }
        let (classes, table) = (classes.span, table.span)
        var row: UInt32 = 0
        for index in range {
            let column = classes[Int(text[index])]
            if column == 0 { continue }
            let next = table[Int(row) + Int(column)]
            row = next & ~Self.ends
            if next & Self.ends != 0 {
                for pattern in endings[row] ?? [] { found(pattern, index) }
            }
        }
    }
}

/// The patterns as a tree, and its links to the longest other beginning that each place ends with.
private struct Trie {
    let width: Int
    /// Numbers of rows, 0 for none: nothing leads back to the root.
    private var next: [UInt32]
    private var fallbacks: [UInt32] = [0]
    private var ending: [UInt32: [Int]] = [:]

    init(width: Int) {
        self.width = width
        next = [UInt32](repeating: 0, count: width)
    }

    var rows: Int { fallbacks.count }

    mutating func add(_ columns: [Int], _ number: Int) {
        var row = 0
        for column in columns {
            if next[row * width + column] == 0 {
                next[row * width + column] = UInt32(truncatingIfNeeded: rows)
                next += [UInt32](repeating: 0, count: width)
                fallbacks.append(0)
            }
            row = Int(next[row * width + column])
        }
        ending[UInt32(truncatingIfNeeded: row), default: []].append(number)
    }

    /// Fills the gaps, row by row outwards from the root, so that each is full before those behind it need it.
    mutating func link() {
        var queue: [Int] = []
        for column in 1..<width where next[column] != 0 { queue.append(Int(next[column])) }
        var done = 0
        while done < queue.count {
            let row = queue[done]
            let fallback = Int(fallbacks[row])
            done += 1
            if let more = ending[UInt32(truncatingIfNeeded: fallback)] {
                ending[UInt32(truncatingIfNeeded: row), default: []] += more
            }
            for column in 1..<width {
                let child = next[row * width + column]
                if child == 0 {
                    next[row * width + column] = next[fallback * width + column]
                } else {
                    fallbacks[Int(child)] = next[fallback * width + column]
                    queue.append(Int(child))
                }
            }
        }
    }

    func table(marking mark: UInt32) -> [UInt32] {
        next.map { row in row &* UInt32(truncatingIfNeeded: width) | (ending[row] == nil ? 0 : mark) }
    }

    /// By the offset of the row.
    var endings: [UInt32: [Int]] {
        ending.reduce(into: [:]) { $0[$1.key &* UInt32(truncatingIfNeeded: width)] = $1.value }
    }
}
