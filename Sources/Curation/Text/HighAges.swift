/// Ages of 90 and more, which are so rare that they find a person: "93 y/o", "95-year-old", "aged 91" become "90+".
enum HighAges {
    private static let units: Set<String> = [
        "y", "yo", "yr", "yrs", "year", "years", "jahre", "jahr", "jahren", "j", "jahrige", "jahriger", "jahrigen",
        "jahrig", "ans", "an", "ano", "anos", "anni",
        "jaar", "jarige", "jarig", "lat", "letni", "letnia", "ar", "arig", "let", "lety", "leta", "godina", "години",
        "год", "годишна", "годишен", "ani", "eves", "vuotias", "v", "ετων", "ετη",
        "χρονων", "aastane", "gadi", "metu",
    ]
    private static let labels: Set<String> = [
        "age", "aged", "alter", "edad", "age", "eta", "idade", "leeftijd", "wiek", "alder", "ika", "ηλικια", "vek",
        "kor", "varsta", "starost", "възраст",
    ]

    static func replaced(_ text: WordedText) -> [Int: String] {
        var replaced: [Int: String] = [:]
        for (index, word) in text.words.enumerated() where word.digits >= 2 && word.length <= 12 {
            let digits = word.folded.prefix { $0.isNumber }
            guard let age = Int(digits), (90...130).contains(age) else { continue }
            let unit = String(word.folded.dropFirst(digits.count))
            let next = text[index + 1]
            let isFollowed =
                next.map {
                    units.contains($0.folded) && $0.before.utf8.count <= 2 && isShortUnitApart($0, text[index + 2])
                } ?? false
            let isLabelled = text[index - 1].map { labels.contains($0.folded) && word.before.utf8.count <= 3 } ?? false
            let isPerson = isSexed(unit, index, text)
            guard unit.isEmpty ? isFollowed || isLabelled : units.contains(unit) || isPerson else { continue }
            replaced[index] = "90+" + word.text.dropFirst(digits.count)
        }
        return replaced
    }

    /// "93F with cough", "95 M": the sex beside the age, where a sentence begins or somebody's complaint follows.
    private static func isSexed(_ unit: String, _ index: Int, _ text: WordedText) -> Bool {
        guard unit == "f" || unit == "m" else { return false }
        if let next = text[index + 1] { return complaints.contains(next.folded) || next.before.contains(",") }
        return false
    }

    private static let complaints: Set<String> = [
        "with", "w", "who", "presents", "presenting", "s", "p", "hx", "pt", "patient", "status", "c", "h", "for",
    ]

    /// A single letter is a unit of age only before "/o" and the like: "90 V" is a voltage.
    private static func isShortUnitApart(_ unit: TextWord, _ next: TextWord?) -> Bool {
        if unit.length > 1 { return true }
        return unit.folded == "y" || unit.folded == "j"
    }
}
