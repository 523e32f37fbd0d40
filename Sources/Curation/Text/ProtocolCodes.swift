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

    /// Kernels of makers, before a number of two digits.
    private static let kernels: Set<Substring> = [
        "b", "bf", "bl", "bn", "br", "bs", "bv", "bp", "h", "hc", "hf", "hn", "hp", "hr", "hs", "hv", "hw", "i", "d",
        "q",
        "qr", "sa", "sn", "t", "tr", "u", "ub", "ul", "ur", "uv", "ya", "yb", "yc", "yd", "fc", "fl",
    ]

    static func isHarmless(_ word: TextWord, _ vocabulary: SafeVocabulary) -> Bool {
        guard word.kind == .mixed, word.length <= 40 else { return false }
        let folded = word.folded
        let numbers = folded.split { !$0.isNumber }
        let letters = folded.split { $0.isNumber }
        let longest = numbers.map(\.utf8.count).max() ?? 0
        guard longest <= 5 else { return false }
        // "512x512", "1000ms", "TR2000TE90"
        // "Qr40", "Br36f3": kernels.
        if let first = letters.first, kernels.contains(first), numbers.first?.utf8.count == 2, letters.count <= 2,
            word.digits <= 3
        {
            return true
        }
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

    /// Words written as one with a capital in the middle: "ThoraxCAP", "WholeBody", "rfMRI", "SBRef".
    static func isComposed(_ word: TextWord, _ vocabulary: SafeVocabulary) -> Bool {
        guard word.kind == .letters, word.hasLower, word.length <= 40, word.text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return false
        }
        let pieces = pieces(of: Array(word.text.utf8))
        guard pieces.count >= 2 else { return false }
        var isCalled = false
        for piece in pieces {
            let folded = piece.lowercased()
            if folded.utf8.count == 1 { continue }
            let isOfImaging = vocabulary.isImaging(folded)
            isCalled = isCalled || isOfImaging && folded.utf8.count >= 3
            if isOfImaging || folded.utf8.count == 2 { continue }
            guard folded.utf8.count >= 3, vocabulary.contains(folded) else { return false }
            isCalled = isCalled || !vocabulary.isAlsoName(folded)
        }
        return isCalled
    }

    /// Parted before capitals: where small letters are before them, and where they begin a word behind capitals.
    private static func pieces(of letters: [UInt8]) -> [String] {
        func isSmall(_ index: Int) -> Bool { letters.indices.contains(index) && (0x61...0x7A).contains(letters[index]) }
        var pieces: [String] = []
        var start = 0
        for index in letters.indices.dropFirst() where !isSmall(index) {
            guard isSmall(index - 1) || isSmall(index + 1) && index - start >= 1 else { continue }
            pieces.append(String(decoding: letters[start..<index], as: UTF8.self))
            start = index
        }
        pieces.append(String(decoding: letters[start...], as: UTF8.self))
        return pieces
    }
}
