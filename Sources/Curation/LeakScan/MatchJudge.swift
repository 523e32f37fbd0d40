/// What a stretch of text is part of: the same letters mean more in one place than in another.
enum TextContext: Sendable {
    /// Text that people write, names, codes of machines.
    case free
    /// Terms of the standard and of coding schemes.
    case term
    /// What was read in pictures: free text in which terms are more likely than names.
    case picture
    /// UI.
    case uid
    /// DS, IS.
    case number
    /// DA, DT, TM.
    case date
    /// Bytes of which nobody knows what they are.
    case raw
}

/// Decides whether letters that match are the identifier, by what lies between and around them.
struct MatchJudge {
    /// The first byte of the match, where it is one.
    static func start(
        of pattern: SearchPattern, endingAt last: Int, _ text: Span<UInt8>, in range: Range<Int>, _ context: TextContext
    ) -> Int? {
        guard suits(pattern, context) else { return nil }
        var index = last
        for letter in stride(from: pattern.letters.count - 1, to: 0, by: -1) {
            var before = index - 1
            while before >= range.lowerBound, TextFolding.isSeparator(text[before]) { before -= 1 }
            guard before >= range.lowerBound else { return nil }
            let gap = before + 1..<index
            if !gap.isEmpty, !allows(pattern, gap, at: letter, text, context) { return nil }
            index = before
        }
        return hasEdges(pattern, index..<last + 1, text, in: range, context) ? index : nil
    }

    private static func suits(_ pattern: SearchPattern, _ context: TextContext) -> Bool {
        let length = pattern.letters.count
        switch (pattern.form, context) {
        case (.word, .term), (.word, .picture): return !pattern.isCommonWord
        case (.word, .raw): return !pattern.isCommonWord && length >= 4
        case (.word, _): return true
        case (.code, .raw): return length >= 6
        case (.code, _): return true
        case (.number, .date): return false
        case (.number, .free), (.number, .picture): return true
        case (.number, .raw): return length >= 7
        case (.number, .number): return length >= 6 && Set(pattern.letters).count >= 3
        case (.number, .term), (.number, .uid): return length >= 6
        case (.phone, .free), (.phone, .picture), (.phone, .raw): return true
        case (.phone, _): return false
        }
    }

    private static func allows(
        _ pattern: SearchPattern, _ gap: Range<Int>, at letter: Int, _ text: Span<UInt8>, _ context: TextContext
    ) -> Bool {
        switch pattern.form {
        case .word, .code: return gap.count <= 3 && pattern.gaps >> UInt64(letter) & 1 == 1
        case .number:
            return pattern.gaps != 0 && gap.count == 1 && (context == .free || context == .picture)
                && " -/.".utf8.contains(text[gap.lowerBound])
        case .phone:
            for index in gap where !" -/.()+".utf8.contains(text[index]) { return false }
            return gap.count <= 2
        }
    }

    private static func hasEdges(
        _ pattern: SearchPattern, _ match: Range<Int>, _ text: Span<UInt8>, in range: Range<Int>, _ context: TextContext
    ) -> Bool {
        switch pattern.form {
        case .word, .code:
            let (before, after) = (
                neighbour(match.lowerBound - 1, text, range), neighbour(match.upperBound, text, range)
            )
            switch pattern.edges {
            case .word: return before == .none && after == .none
            case .letters: return before != .letter && after != .letter
            case .none: return true
            }
        case .phone:
            return neighbour(match.upperBound, text, range) != .digit
        case .number:
            var start = match.lowerBound
            while start > range.lowerBound, text[start - 1] == UInt8(ascii: "0") { start -= 1 }
            return standsAlone(pattern, start..<match.upperBound, text, in: range, context)
        }
    }

    /// Whether digits are a number of their own, and not part of a longer one, a fraction, a version, a year.
    private static func standsAlone(
        _ pattern: SearchPattern, _ match: Range<Int>, _ text: Span<UInt8>, in range: Range<Int>, _ context: TextContext
    ) -> Bool {
        let (before, after) = (neighbour(match.lowerBound - 1, text, range), neighbour(match.upperBound, text, range))
        let length = pattern.letters.count
        if before == .digit || after == .digit { return false }
        if length < 6, before == .letter || after == .letter { return false }
        if length == 4, let first = pattern.letters.first, let second = pattern.letters.dropFirst().first,
            (first == UInt8(ascii: "1") && second >= UInt8(ascii: "8"))
                || (first == UInt8(ascii: "2") && second <= UInt8(ascii: "1"))
        {
            return false
        }
        if context == .number || (context == .free && length < 8) {
            let point = UInt8(ascii: ".")
            if match.lowerBound - 1 > range.lowerBound, text[match.lowerBound - 1] == point,
                TextFolding.isDigit(text[match.lowerBound - 2])
            {
                return false
            }
            if match.upperBound + 1 < range.upperBound, text[match.upperBound] == point,
                TextFolding.isDigit(text[match.upperBound + 1]), text[match.upperBound + 1] != UInt8(ascii: "0")
            {
                return false
            }
        }
        return true
    }

    private enum Neighbour { case none, digit, letter }

    /// A character of a script without spaces is no letter that a word could go on with.
    private static func neighbour(_ index: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Neighbour {
        guard range.contains(index) else { return .none }
        let byte = text[index]
        if byte < 0x80 {
            return TextFolding.isSeparator(byte) ? .none : TextFolding.isDigit(byte) ? .digit : .letter
        }
        var lead = index
        while lead > range.lowerBound, index - lead < 3, text[lead] & 0xC0 == 0x80 { lead -= 1 }
        return text[lead] >= 0xE2 ? .none : .letter
    }
}
