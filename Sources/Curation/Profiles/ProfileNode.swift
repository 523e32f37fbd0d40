import Yams

/// A part of a profile file, with the line that it stands in; what is not there is told from what has the wrong form.
struct ProfileNode {
    private let node: Node

    /// Reads a whole file.
    init(yaml: String) throws(ProfileError) {
        guard yaml.utf8.count <= ConfidentialityProfile.largestFile else {
            throw ProfileError(
                .badForm,
                "the file is larger than \(ConfidentialityProfile.largestFile / 1_024) KiB; leave out what the start already says"
            )
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw ProfileError(.badForm, line: mark.line, "this is not YAML: \(problem)")
        } catch YamlError.duplicatedKeysInMapping(let names, let context) {
            throw ProfileError(
                .contradiction, line: context.mark.line,
                "\(names.sorted().map { "`\($0)`" }.joined(separator: ", ")) is there twice; put both lists under one")
        } catch {
            throw ProfileError(.badForm, "the file is not YAML")
        }
        guard let root else { throw ProfileError(.badForm, "the file is empty; write at least `start: research`") }
        node = root
    }

    private init(_ node: Node) {
        self.node = node
    }

    var line: Int? { node.mark?.line }

    /// A word or number, as it is written.
    var text: String? { node.scalar?.string }

    /// The parts of a list; nil where this is none.
    var list: [ProfileNode]? { node.sequence.map { $0.map(ProfileNode.init) } }

    /// The `name: value` lines; nil where this has none, or a name is no word.
    var fields: [(name: String, value: ProfileNode)]? {
        guard let mapping = node.mapping else { return nil }
        var fields: [(String, ProfileNode)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { return nil }
            fields.append((name, ProfileNode(value)))
        }
        return fields
    }
}
