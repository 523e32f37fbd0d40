public import Cohort

/// A column that is asked of a cohort's table.
public struct TableVariable: Sendable, Equatable {
    public enum Meaning: Sendable, Equatable {
        /// The value of an attribute. Where a patient has several records, that of the earliest with a value counts.
        case attribute(CohortAttribute)
        /// 1 where the condition holds for the patient, 0 where it does not, missing where it cannot be known.
        case condition(Condition)
    }

    public let name: String
    public let meaning: Meaning

    public init(name: String, meaning: Meaning) {
        self.name = name
        self.meaning = meaning
    }

    /// Reads what somebody wrote for a variable: an attribute's name, or a condition.
    public init(name: String, written text: String) throws(QueryError) {
        if let attribute = CohortModel.find(text.trimmed) {
            self.init(name: name, meaning: .attribute(attribute))
        } else {
            self.init(name: name, meaning: .condition(try CohortQuery(text: text).condition))
        }
    }

    /// The attributes that it looks at.
    public var attributes: Set<CohortAttribute> {
        switch meaning {
        case .attribute(let attribute): [attribute]
        case .condition(let condition): Set(condition.comparisons.map(\.attribute))
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
