/// Why a text or a document is not a question: where, what, and what may have been meant.
public struct QueryError: Error, Equatable, Sendable {
    /// What sort of mistake it is, for programs.
    public enum Code: String, Sendable, Equatable {
        /// No attribute has that name.
        case attribute
        /// No facet has that name.
        case facet
        /// The words or marks do not form a question.
        case form
        /// The operation cannot be asked of that attribute.
        case operation
        /// Too long, too deep or too many parts.
        case size
        /// The unit does not measure that attribute.
        case unit
        /// The value cannot be one of that attribute.
        case value
    }

    public let code: Code
    /// What is wrong, as a sentence without its full stop.
    public let message: String
    /// Where it was noticed: characters from 0 in a text, also one inside JSON; bytes from 0 in JSON that cannot be read;
    /// nil where no place is known.
    public let position: Int?
    /// How many characters it concerns, for underlining; at least 1.
    public let length: Int
    /// What may have been meant, most likely first.
    public let suggestions: [String]

    init(_ code: Code, _ message: String, at position: Int? = nil, length: Int = 1, suggestions: [String] = []) {
        self.code = code
        self.message = message
        self.position = position
        self.length = max(1, length)
        self.suggestions = suggestions
    }

    /// The error moved to a place in a text.
    func at(_ position: Int, length: Int) -> QueryError {
        QueryError(code, message, at: position, length: length, suggestions: suggestions)
    }

    /// Three lines for a terminal: the text, marks under the place, and the sentence. Long texts are cut around the place.
    public func caret(under text: String) -> String {
        guard let position else { return description }
        let characters = text.map { $0.isNewline || $0 == "\t" ? " " : $0 }
        let start = max(0, min(position, characters.count) - 60)
        let shown = String(characters.dropFirst(start).prefix(100))
        let indent = String(repeating: " ", count: min(position, characters.count) - start)
        let marks = String(repeating: "^", count: max(1, min(length, 100 - indent.count)))
        return "\(shown)\n\(indent)\(marks)\n\(description)"
    }
}

extension QueryError: CustomStringConvertible {
    public var description: String {
        switch suggestions.count {
        case 0: message
        case 1: "\(message); did you mean \(suggestions[0])?"
        default:
            "\(message); did you mean \(suggestions.dropLast().joined(separator: ", ")) or \(suggestions[suggestions.count - 1])?"
        }
    }
}
