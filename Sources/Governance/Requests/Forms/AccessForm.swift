/// The questions that a request answers: data, which a federation or a site edits without code.
public struct AccessForm: Sendable, Equatable {
    /// The name by which a request says on which form it was written.
    public let id: String
    public let title: LocalText
    public let sections: [FormSection]

    public var fields: [FormField] { sections.flatMap(\.fields) }

    public func field(_ id: String) -> FormField? { fields.first { $0.id == id } }

    /// Whether a field is asked, given what has been answered so far. What hangs on a field that is not asked is not
    /// asked either.
    public func isVisible(_ field: FormField, _ answers: [String: FormAnswer]) -> Bool {
        var field = field
        // A field hangs on an earlier one, so this ends.
        while let condition = field.visibleIf {
            guard let other = self.field(condition.field), case .choices(let names)? = answers[condition.field],
                !condition.values.isDisjoint(with: names)
            else { return false }
            field = other
        }
        return true
    }
}

public struct FormSection: Sendable, Equatable {
    public let id: String
    public let label: LocalText
    public let help: LocalText?
    public let fields: [FormField]
}

public struct FormField: Sendable, Equatable {
    public enum Kind: String, Sendable, Equatable, CaseIterable {
        /// One line.
        case text
        case long
        /// One of several.
        case choice
        /// Several of several.
        case multi
        case date
        case number
        case attachment
        /// Rows of cells.
        case table
    }

    public enum Need: String, Sendable, Equatable {
        case optional
        case required
        /// Every choice has to be ticked: a declaration.
        case all
    }

    public struct Choice: Sendable, Equatable {
        public let id: String
        public let label: LocalText
    }

    public struct Condition: Sendable, Equatable {
        public let field: String
        public let values: Set<String>
    }

    public let id: String
    public let kind: Kind
    public let label: LocalText
    public let help: LocalText?
    public let need: Need
    public let visibleIf: Condition?
    public let choices: [Choice]
    /// A table's columns.
    public let columns: [Choice]
    /// Characters of a text, rows of a table, files.
    public let most: Int
    /// What the answer means to terms of use.
    public let meaning: FormMeaning?
}

/// What an answer means to the rest of the hub: so that a form can be rewritten, and terms of use are still checked.
public enum FormMeaning: String, Sendable, Equatable, CaseIterable {
    /// Choices named as ``DataUsePurpose/Kind``.
    case kinds
    /// MONDO identifiers in a text.
    case diseases
    /// Choices `yes` and `no`.
    case genetic, commercial, notForProfit, ethicsApproval, publish, collaborate, returnResults
    /// Two-letter codes in a text.
    case countries
    case publicationDay
    /// The last day of use.
    case until
    /// The first column of a table, or lines of a text.
    case people, institutions
    case project
    /// Choices named as ``GrantedOutput``.
    case outputs
}

/// A text in the languages of the federation; English is always there.
public struct LocalText: Sendable, Equatable {
    public let english: String
    public let others: [String: String]

    public init(_ english: String, others: [String: String] = [:]) {
        self.english = english
        self.others = others
    }

    /// In the language, as in `ca`; in English where there is none.
    public func text(_ language: String) -> String { others[language] ?? english }
}
