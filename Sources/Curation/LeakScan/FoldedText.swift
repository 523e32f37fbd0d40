/// Text as the leak scan compares it: words in lower case without accents, so that "Müller", "MÜLLER" and "Muller" are one.
///
/// Not shared with the cleaning of text: what one of them overlooks, the other may find.
enum FoldedText {
    /// The words of a text: runs of letters and digits, folded. Scripts without spaces between words give long runs.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    word.unicodeScalars.append(scalar)
                case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    word.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
                default:
                    if !word.isEmpty { words.append(word) }
                    word = ""
                }
            } else if let folded = fold(scalar) {
                word += folded
            } else {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// The letter or digit without its accents; empty for an accent that stands by itself; nil for what parts words.
    private static func fold(_ scalar: Unicode.Scalar) -> String? {
        if let special = special[scalar] { return special }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: return ""
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter, .decimalNumber:
            // The first scalar of the decomposition is the letter; the others are its accents.
            let lower = properties.lowercaseMapping
            guard let base = String(lower).decomposedStringForMatching.first else { return lower }
            return String(base)
        default: return nil
        }
    }

    private static let special: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "İ": "i",
    ]

    /// Other ways in which a name is written in plain letters: "müller" as "mueller", and the other way round.
    static func variants(of word: String, original: String) -> Set<String> {
        var variants: Set = [word]
        let spelled = original.lowercased().unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "ä": text += "ae"
            case "ö": text += "oe"
            case "ü": text += "ue"
            case "å": text += "aa"
            case "ø": text += "oe"
            default: text.unicodeScalars.append(scalar)
            }
        }
        variants.formUnion(words(spelled).filter { $0.count >= 3 })
        for (long, short) in [("ae", "a"), ("oe", "o"), ("ue", "u")] where word.contains(long) && word.count >= 5 {
            variants.insert(word.replacing(long, with: short))
        }
        return variants
    }

    /// Whether a word is of a script that puts no spaces between words, where a name is found inside a run.
    static func isContinuous(_ word: String) -> Bool {
        word.unicodeScalars.contains { (0x2E80...0xA4CF).contains($0.value) || (0xAC00...0xD7AF).contains($0.value) }
    }
}
