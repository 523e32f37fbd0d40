/// A piece of a text: a run of letters, of digits, of both, or what stands between such runs.
struct TextToken: Sendable {
    enum Kind: Sendable { case word, number, mixed, between }

    let text: Substring
    let kind: Kind
    /// Lower case, without accents.
    let folded: String

    var isBetween: Bool { kind == .between }
    var digits: Int { text.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
    var startsUpper: Bool { text.first?.isUppercase ?? false }

    /// The pieces of a text, in order and without gaps.
    static func split(_ text: String) -> [TextToken] {
        var tokens: [TextToken] = []
        var start = text.startIndex
        while start < text.endIndex {
            let isBetween = !isPart(text[start])
            var end = text.index(after: start)
            while end < text.endIndex, isPart(text[end]) != isBetween { end = text.index(after: end) }
            tokens.append(TextToken(text[start..<end], isBetween: isBetween))
            start = end
        }
        return tokens
    }

    private init(_ text: Substring, isBetween: Bool) {
        self.text = text
        if isBetween {
            kind = .between
            folded = ""
            return
        }
        folded = LetterFolding.fold(text)
        let digits = text.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        kind = digits == 0 ? .word : digits == text.utf8.count ? .number : .mixed
    }

    private static func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}

/// Letters without their accents and in lower case: how words are looked up when text is cleaned.
enum LetterFolding {
    static func fold(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var folded = ""
        for character in text.lowercased() {
            switch character {
            case "ß": folded += "ss"
            case "æ": folded += "ae"
            case "œ": folded += "oe"
            case "ø": folded += "o"
            case "ł": folded += "l"
            case "đ": folded += "d"
            default:
                guard let base = String(character).decomposedStringForMatching.first else { continue }
                folded.unicodeScalars.append(base)
            }
        }
        return folded
    }
}
