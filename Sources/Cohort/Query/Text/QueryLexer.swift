/// Splits the text of a question into words, quoted values and marks.
struct QueryLexer {
    struct Token: Equatable {
        enum Kind: Equatable {
            case word(String)
            /// A value in quotes.
            case quoted(String)
            /// One of `( ) , = != < <= > >=`.
            case mark(String)
            case end
        }

        var kind: Kind
        /// Characters from 0.
        var position: Int
        var length: Int
    }

    static func tokens(_ text: String) throws(QueryError) -> [Token] {
        guard text.utf8.count <= QueryLimits.bytes else {
            throw QueryError(.size, "the question is longer than \(QueryLimits.bytes) bytes")
        }
        var lexer = QueryLexer(characters: Array(text.prefix(QueryLimits.characters + 1)))
        guard lexer.characters.count <= QueryLimits.characters else {
            throw QueryError(.size, "the question is longer than \(QueryLimits.characters) characters")
        }
        var tokens: [Token] = []
        while let token = try lexer.next() { tokens.append(token) }
        tokens.append(Token(kind: .end, position: lexer.characters.count, length: 1))
        return tokens
    }

    private let characters: [Character]
    private var index = 0

    private init(characters: [Character]) { self.characters = characters }

    private mutating func next() throws(QueryError) -> Token? {
        while let character = peek, character.isWhitespace { index += 1 }
        guard let character = peek else { return nil }
        let start = index
        if character == "\"" || character == "'" { return try quoted(by: character) }
        if let mark = mark() { return Token(kind: .mark(mark), position: start, length: index - start) }
        var word = ""
        while let character = peek, !character.isWhitespace, !Self.special.contains(character) {
            word.append(character)
            index += 1
        }
        return Token(kind: .word(word), position: start, length: index - start)
    }

    private var peek: Character? { index < characters.count ? characters[index] : nil }

    private static let special: Set<Character> = ["(", ")", ",", "=", "<", ">", "!", "\"", "'", "≤", "≥", "≠"]

    private mutating func mark() -> String? {
        guard let character = peek, Self.special.contains(character) else { return nil }
        index += 1
        switch character {
        case "≤": return "<="
        case "≥": return ">="
        case "≠": return "!="
        case "<", ">", "!", "=":
            if peek == "=" {
                index += 1
                return character == "=" ? "=" : "\(character)="
            }
            if character == "<", peek == ">" {
                index += 1
                return "!="
            }
            return String(character)
        default: return String(character)
        }
    }

    private mutating func quoted(by quote: Character) throws(QueryError) -> Token {
        let start = index
        index += 1
        var value = ""
        while let character = peek {
            index += 1
            if character == quote { return Token(kind: .quoted(value), position: start, length: index - start) }
            if character == "\\", let escaped = peek {
                value.append(escaped)
                index += 1
            } else {
                value.append(character)
            }
        }
        throw QueryError(.form, "the quote that opens here is never closed", at: start)
    }
}
