/// A word of a text: a run of letters, of digits, or of both, with what stands before it.
struct TextWord: Sendable {
    enum Kind: Sendable { case letters, digits, mixed }

    /// What parts it from the word before: spaces, marks.
    let before: Substring
    let text: Substring
    let kind: Kind
    /// Lower case, without accents.
    let folded: String
    /// How many of its characters are digits.
    let digits: Int
    let startsUpper: Bool
    let hasLower: Bool

    fileprivate init(_ text: Substring, before: Substring) {
        self.text = text
        self.before = before
        folded = LetterFolding.fold(text)
        digits = folded.utf8.count { $0.isDigit }
        kind = digits == 0 ? .letters : digits == folded.utf8.count ? .digits : .mixed
        startsUpper = text.unicodeScalars.first?.isUpper ?? false
        hasLower = text.unicodeScalars.contains { $0.isLower }
    }

    /// How many characters it has.
    var length: Int { folded.utf8.count }
    /// Its value, where it is a short number.
    var number: Int? { kind == .digits && length <= 9 ? Int(folded) : nil }
    /// The mark that parts it from the word before, spaces left out.
    var mark: Substring { before.trimmingSpaces }
    /// Whether nothing but spaces, at most two characters of them, parts it from the word before.
    var isNext: Bool { before.utf8.count <= 2 && mark.isEmpty }
}

/// A text in words. All that is between them is kept, so that the words and their gaps are the text.
struct WordedText: Sendable {
    private(set) var words: [TextWord] = []
    /// What stands after the last word.
    let after: Substring

    init(_ text: String) {
        let scalars = text.unicodeScalars
        var gap = scalars.startIndex
        var start: String.Index?
        var wasDigit = false
        var wasContinuous = false
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let isPart = scalar.isPartOfWord || start != nil && scalar.joinsLetters
            // Numbers and ideographs stand side by side without belonging together: "2024年3月17日".
            let isContinuous = isPart && scalar.isContinuousScript
            let isDigit = scalar.isASCIIDigit
            if let first = start, !isPart || isContinuous && wasDigit || isDigit && wasContinuous {
                words.append(TextWord(text[first..<index], before: text[gap..<first]))
                gap = index
                start = nil
            }
            if isPart, start == nil { start = index }
            wasDigit = isDigit
            wasContinuous = isContinuous
            index = scalars.index(after: index)
        }
        if let first = start {
            words.append(TextWord(text[first...], before: text[gap..<first]))
            gap = scalars.endIndex
        }
        after = text[gap...]
    }

    /// The word there; nil outside the text.
    subscript(_ index: Int) -> TextWord? { words.indices.contains(index) ? words[index] : nil }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { (0x30...0x39).contains(value) }
    fileprivate var isUpper: Bool { isASCII ? (0x41...0x5A).contains(value) : properties.isUppercase }
    fileprivate var isLower: Bool { isASCII ? (0x61...0x7A).contains(value) : properties.isLowercase }

    fileprivate var isPartOfWord: Bool {
        if isASCII { return isASCIIDigit || (0x41...0x5A).contains(value & 0xDF) }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
            return true
        default: return false
        }
    }

    /// Accents that stand by themselves, and characters that cannot be seen.
    fileprivate var joinsLetters: Bool {
        guard !isASCII else { return false }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: return true
        default: return false
        }
    }

    /// Of a script that puts no spaces between words: Chinese, Japanese, Korean.
    var isContinuousScript: Bool { (0x2E80...0xA4CF).contains(value) || (0xAC00...0xD7AF).contains(value) }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        if utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) { return self[endIndex...] }
        var rest = self
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
