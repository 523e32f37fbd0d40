import Yams

/// Settings from a YAML file, taken out one by one; what nobody asked for is refused.
///
/// A misspelt safety setting that is silently ignored would be worse than none, so a program takes what it knows and
/// then calls ``finish()``, which throws where something is left.
public struct Settings {
    private let path: String
    private var values: [String: Node] = [:]

    /// Reads the text of a settings file: a mapping of at most 64 KiB.
    public init(yaml: String) throws(SettingsError) {
        guard yaml.utf8.count <= 65_536 else { throw SettingsError("it is larger than 64 KiB") }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw SettingsError("it is not YAML: \(error)")
        }
        guard let root else { throw SettingsError("it is empty") }
        try self.init(root, within: "")
    }

    private init(_ node: Node, within path: String) throws(SettingsError) {
        self.path = path
        guard let mapping = node.mapping else {
            throw SettingsError("\(path.isEmpty ? "it" : "`\(path)`") should consist of `name: value` lines")
        }
        for (key, value) in mapping {
            guard let name = key.string else { throw SettingsError("a name in it is not a word") }
            guard values.updateValue(value, forKey: name) == nil else {
                throw SettingsError("`\(full(name))` is there twice")
            }
        }
    }

    /// The text called `name`, or nil where there is none.
    public mutating func text(_ name: String) throws(SettingsError) -> String? {
        try take(name, "a text") { $0.string }
    }

    /// The whole number called `name`, or nil where there is none.
    public mutating func number(_ name: String) throws(SettingsError) -> Int? {
        try take(name, "a whole number") { $0.int }
    }

    /// The switch called `name`, or nil where there is none.
    public mutating func flag(_ name: String) throws(SettingsError) -> Bool? {
        try take(name, "true or false") { $0.bool }
    }

    /// The list of texts called `name`, or nil where there is none.
    public mutating func list(_ name: String) throws(SettingsError) -> [String]? {
        try take(name, "a list of texts, as in [one, two]") { node in
            guard let sequence = node.sequence else { return nil }
            let texts = sequence.compactMap(\.string)
            return texts.count == sequence.count ? texts : nil
        }
    }

    /// The settings below `name`, or nil where there are none. Call ``finish()`` on them too.
    public mutating func section(_ name: String) throws(SettingsError) -> Settings? {
        guard let node = values.removeValue(forKey: name) else { return nil }
        return try Settings(node, within: full(name))
    }

    /// The settings of each entry of the list called `name`, or nil where there is none. Call ``finish()`` on each.
    public mutating func sections(_ name: String) throws(SettingsError) -> [Settings]? {
        guard let node = values.removeValue(forKey: name) else { return nil }
        guard let sequence = node.sequence else {
            throw SettingsError("`\(full(name))` should be a list of entries that begin with a hyphen")
        }
        var sections: [Settings] = []
        for (index, entry) in sequence.enumerated() {
            sections.append(try Settings(entry, within: "\(full(name))[\(index)]"))
        }
        return sections
    }

    /// Throws where something is left that no setting took.
    public func finish() throws(SettingsError) {
        if let name = values.keys.min() {
            throw SettingsError("`\(full(name))` is not a setting here; look for a misspelt name")
        }
    }

    private mutating func take<Value>(
        _ name: String, _ wanted: String, read: (Node) -> Value?
    ) throws(SettingsError) -> Value? {
        guard let node = values.removeValue(forKey: name) else { return nil }
        guard let value = read(node) else { throw SettingsError("`\(full(name))` should be \(wanted)") }
        return value
    }

    private func full(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// `text` as a YAML scalar that reads back the same, for the templates of new settings files.
    public static func quoted(_ text: String) -> String {
        let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0.isNewline ? " " : String($0) }
        return "\"\(escaped.joined())\""
    }
}

/// What is wrong with a settings file, in words that complete "hub.yaml cannot be used: …".
public struct SettingsError: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
