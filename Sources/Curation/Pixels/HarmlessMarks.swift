/// Text in pixels that identifies nobody and that readers of images need: sides, views, positions, scales.
enum HarmlessMarks {
    private static let marks: Set<String> = [
        "l", "r", "a", "p", "h", "f", "i", "s", "lt", "rt", "left", "right", "cc", "mlo", "lcc", "rcc", "lmlo", "rmlo",
        "ml", "lm", "xcc",
        "xccl", "lat", "ap", "pa", "ll", "rl", "erect", "supine", "prone", "upright", "portable", "mm", "cm", "hz",
        "db", "fps", "mhz",
        "khz", "ms", "bpm", "mi", "tis", "tib", "dr", "gn", "frq", "kv", "kvp", "mas", "ma", "wl", "ww", "hu", "se",
        "im", "fov", "sp",
        "3d", "2d", "m3", "fr", "pi", "pwr", "depth", "gain", "zoom", "insp", "exp", "anterior", "posterior", "lateral",
        "oblique",
    ]

    /// Whether every word is one of them, or a short number: "L MLO", "5 cm", "FR 25 Hz". Numbers that could be a date or an
    /// identifier are not: "12.03.1950", "4711 0815".
    static func areAll(_ words: [RecognisedWord]) -> Bool {
        let digits = words.map { word in word.text.unicodeScalars.count { (0x30...0x39).contains($0.value) } }
        // A date has six digits and more, and at least four in one word.
        guard digits.reduce(0, +) <= 5, digits.allSatisfy({ $0 <= 3 }) else { return false }
        return words.allSatisfy { word in
            let parts = WordedText(word.text).words.map(\.folded)
            return parts.allSatisfy { part in
                marks.contains(part) || part.count <= 3 && part.allSatisfy(\.isNumber)
                    || part.count <= 5 && part.first?.isNumber == true
                        && marks.contains(String(part.drop { $0.isNumber }))
            }
        }
    }
}
