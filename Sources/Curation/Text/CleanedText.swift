/// What is left of a text.
public struct CleanedText: Sendable, Equatable {
    public let text: String
    /// Words and numbers that were taken out.
    public let removed: Int
    /// Dates that were moved, or taken out.
    public let moved: Int
}

/// Puts together what is left of a text's words.
struct TextJoiner {
    private var text = ""
    /// What stood before the words that are left out since the last one that stays.
    private var gaps: [Substring] = []
    private var isEmpty = true

    mutating func leaveOut(_ word: TextWord) { gaps.append(word.before) }

    mutating func append(_ written: some StringProtocol, after gap: Substring) {
        if gaps.isEmpty {
            text += gap
        } else {
            gaps.append(gap)
            text += isEmpty ? Self.opening(gaps) : Self.joined(gaps)
            gaps = []
        }
        text += written
        isEmpty = false
    }

    consuming func finish(_ after: Substring) -> String {
        if gaps.isEmpty { return text + after }
        gaps.append(after)
        let (closing, _) = Self.brackets(gaps)
        while let last = text.last, last.isWhitespace || ",;:/-_^=#(.".contains(last) { text.removeLast() }
        return text + closing
    }

    /// One gap for several: the last where it ends a part of a sentence, or the first is the mark of a label; else the first.
    private static func joined(_ gaps: [Substring]) -> String {
        let (closing, opening) = brackets(gaps)
        guard let first = gaps.first, let last = gaps.last else { return "" }
        var between = plain(gaps.first { $0.contains("\n") } ?? first)
        let isLabel = between.contains { ":#=@+\"'".contains($0) }
        if isLabel || between.isEmpty || !between.contains("\n") && last.contains(where: { ".,;:!?".contains($0) }) {
            between = plain(last)
        }
        if between.isEmpty { between = " " }
        return closing + between + opening
    }

    private static func opening(_ gaps: [Substring]) -> String { brackets(gaps).opening }

    private static func plain(_ gap: Substring) -> String { gap.filter { !"()[]{}".contains($0) } }

    /// Brackets that are closed before, or opened for, what stays; those around nothing go.
    private static func brackets(_ gaps: [Substring]) -> (closing: String, opening: String) {
        var closing = ""
        var opening: [Character] = []
        for character in gaps.joined() {
            if "([{".contains(character) {
                opening.append(character)
            } else if ")]}".contains(character) {
                if opening.isEmpty { closing.append(character) } else { opening.removeLast() }
            }
        }
        return (closing, String(opening))
    }
}
