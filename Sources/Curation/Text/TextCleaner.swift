/// Takes out of free text what may identify somebody, and moves the dates in it.
///
/// Deterministic: the same text, knowledge and shift always give the same result. First goes what is known of the patient,
/// then what has the form of an identifier, then every word that is in no vocabulary: what nobody knows to be harmless does
/// not stay. Times of day, measures and the short codes of protocols stay.
public struct TextCleaner: Sendable {
    private let vocabulary: SafeVocabulary

    /// Characters of a text that are looked at; what follows is left out.
    private static let longest = 100_000

    public init(vocabulary: SafeVocabulary = .standard) {
        self.vocabulary = vocabulary
    }

    /// Text with identifiers taken out and dates moved; nil where nothing harmless is left.
    ///
    /// - Parameter shift: by how much dates are moved; nil: they are taken out.
    public func clean(_ text: String, known: KnownIdentifiers, shift: DateShift?) -> CleanedText? {
        clean(text, known: KnownText(known), shift: shift)
    }

    /// Text without what is known to identify, and otherwise as it was.
    public func scrub(_ text: String, known: KnownIdentifiers) -> String {
        scrub(text, known: KnownText(known))
    }

    func clean(_ text: String, known: KnownText, shift: DateShift?) -> CleanedText? {
        let tokens = TextToken.split(String(text.prefix(Self.longest)))
        var labelled = [Bool](repeating: false, count: tokens.count)
        IdentifierPatterns.markLabelled(tokens, &labelled)
        var marks = labelled
        known.mark(tokens, &marks)
        IdentifierPatterns.mark(tokens, &marks)
        for index in tokens.indices where !isHarmless(tokens[index]) { marks[index] = true }

        let dates = DateFinder.dates(in: tokens)
        var replaced: [Int: String] = [:]
        for found in dates {
            let isBirth = known.birthDates.contains(found.date) || labelled[found.tokens.lowerBound]
            let moved = isBirth ? nil : shift?.shifted(found.date)
            if let moved { replaced.merge(DateFinder.written(moved, like: found, tokens)) { $1 } }
            for index in found.tokens where !tokens[index].isBetween { marks[index] = moved == nil }
        }
        replaced.merge(highAges(tokens)) { $1 }
        let cleaned = Self.joined(tokens, marks, replaced)
        return cleaned.contains { $0.isLetter || $0.isNumber }
            ? CleanedText(text: cleaned, removed: marks.count { $0 }, moved: dates.count) : nil
    }

    func scrub(_ text: String, known: KnownText) -> String {
        guard !known.isEmpty else { return text }
        let tokens = TextToken.split(text)
        var marks = [Bool](repeating: false, count: tokens.count)
        known.mark(tokens, &marks)
        return marks.contains(true) ? Self.joined(tokens, marks, [:]) : text
    }

    // MARK: Words

    /// Whether a word is of the language of imaging, or a short code of a protocol such as "T1", "B30f", "5mm", "FOV350".
    private func isHarmless(_ token: TextToken) -> Bool {
        switch token.kind {
        case .between, .number: return true
        case .word:
            return token.folded.utf8.count <= 2 || vocabulary.contains(token.folded)
                || ShortCodes.all.contains(token.folded)
        case .mixed:
            guard token.text.count <= 14, token.digits <= 4 else { return false }
            let letters = token.folded.split { $0.isNumber }
            return letters.allSatisfy { $0.count <= 3 || vocabulary.contains(String($0)) }
        }
    }

    /// Ages from 90 on are one: "93 y/o", "95-year-old".
    private func highAges(_ tokens: [TextToken]) -> [Int: String] {
        var replaced: [Int: String] = [:]
        for (index, token) in tokens.enumerated() {
            let digits = token.text.prefix { $0.isNumber }
            guard let age = Int(digits), (90...130).contains(age) else { continue }
            let rest = String(token.folded.dropFirst(digits.count))
            let next = index + 2 < tokens.count && tokens[index + 1].text.count <= 2 ? tokens[index + 2].folded : ""
            let units: Set<String> = [
                "y", "yo", "yr", "yrs", "year", "years", "jahre", "ans", "anos", "anni", "jaar", "lat",
            ]
            if units.contains(rest) || rest.isEmpty && units.contains(next) { replaced[index] = "90+" + rest }
        }
        return replaced
    }

    // MARK: Joining

    /// What stays, with no more white space than there was, and no empty brackets.
    private static func joined(_ tokens: [TextToken], _ marks: [Bool], _ replaced: [Int: String]) -> String {
        var text = ""
        var skipped = false
        for (index, token) in tokens.enumerated() {
            if marks[index] {
                skipped = true
                continue
            }
            if token.isBetween, skipped {
                // Between what stays, one separator is left of the two.
                let last = text.last
                if last == nil || last?.isWhitespace == true || !(last?.isLetter == true || last?.isNumber == true) {
                    let rest = token.text.drop { $0.isWhitespace || ",;:/-_^=#(.".contains($0) }
                    text += rest
                    continue
                }
            } else if !token.isBetween {
                skipped = false
            }
            text += replaced[index] ?? String(token.text)
        }
        while let last = text.last, last.isWhitespace || ",;:/-_^=#(".contains(last) { text.removeLast() }
        return String(text.drop { $0.isWhitespace })
    }
}

/// What is left of a text.
public struct CleanedText: Sendable, Equatable {
    public let text: String
    /// Words and numbers that were taken out.
    public let removed: Int
    /// Dates that were moved, or taken out.
    public let moved: Int
}

/// Codes of three letters and more that protocols are full of and no vocabulary has.
enum ShortCodes {
    static let all: Set<String> = [
        "mip", "mpr", "wwo", "cap", "pre", "obl", "sag", "cor", "tra", "axl", "dwi", "adc", "tse", "fse", "flair",
        "stir", "vibe", "lava", "dce",
        "fov", "kvp", "mas", "suv", "ctac", "fdg", "psma", "roi", "seg", "cad", "tomo", "cview", "mlo", "rcc", "lcc",
        "rmlo", "lmlo",
        "cesm", "dbt", "abd", "pel", "hrct", "lung", "bone", "std", "sft", "ndc", "iso", "gad", "gado", "pdw", "ciss",
        "swi", "tof", "mra",
        "mrv", "cta", "ctp", "pwi", "asl", "bold", "dti", "fiesta", "ssfse", "haste", "blade", "space", "cube", "vista",
        "mprage", "spgr",
    ]
}
