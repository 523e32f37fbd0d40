/// The ways in which a person's name is written: each of its words, and family and given names together in both orders.
struct NameForms {
    private let kind: KnownIdentifiers.Kind
    private(set) var patterns: Set<SearchPattern> = []
    /// Parts that ASCII cannot write, for text in encodings that nobody declared.
    private(set) var otherScripts: Set<String> = []

    init(_ kind: KnownIdentifiers.Kind) {
        self.kind = kind
    }

    /// A name or a part of one, as DICOM writes it ("Yamada^Tarou=山田^太郎") or as people do.
    mutating func add(_ text: String) {
        for form in Romanisation.forms(of: text) { add(form) }
        for group in text.split(separator: "=") {
            // Prefixes and suffixes are titles.
            let components = group.split(separator: "^", omittingEmptySubsequences: false).prefix(3)
                .map { Array($0.split(whereSeparator: { $0 == " " || $0 == "," })) }
            for words in components { add(component: words) }
            for (first, one) in components.enumerated() {
                for (second, other) in components.enumerated() where first != second { add(pair: one, other) }
            }
        }
    }

    private mutating func add(component words: [Substring]) {
        for word in words {
            if !word.utf8.allSatisfy({ $0 < 0x80 }) { otherScripts.insert(String(word)) }
            for pieces in Spelling.variants(of: word) {
                if pieces.count > 1 { add(pieces, .letters) }
                for piece in pieces { add([piece], .word) }
            }
        }
        if words.count > 1 { for pieces in Spelling.variants(of: words.joined(separator: " ")) { add(pieces, .word) } }
    }

    /// One word, or the words of a name that is written as one.
    private mutating func add(_ pieces: [[UInt8]], _ edges: SearchPattern.Edges) {
        guard let script = Script(of: pieces.joined()) else { return }
        let characters = script.count
        let joined = Array(pieces.joined())
        guard characters >= script.shortestAlone, !PlaceholderValue.isPlaceholder(word: joined),
            pieces.count > 1 || !CommonWords.particles.contains(joined)
        else { return }
        let hasDigits = joined.contains { TextFolding.isDigit($0) }
        let edges: SearchPattern.Edges =
            script.hasWords ? (characters > 3 && !hasDigits && edges == .word ? .letters : edges) : .none
        insert(pieces, edges, isCommonWord: CommonWords.contain(joined))
    }

    /// Two names one behind the other: that is how short ones are found, and those that are written together.
    private mutating func add(pair one: [Substring], _ other: [Substring]) {
        for first in Spelling.variants(of: one.joined(separator: " ")) {
            for second in Spelling.variants(of: other.joined(separator: " ")) {
                guard let script = Script(of: (first + second).joined()), let start = Script(of: first.joined()),
                    let end = Script(of: second.joined())
                else { continue }
                let isInitial = script.hasWords && min(start.count, end.count) < 2
                guard script.count >= (isInitial ? 6 : script.hasWords ? 4 : 2),
                    !PlaceholderValue.isPlaceholder(word: Array(first.joined())),
                    !PlaceholderValue.isPlaceholder(word: Array(second.joined()))
                else { continue }
                insert(
                    first + second, !script.hasWords || (script.count >= 8 && !isInitial) ? .none : .word,
                    isCommonWord: CommonWords.contain(Array((first + second).joined())))
            }
        }
    }

    private mutating func insert(_ pieces: [[UInt8]], _ edges: SearchPattern.Edges, isCommonWord: Bool) {
        if let pattern = SearchPattern(pieces, kind, .word, edges: edges, isCommonWord: isCommonWord) {
            patterns.insert(pattern)
        }
    }
}

/// How words are folded where more than one way is common.
enum Spelling {
    /// The words of a text, folded, parted where it has separators: as they are, with ä, ö, ü, å, ø written out, and where
    /// they are written out, without.
    static func variants(of text: some StringProtocol) -> [[[UInt8]]] {
        let plain = words(TextFolding.folded(text))
        guard !plain.isEmpty else { return [] }
        var variants = [plain]
        if text.unicodeScalars.contains(where: { written[$0] != nil }) {
            var spelled = ""
            for scalar in text.unicodeScalars { spelled += written[scalar] ?? String(scalar) }
            variants.append(words(TextFolding.folded(spelled)))
        }
        let shortened = plain.map(withoutE)
        if shortened != plain { variants.append(shortened) }
        return variants
    }

    private static func words(_ folded: [UInt8]) -> [[UInt8]] {
        folded.split(separator: TextFolding.separator).map { Array($0) }
    }

    private static let written: [Unicode.Scalar: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "ae", "Ö": "oe", "Ü": "ue", "Å": "aa", "Ø": "oe",
    ]

    /// "mueller" as "muller": the written-out umlauts of a word of five letters and more.
    private static func withoutE(_ word: [UInt8]) -> [UInt8] {
        guard word.count >= 5 else { return word }
        var result: [UInt8] = []
        for byte in word {
            if byte == UInt8(ascii: "e"), let last = result.last, "aou".utf8.contains(last) { continue }
            result.append(byte)
        }
        return result
    }
}

/// What the letters of a folded word tell about how much of it is a name, and whether its script has spaces.
struct Script {
    /// Characters.
    let count: Int
    /// Words are parted by spaces. Not so in Chinese, Japanese, Thai; and Korean puts endings on its words.
    let hasWords: Bool
    /// Characters from which on a part of a name tells something without the others.
    let shortestAlone: Int

    init?(of letters: some Sequence<UInt8>) {
        let text = String(decoding: Array(letters), as: UTF8.self)
        guard !text.isEmpty else { return nil }
        count = text.unicodeScalars.count
        let values = text.unicodeScalars.map(\.value)
        let isKana = values.allSatisfy { (0x30A0...0x30FF).contains($0) }
        hasWords = !values.contains { (0x0E00...0x0EFF).contains($0) || (0x1100...0x11FF).contains($0) || $0 >= 0x2E80 }
        shortestAlone = hasWords || isKana ? 3 : 2
    }
}
