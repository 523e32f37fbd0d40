/// The difference of two texts, line by line, as reviewers read it: lines that went begin with `-`, new ones with `+`,
/// and three lines stand around each change.
enum CodeDifference {
    /// Longer texts are not compared line by line: the work grows with their length and their difference.
    static let mostLines = 20_000
    private static let around = 3

    /// The difference; a sentence where the content is no text, or is too long.
    static func text(from old: [UInt8], to new: [UInt8]) -> String {
        guard let before = lines(old), let after = lines(new) else {
            return "The content is no text: \(old.count) bytes before, \(new.count) bytes now.\n"
        }
        guard before.count <= mostLines, after.count <= mostLines else {
            return "The content is too long to be compared: \(before.count) lines before, \(after.count) lines now.\n"
        }
        var removed = Set<Int>()
        var inserted = Set<Int>()
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        return print(before, after, removed, inserted)
    }

    private static func lines(_ bytes: [UInt8]) -> [Substring]? {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func print(
        _ before: [Substring], _ after: [Substring], _ removed: Set<Int>, _ inserted: Set<Int>
    ) -> String {
        var marked: [(mark: Character, line: Substring)] = []
        var (left, right) = (0, 0)
        while left < before.count || right < after.count {
            if left < before.count, removed.contains(left) {
                marked.append(("-", before[left]))
                left += 1
            } else if right < after.count, inserted.contains(right) {
                marked.append(("+", after[right]))
                right += 1
            } else if left < before.count, right < after.count {
                marked.append((" ", after[right]))
                (left, right) = (left + 1, right + 1)
            } else {
                break
            }
        }
        var isShown = [Bool](repeating: false, count: marked.count)
        for place in marked.indices where marked[place].mark != " " {
            for near in max(0, place - around)...min(marked.count - 1, place + around) { isShown[near] = true }
        }
        var out = ""
        for place in marked.indices {
            if isShown[place] {
                out += "\(marked[place].mark)\(marked[place].line)\n"
            } else if place > 0, isShown[place - 1] {
                out += "…\n"
            }
        }
        return out.isEmpty ? "No difference.\n" : out
    }
}
