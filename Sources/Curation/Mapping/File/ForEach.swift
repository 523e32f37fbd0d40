import Yams

/// `for_each: [1, 2, 3]`: the same rule for numbered columns, written once with `{each}` in the place of the number; with
/// `for_each: [{code: 21899-0, name: pT}]` its items fill `{code}` and `{name}`.
enum ForEach {
    /// Copies that one rule may make.
    private static let most = 200

    static func expanded(_ node: Node) throws(TableError) -> [Node] {
        guard let list = node.mapping?["for_each"] else { return [node] }
        var copies: [[(String, String)]] = []
        for item in list.sequence.map({ Array($0) }) ?? [] {
            copies.append(item.scalar.map { [("{each}", $0.string)] } ?? [])
            guard item.scalar == nil else { continue }
            for (name, text) in try MappingYAML.texts(item, "`for_each`") {
                copies[copies.count - 1].append(("{\(name)}", text))
            }
        }
        guard !copies.isEmpty, copies.count <= most else {
            throw TableError(
                .specification, "`for_each`\(MappingYAML.line(list)) should be a list of 1 to \(most) texts")
        }
        var rest = node
        rest.mapping?["for_each"] = nil
        return copies.map { texts in texts.reduce(rest) { filled($0, $1, depth: 0) } }
    }

    private static func filled(_ node: Node, _ text: (mark: String, value: String), depth: Int) -> Node {
        guard depth < 32 else { return node }
        switch node {
        case .scalar(var scalar):
            scalar.string = scalar.string.replacing(text.mark, with: text.value)
            return .scalar(scalar)
        case .sequence(let sequence):
            let items = sequence.map { filled($0, text, depth: depth + 1) }
            return .sequence(Node.Sequence(items, sequence.tag, sequence.style, sequence.mark))
        case .mapping(let mapping):
            let pairs = mapping.map {
                (filled($0.key, text, depth: depth + 1), filled($0.value, text, depth: depth + 1))
            }
            return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
        case .alias:
            return node
        }
    }
}
