import Yams

/// The names and values of one place of a specification, taken out one by one; what nobody asked for is an error.
struct SpecSection {
    /// What it is, for errors.
    private let name: String
    private let line: Int?
    private var order: [String] = []
    private var values: [String: Node] = [:]

    /// One with nothing in it.
    init(name: String, line: Int?) {
        self.name = name
        self.line = line
    }

    init(_ node: Node, _ name: String) throws(TableError) {
        self.init(name: name, line: node.mark?.line)
        guard let mapping = node.mapping else { throw error("it should consist of `name: value` lines") }
        for (key, value) in mapping {
            guard let name = key.string else { throw error("a name in it is not a word") }
            guard values.updateValue(value, forKey: name) == nil else { throw error("`\(name)` is there twice") }
            order.append(name)
        }
    }

    func error(_ message: String) -> TableError {
        TableError(.specification, "specification\(line.map { ", line \($0)" } ?? ""): \(name): \(message)")
    }

    mutating func section(_ key: String) throws(TableError) -> SpecSection? {
        guard let node = values.removeValue(forKey: key) else { return nil }
        return try SpecSection(node, "`\(key)`")
    }

    /// All that nobody took yet, in its order.
    mutating func entries() -> [(String, Node)] {
        let left = order.compactMap { name in values[name].map { (name, $0) } }
        values.removeAll()
        return left
    }

    /// What is below `key`, in its order.
    mutating func entries(_ key: String) throws(TableError) -> [(String, Node)] {
        guard let below = try section(key) else { throw error("it has no `\(key)`") }
        return below.order.compactMap { name in below.values[name].map { (name, $0) } }
    }

    /// What stands at `key`, whatever it is.
    mutating func node(_ key: String) -> Node? { values.removeValue(forKey: key) }

    mutating func text(_ key: String) throws(TableError) -> String? {
        try take(key, "a text") { $0.scalar?.string }
    }

    mutating func number(_ key: String, in range: ClosedRange<Int>) throws(TableError) -> Int? {
        try take(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") { node in
            node.scalar.flatMap { Int($0.string) }.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    mutating func flag(_ key: String) throws(TableError) -> Bool? {
        try take(key, "true or false") { $0.bool }
    }

    mutating func list(_ key: String) throws(TableError) -> [String]? {
        try take(key, "a list, as in [one, two]") { node in
            guard let items = node.sequence else { return nil }
            let texts = items.compactMap { $0.scalar?.string }
            return texts.count == items.count ? texts : nil
        }
    }

    mutating func choice<Value>(_ key: String, _ choices: [String: Value]) throws(TableError) -> Value? {
        let names = choices.keys.filter { $0.contains(where: \.isLetter) }.sorted().joined(separator: ", ")
        return try take(key, "one of \(names)") { $0.scalar.flatMap { choices[$0.string.lowercased()] } }
    }

    /// Throws where something is left that nothing took.
    func finish() throws(TableError) {
        if let left = order.first(where: { values[$0] != nil }) {
            throw error("`\(left)` means nothing here; look for a misspelt name")
        }
    }

    private mutating func take<Value>(
        _ key: String, _ wanted: String, _ read: (Node) -> Value?
    ) throws(TableError) -> Value? {
        guard let node = values.removeValue(forKey: key) else { return nil }
        guard let value = read(node) else { throw error("`\(key)` should be \(wanted)") }
        return value
    }
}
