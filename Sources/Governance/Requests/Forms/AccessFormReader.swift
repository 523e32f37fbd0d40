import Yams

/// Reads a form from YAML. What is not known is refused by name: a misspelt `required` would be worse than none.
struct AccessFormReader {
    static let largest = 256 << 10
    static let mostFields = 200
    static let mostChoices = 300
    static let languages: Set<String> = ["en", "es", "ca"]

    private var names: Set<String> = []

    mutating func form(_ yaml: String) throws(FormError) -> AccessForm {
        guard yaml.utf8.count <= Self.largest else { throw FormError("it is larger than \(Self.largest >> 10) KiB") }
        let root: Node?
        do { root = try Yams.compose(yaml: yaml) } catch { throw FormError("it is not YAML: \(error)") }
        guard let root else { throw FormError("it is empty") }
        let members = try Self.members(root, "the form", ["form", "title", "sections"])
        let id = try Self.name(members["form"], "`form`")
        let title = try Self.text(members["title"], "`title`")
        var sections: [FormSection] = []
        for node in try Self.list(members["sections"], "`sections`", atMost: 50) { sections.append(try section(node)) }
        guard !names.isEmpty else { throw FormError("it has no field") }
        return AccessForm(id: id, title: title, sections: sections)
    }

    private mutating func section(_ node: Node) throws(FormError) -> FormSection {
        let members = try Self.members(node, "a section", ["id", "label", "help", "fields"])
        let id = try Self.name(members["id"], "`id` of a section")
        var fields: [FormField] = []
        for node in try Self.list(members["fields"], "`fields` of \(id)", atMost: Self.mostFields) {
            fields.append(try field(node, earlier: fields))
        }
        return FormSection(
            id: id, label: try Self.text(members["label"], "`label` of \(id)"),
            help: try Self.optionalText(members["help"], "`help` of \(id)"),
            fields: fields)
    }

    private mutating func field(_ node: Node, earlier: [FormField]) throws(FormError) -> FormField {
        let members = try Self.members(
            node, "a field",
            ["id", "type", "label", "help", "required", "visible_if", "choices", "columns", "most", "means"])
        let id = try Self.name(members["id"], "`id` of a field")
        guard names.count < Self.mostFields else { throw FormError("it has more than \(Self.mostFields) fields") }
        let condition = try condition(members["visible_if"], id)
        guard names.insert(id).inserted else { throw FormError("the field \(id) is there twice") }
        guard let kind = members["type"]?.string.flatMap(FormField.Kind.init) else {
            throw FormError(
                "`type` of \(id) should be one of \(FormField.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let choices = try Self.choices(members["choices"], "`choices` of \(id)")
        let columns = try Self.choices(members["columns"], "`columns` of \(id)")
        guard (kind == .choice || kind == .multi) == !choices.isEmpty else {
            throw FormError("\(id) \(choices.isEmpty ? "needs" : "has no use for") `choices`")
        }
        guard (kind == .table) == !columns.isEmpty else {
            throw FormError("\(id) \(columns.isEmpty ? "needs" : "has no use for") `columns`")
        }
        return FormField(
            id: id, kind: kind, label: try Self.text(members["label"], "`label` of \(id)"),
            help: try Self.optionalText(members["help"], "`help` of \(id)"),
            need: try Self.need(members["required"], kind, id), visibleIf: condition, choices: choices,
            columns: columns, most: try Self.most(members["most"], kind, id),
            meaning: try Self.meaning(members["means"], id))
    }

    private func condition(_ node: Node?, _ id: String) throws(FormError) -> FormField.Condition? {
        guard let node else { return nil }
        let members = try Self.members(node, "`visible_if` of \(id)", ["field", "is"])
        let field = try Self.name(members["field"], "`visible_if.field` of \(id)")
        guard names.contains(field) else { throw FormError("\(id) hangs on \(field), which does not come before it") }
        let values =
            members["is"]?.string.map { [$0] } ?? members["is"]?.sequence.map { $0.compactMap(\.string) } ?? []
        guard !values.isEmpty else {
            throw FormError("`visible_if.is` of \(id) should name a choice, or a list of them")
        }
        return FormField.Condition(field: field, values: Set(values))
    }

    private static func meaning(_ node: Node?, _ id: String) throws(FormError) -> FormMeaning? {
        guard let node else { return nil }
        guard let meaning = node.string.flatMap(FormMeaning.init) else {
            let known = FormMeaning.allCases.map(\.rawValue).joined(separator: ", ")
            throw FormError("`means` of \(id) should be one of \(known)")
        }
        return meaning
    }

    private static func need(_ node: Node?, _ kind: FormField.Kind, _ id: String) throws(FormError) -> FormField.Need {
        guard let node else { return .optional }
        if let flag = node.bool { return flag ? .required : .optional }
        guard node.string == "all", kind == .multi else {
            throw FormError("`required` of \(id) should be true or false, or all for a field of several choices")
        }
        return .all
    }

    private static func most(_ node: Node?, _ kind: FormField.Kind, _ id: String) throws(FormError) -> Int {
        let limit =
            switch kind {
            case .text: 1_000
            case .long: 20_000
            case .table: 100
            case .attachment: 10
            case .choice, .multi, .date, .number: 1
            }
        guard let node else { return kind == .text ? 300 : kind == .long ? 5_000 : limit }
        guard let most = node.int, (1...limit).contains(most) else {
            throw FormError("`most` of \(id) should be 1 to \(limit)")
        }
        return most
    }
}

extension AccessFormReader {
    private static func members(
        _ node: Node, _ what: String, _ known: Set<String>
    ) throws(FormError) -> [String: Node] {
        guard let mapping = node.mapping else { throw FormError("\(what) should consist of `name: value` lines") }
        var members: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, known.contains(name) else {
                throw FormError(
                    "`\((key.string ?? "?").prefix(60))` is nothing that \(what) has; look for a misspelt name")
            }
            guard members.updateValue(value, forKey: name) == nil else {
                throw FormError("`\(name)` of \(what) is there twice")
            }
        }
        return members
    }

    private static func name(_ node: Node?, _ what: String) throws(FormError) -> String {
        let allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-".utf8
        guard let text = node?.string, (1...60).contains(text.utf8.count), text.utf8.allSatisfy(allowed.contains) else {
            throw FormError("\(what) should be a short name of letters, digits, _ and -")
        }
        return text
    }

    private static func optionalText(_ node: Node?, _ what: String) throws(FormError) -> LocalText? {
        guard let node else { return nil }
        return try text(node, what)
    }

    /// A text in English, or one in several languages.
    private static func text(_ node: Node?, _ what: String) throws(FormError) -> LocalText {
        guard let node else { throw FormError("\(what) is missing") }
        if let text = node.string { return LocalText(text) }
        let members = try members(node, what, languages)
        guard let english = members["en"]?.string else { throw FormError("\(what) needs a text in English: `en`") }
        var others: [String: String] = [:]
        for (language, node) in members where language != "en" {
            guard let text = node.string else { throw FormError("\(what) in \(language) should be a text") }
            others[language] = text
        }
        return LocalText(english, others: others)
    }

    private static func list(_ node: Node?, _ what: String, atMost most: Int) throws(FormError) -> [Node] {
        guard let sequence = node?.sequence, sequence.count <= most else {
            throw FormError("\(what) should be a list of at most \(most)")
        }
        return Array(sequence)
    }

    private static func choices(_ node: Node?, _ what: String) throws(FormError) -> [FormField.Choice] {
        guard let node else { return [] }
        var choices: [FormField.Choice] = []
        for node in try list(node, what, atMost: mostChoices) {
            let members = try members(node, what, ["id", "label"])
            let id = try name(members["id"], "`id` in \(what)")
            guard !choices.contains(where: { $0.id == id }) else { throw FormError("\(id) is there twice in \(what)") }
            choices.append(.init(id: id, label: try text(members["label"], "`label` of \(id) in \(what)")))
        }
        return choices
    }
}

extension AccessForm {
    /// Reads a form from the text of its YAML file.
    public init(yaml: String) throws(FormError) {
        var reader = AccessFormReader()
        self = try reader.form(yaml)
    }
}

/// What is wrong with a form's file, in words that complete "the form cannot be used: …".
public struct FormError: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
