/// Codes that protocols are full of: "T1", "B30f", "5mm", "512x512", "TR2000". They stay; a letter or two with a number that
/// could be anybody's do not.
enum ProtocolCodes {
    /// Letters that stand beside numbers in measures and settings.
    private static let measures: Set<Substring> = [
        "mm", "cm", "m", "ml", "cc", "kv", "kvp", "kev", "ma", "mas", "ms", "s", "sec", "min", "x", "b", "bval", "tr",
        "te", "ti", "fa", "et", "es",
        "fov", "sl", "thk", "thin", "st", "d", "t", "tesla", "hz", "khz", "mhz", "deg", "mbq", "gy", "cgy", "mgy", "kg",
        "g", "mg", "pct", "fr", "phase",
        "slice", "slices", "it", "sub", "iter", "its", "ph", "ac", "r", "v", "vol", "gap", "n", "nex", "ave", "avg",
        "i", "a", "p", "w", "l", "h", "f", "c", "e", "k", "o", "z", "y", "u", "q", "j",
    ]

    static func isHarmless(_ word: TextWord, _ vocabulary: SafeVocabulary) -> Bool {
        guard word.kind == .mixed, word.length <= 40 else { return false }
        let folded = word.folded
        let numbers = folded.split { !$0.isNumber }
        let letters = folded.split { $0.isNumber }
        let longest = numbers.map(\.utf8.count).max() ?? 0
        guard longest <= 5 else { return false }
        // "512x512", "1000ms", "TR2000TE90"
        let isMeasure = letters.allSatisfy {
            measures.contains($0) && ($0.utf8.count > 1 || word.digits <= 4 || $0 == "x" || $0 == "b")
        }
        if isMeasure, longest <= 4 || letters.count == 1 && (letters.first?.utf8.count ?? 0) >= 2 { return true }
        guard longest <= 4, word.digits <= 5 else { return false }
        if vocabulary.isPattern(pattern(folded)) { return longest <= 3 || word.digits == longest }
        guard word.digits <= 3 || word.digits == 4 && letters.count >= 2 else { return false }
        return letters.allSatisfy { piece in
            piece.utf8.count == 1 || measures.contains(piece) || vocabulary.isImaging(piece)
                || piece.utf8.count >= 3 && vocabulary.contains(String(piece)) && !vocabulary.isAlsoName(String(piece))
        }
    }

    /// With "#" for every run of digits.
    private static func pattern(_ folded: String) -> String {
        var pattern = ""
        var wasDigit = false
        for byte in folded.unicodeScalars {
            if byte.isASCIIDigit {
                if !wasDigit { pattern += "#" }
                wasDigit = true
            } else {
                pattern.unicodeScalars.append(byte)
                wasDigit = false
            }
        }
        return pattern
    }

    /// Words written as one with a capital in the middle: "ThoraxCAP", "WholeBody", "SlCol".
    static func isComposed(_ word: TextWord, _ vocabulary: SafeVocabulary) -> Bool {
        guard word.kind == .letters, word.hasLower, word.length <= 40 else { return false }
        var pieces: [String] = []
        var piece = ""
        var wasLower = false
        for scalar in word.text.unicodeScalars {
            guard scalar.isASCII else { return false }
            let isLower = (0x61...0x7A).contains(scalar.value)
            if !isLower, wasLower {
                pieces.append(piece)
                piece = ""
            }
            piece.unicodeScalars.append(scalar)
            wasLower = isLower
        }
        pieces.append(piece)
        guard pieces.count >= 2 else { return false }
        return pieces.allSatisfy { piece in
            let folded = piece.lowercased()
            return folded.utf8.count >= 3 && vocabulary.contains(folded) && !vocabulary.isAlsoName(folded)
                || vocabulary.isImaging(folded)
        }
    }
}
