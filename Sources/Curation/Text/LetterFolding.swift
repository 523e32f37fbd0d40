import Foundation

/// Letters without their accents and in lower case: how words are looked up when text is cleaned.
///
/// Full-width letters, ligatures and digits of other scripts become plain ones, and characters that cannot be seen, such as
/// soft hyphens, go: nobody hides a name behind them.
enum LetterFolding {
    static func fold(_ text: Substring) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var folded = ""
        for scalar in text.lowercased().decomposed.unicodeScalars {
            if let special = special[scalar] {
                folded += special
                continue
            }
            let properties = scalar.properties
            switch properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: continue
            case .decimalNumber:
                folded += String(Int(properties.numericValue ?? 0))
            default: folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }

    /// Letters whose accent is a part of them.
    private static let special: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ",
    ]

    /// How a name with such letters is written on machines that lack them: "müller" as "mueller", "å" as "aa".
    static func spelledOut(_ text: String) -> String {
        var spelled = ""
        for character in text.lowercased().precomposedStringWithCanonicalMapping {
            switch character {
            case "ä": spelled += "ae"
            case "ö", "ø": spelled += "oe"
            case "ü": spelled += "ue"
            case "å": spelled += "aa"
            default: spelled.append(character)
            }
        }
        return spelled
    }
}

extension Set<String> {
    /// The words of a list, folded.
    init(folding list: String) {
        self = Set(list.split { $0 == " " || $0 == "\n" }.map { LetterFolding.fold($0) })
    }
}

extension String {
    /// Decomposed with compatible letters made one; syllables of Hangul stay whole, as names are written.
    fileprivate var decomposed: String {
        if unicodeScalars.contains(where: { (0xAC00...0xD7AF).contains($0.value) }) { return self }
        return decomposedStringWithCompatibilityMapping
    }
}
