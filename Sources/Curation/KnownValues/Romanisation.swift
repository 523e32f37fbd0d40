/// How names in Greek and Cyrillic letters are written where there are only Latin ones: on consoles and in passports.
enum Romanisation {
    /// The ways to write it, all of them in lower case; none where the text has no such letters.
    static func forms(of text: String) -> [String] {
        let lower = text.lowercased()
        if lower.unicodeScalars.contains(where: {
            (0x370...0x3FF).contains($0.value) || (0x1F00...0x1FFF).contains($0.value)
        }) {
            return unique([greek(lower, scholarly: false), greek(lower, scholarly: true)])
        }
        guard lower.unicodeScalars.contains(where: { (0x400...0x52F).contains($0.value) }) else { return [] }
        return unique(
            [russian, bulgarian, german].map { table in
                lower.reduce(into: "") { $0 += table[$1] ?? cyrillic[$1] ?? String($1) }
            })
    }

    private static func unique(_ forms: [String]) -> [String] {
        forms.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// ELOT 743, the form of Greek passports; or letter by letter, as it was written before.
    private static func greek(_ text: String, scholarly: Bool) -> String {
        let letters = Array(LetterFolding.fold(text[...]))
        var written = ""
        var index = 0
        while index < letters.count {
            let pair = index + 1 < letters.count ? String(letters[index...index + 1]) : ""
            if let both = greekPairs[pair] {
                written += index == 0 ? greekInitials[pair] ?? both : both
                index += 2
                continue
            }
            let letter = letters[index]
            written +=
                scholarly
                ? greekOld[letter] ?? greekLetters[letter] ?? String(letter) : greekLetters[letter] ?? String(letter)
            index += 1
        }
        return written
    }

    private static let greekPairs = [
        "ου": "ou", "αυ": "av", "ευ": "ev", "γγ": "ng", "γκ": "gk", "μπ": "mp", "ντ": "nt",
    ]
    private static let greekInitials = ["μπ": "b", "ντ": "d", "γκ": "g"]
    private static let greekLetters = table(
        "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o")
    private static let greekOld = table("β b η e φ ph χ h υ u")

    private static let cyrillic = table(
        """
        а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch
        ъ  ы y ь  э e ю yu я ya і i ї yi є ye ґ g ј j љ lj њ nj ћ c ђ dj џ dz
        """)
    private static let russian: [Character: String] = [:]
    private static let bulgarian = table("х h щ sht ъ a ь y")
    private static let german = table("в w ж sch з s й j х ch ц z ч tsch ш sch щ schtsch ю ju я ja")

    private static func table(_ text: String) -> [Character: String] {
        let fields = text.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "\n" }
        var table: [Character: String] = [:]
        var index = fields.startIndex
        while index + 1 < fields.endIndex {
            if let letter = fields[index].first { table[letter] = String(fields[index + 1]) }
            index += 2
        }
        return table
    }
}
