/// The words and signs of a formula or of a plan's text, each with its place for messages.
struct Token: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// A name; quoted names (`` `race_not reported` ``) may hold any character.
        case name(String)
        case text(String)
        case number(Double)
        case sign(String)
    }

    let kind: Kind
    /// The first character's place, counted from 1.
    let place: Int
    /// As it was written.
    let written: String

    func `is`(_ sign: String) -> Bool { kind == .sign(sign) }

    /// The most characters of a formula or a plan's text, and the most tokens.
    static let maximumLength = 8192
    static let maximumCount = 2048
    /// The deepest nesting of parentheses and calls.
    static let maximumDepth = 32

    private static let doubleSigns: Set<String> = ["**", "==", "!=", "<=", ">="]
    private static let signs: Set<Character> = [
        "~", "+", "-", "*", "/", ":", "^", "(", ")", "[", "]", ",", "=", "<", ">",
    ]

    /// Cuts a text into tokens.
    static func all(_ source: String) throws(RoundsError) -> [Token] {
        let characters = Array(source.prefix(maximumLength + 1))
        guard characters.count <= maximumLength else {
            throw .plan("a text of more than \(maximumLength) characters is not read")
        }
        var tokens: [Token] = []
        var place = 0
        while place < characters.count {
            let first = characters[place]
            let start = place
            let kind: Kind
            if first.isWhitespace {
                place += 1
                continue
            } else if first.isLetter || first == "_" {
                while place < characters.count, isPartOfName(characters[place]) { place += 1 }
                kind = .name(String(characters[start..<place]))
            } else if first.isASCIIDigit || (first == "." && characters.digit(at: place + 1)) {
                place = characters.endOfNumber(from: place)
                guard let value = Double(String(characters[start..<place])), value.isFinite else {
                    throw .plan("at character \(start + 1): \(String(characters[start..<place])) is no number")
                }
                kind = .number(value)
            } else if first == "'" || first == "\"" || first == "`" {
                guard let end = characters[(place + 1)...].firstIndex(of: first) else {
                    throw .plan("at character \(start + 1): the quote is not closed")
                }
                let inside = String(characters[(place + 1)..<end])
                guard !inside.isEmpty else { throw .plan("at character \(start + 1): there is nothing in the quotes") }
                place = end + 1
                kind = first == "`" ? .name(inside) : .text(inside)
            } else if signs.contains(first) || first == "!" {
                let two = String(characters[place..<min(place + 2, characters.count)])
                place += doubleSigns.contains(two) ? 2 : 1
                kind = .sign(String(characters[start..<place]))
                if kind == .sign("!") { throw .plan("at character \(start + 1): ! is not understood; unequal is !=") }
            } else {
                throw .plan("at character \(start + 1): the character \(first) is not understood")
            }
            tokens.append(Token(kind: kind, place: start + 1, written: String(characters[start..<place])))
            guard tokens.count <= maximumCount else {
                throw .plan("a text of more than \(maximumCount) words and signs is not read")
            }
        }
        return tokens
    }

    private static func isPartOfName(_ character: Character) -> Bool {
        character.isLetter || character.isASCIIDigit || character == "_" || character == "."
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension [Character] {
    fileprivate func digit(at place: Int) -> Bool { indices.contains(place) && self[place].isASCIIDigit }

    fileprivate func endOfNumber(from start: Int) -> Int {
        var end = start
        while digit(at: end) { end += 1 }
        if indices.contains(end), self[end] == "." {
            end += 1
            while digit(at: end) { end += 1 }
        }
        if indices.contains(end), self[end] == "e" || self[end] == "E" {
            var exponent = end + 1
            if indices.contains(exponent), self[exponent] == "-" || self[exponent] == "+" { exponent += 1 }
            if digit(at: exponent) {
                while digit(at: exponent) { exponent += 1 }
                end = exponent
            }
        }
        return end
    }
}
