/// Row numbers, a bit each: a table of ten million rows takes little more than a megabyte.
struct RowSet {
    private var words: [UInt64] = []
    private(set) var count = 0

    func contains(_ row: Int64) -> Bool {
        guard let (word, bit) = place(row), words.indices.contains(word) else { return false }
        return words[word] & bit != 0
    }

    /// Returns whether it was not there before.
    @discardableResult
    mutating func insert(_ row: Int64) -> Bool {
        guard let (word, bit) = place(row) else { return false }
        if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        count += 1
        return true
    }

    private func place(_ row: Int64) -> (word: Int, bit: UInt64)? {
        guard row >= 0, row < 1 << 40 else { return nil }
        return (Int(row >> 6), 1 << UInt64(row & 63))
    }
}
