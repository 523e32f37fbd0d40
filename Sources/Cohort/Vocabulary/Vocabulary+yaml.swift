import Yams

extension Vocabulary {
    /// The vocabulary with a site's own additions from a YAML document, in the form of ``adding(_:)``:
    ///
    /// ```yaml
    /// sets:
    ///   - name: diagnosis
    ///     concepts:
    ///       - code: breast-cancer
    ///         label: Breast cancer
    ///         synonyms: [ca. mama]
    /// ```
    public func adding(yaml text: String) throws(VocabularyError) -> Vocabulary {
        guard text.utf8.count <= QueryLimits.bytes else {
            throw VocabularyError("the vocabulary is longer than \(QueryLimits.bytes) bytes")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw VocabularyError("the vocabulary is no YAML that can be read: \(Self.place(of: error))")
        }
        guard let root else { throw VocabularyError("the vocabulary is empty") }
        var budget = 200_000
        return try adding(VocabularyReader.drafts(Self.value(root, depth: 0, &budget)))
    }

    private static func place(of error: any Error) -> String {
        guard let error = error as? YamlError else { return "it is not YAML" }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return "\(problem) in line \(mark.line)"
        default: return "it is not YAML"
        }
    }

    /// - Parameter budget: how many nodes may still be read: an alias is read each time that it stands somewhere.
    private static func value(_ node: Node, depth: Int, _ budget: inout Int) throws(VocabularyError) -> JSONValue {
        budget -= 1
        guard budget > 0, depth < 16 else { throw VocabularyError("the vocabulary is too large or too deep") }
        switch node {
        case .scalar(let scalar):
            // Codes such as 1.10 and labels such as No are meant as they are written.
            if scalar.style == .plain, scalar.string == "true" || scalar.string == "false" {
                return .bool(scalar.string == "true")
            }
            return .string(scalar.string)
        case .sequence(let sequence):
            var values: [JSONValue] = []
            for node in sequence { values.append(try value(node, depth: depth + 1, &budget)) }
            return .array(values)
        case .mapping(let mapping):
            var members: [JSONValue.Member] = []
            for (key, node) in mapping {
                guard let name = key.scalar?.string else {
                    throw VocabularyError("a name in the vocabulary is no text")
                }
                guard !members.contains(where: { $0.name == name }) else {
                    throw VocabularyError("`\(name.prefix(60))` is there twice in one place")
                }
                guard members.count < 16 else { throw VocabularyError("an entry of the vocabulary has too many names") }
                members.append(.init(name: name, value: try value(node, depth: depth + 1, &budget)))
            }
            return .object(members)
        case .alias: throw VocabularyError("an alias in the vocabulary that nothing is behind")
        }
    }
}
