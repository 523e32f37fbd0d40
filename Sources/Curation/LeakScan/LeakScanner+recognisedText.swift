extension LeakScanner {
    /// Searches what a reader of pictures made of a frame: the identifiers as they are, with letters and digits that look
    /// alike taken for one another, and in words of five letters and more with one letter wrong, missing or added.
    ///
    /// - Parameter frame: counted from 0.
    public func scan(recognisedText text: String, frame: Int) -> [LeakFinding] {
        var hits: Set<LeakHit> = []
        let folded = TextFolding.folded(text)
        for form in [folded, ConfusableLetters.asDigits(folded)] {
            let span = form.span
            search(span, in: 0..<span.count, .picture) {
                hits.insert(LeakHit(kind: $0.kind, match: $0.match, start: 0))
            }
        }
        // A day in the punctuation that it was read with: in folded text all signs are spaces.
        let ascii = Array(text.utf8)
        if UndeclaredText.isASCII(ascii[...]) {
            let span = ascii.span
            search(span, in: 0..<span.count, .picture) {
                hits.insert(LeakHit(kind: $0.kind, match: $0.match, start: 0))
            }
        }
        let exact = Set(hits.map(\.kind))
        for kind in similarKinds(folded) where !exact.contains(kind) {
            hits.insert(LeakHit(kind: kind, match: .similar, start: 0))
        }
        return hits.map { LeakFinding(kind: $0.kind, place: .frame(frame), match: $0.match) }
            .sorted { ($0.kind.rawValue, $0.match.rawValue) < ($1.kind.rawValue, $1.match.rawValue) }
    }

    private func similarKinds(_ folded: [UInt8]) -> Set<KnownIdentifiers.Kind> {
        let words = folded.split(separator: TextFolding.separator).prefix(Self.maximumWords)
            .map { Array($0) }.filter { $0.count >= 3 && !CommonWords.contain($0) }
            .map { ConfusableLetters.normalised($0) }
        var kinds: Set<KnownIdentifiers.Kind> = []
        for pattern in patient.patterns where !pattern.isCommonWord && !kinds.contains(pattern.kind) {
            guard pattern.letters.count >= 4, !allowed.contains(pattern.letters) else { continue }
            let wanted = ConfusableLetters.normalised(pattern.letters)
            let mayDiffer = pattern.form == .word && pattern.letters.count >= 5
            for word in words
            where word == wanted || (mayDiffer && ConfusableLetters.differByOne(word, wanted)) {
                kinds.insert(pattern.kind)
                break
            }
        }
        return kinds
    }

    /// Words of one frame that are compared one by one with what is known.
    private static let maximumWords = 2_000
}

/// What readers of pictures take for one another.
enum ConfusableLetters {
    /// One character for all that look like it: 0 and O, 1, l and I, 5 and S, 8 and B, 2 and Z, rn and m, vv and w.
    static func normalised(_ word: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in word {
            let byte = letter[byte] ?? byte
            if let last = result.last, let joined = pairs[UInt16(last) << 8 | UInt16(byte)] {
                result[result.count - 1] = joined
            } else {
                result.append(byte)
            }
        }
        return result
    }

    private static let letter: [UInt8: UInt8] = table([
        ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("8", "b"), ("2", "z"), ("6", "g"), ("q", "g"), ("9", "g"),
    ])

    private static let pairs: [UInt16: UInt8] = [
        UInt16(UInt8(ascii: "r")) << 8 | UInt16(UInt8(ascii: "n")): UInt8(ascii: "m"),
        UInt16(UInt8(ascii: "v")) << 8 | UInt16(UInt8(ascii: "v")): UInt8(ascii: "w"),
    ]

    /// The text with letters made digits in words that have a digit: "2O24O3l7" is "20240317".
    static func asDigits(_ folded: [UInt8]) -> [UInt8] {
        var result = folded
        var start = 0
        while start < result.count {
            var end = start
            var digits = 0
            while end < result.count, result[end] != TextFolding.separator {
                if TextFolding.isDigit(result[end]) { digits += 1 }
                end += 1
            }
            // Words are mostly letters, numbers mostly digits.
            if digits * 2 >= end - start, digits > 0 {
                for index in start..<end { result[index] = digit[result[index]] ?? result[index] }
            }
            start = end + 1
        }
        return result
    }

    private static let digit: [UInt8: UInt8] = table([
        ("o", "0"), ("l", "1"), ("i", "1"), ("s", "5"), ("b", "8"), ("z", "2"),
    ])

    private static func table(_ pairs: [(Unicode.Scalar, Unicode.Scalar)]) -> [UInt8: UInt8] {
        pairs.reduce(into: [:]) { $0[UInt8(ascii: $1.0)] = UInt8(ascii: $1.1) }
    }

    /// Whether one letter changed, added or left out makes the words the same.
    static func differByOne(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard abs(one.count - other.count) <= 1, min(one.count, other.count) >= 4 else { return false }
        let begin = zip(one, other).prefix { $0 == $1 }.count
        let end = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
        return begin + end >= max(one.count, other.count) - 1
    }
}
