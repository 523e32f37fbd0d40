/// Looks for many short byte strings at once, letters of either case alike: in bytes that nobody has decoded.
///
/// A table of the first three bytes says where it is worth comparing; in other bytes a step costs one look.
struct BytePatterns: Sendable {
    struct Pattern: Sendable {
        /// In lower case.
        let bytes: [UInt8]
        let kind: KnownIdentifiers.Kind
        /// Must not stand inside a longer word or number.
        let isWord: Bool
    }

    private var starts = [Bool](repeating: false, count: 1 << 16)
    private var patterns: [UInt32: [Pattern]] = [:]

    var isEmpty: Bool { patterns.isEmpty }

    init(_ found: LeakPatterns) {
        for (word, kind) in found.names where word.utf8.count >= 4 { insert(word, kind, isWord: true) }
        for (text, kind) in found.continuous { insert(text, kind, isWord: false) }
        for (code, kind) in found.codes { insert(code, kind, isWord: false) }
        for (date, kind) in found.dates where kind == .birthDate { insert(date.dicom, kind, isWord: true) }
    }

    /// In UTF-8 and, for what is ASCII, in the two forms of UTF-16.
    private mutating func insert(_ text: String, _ kind: KnownIdentifiers.Kind, isWord: Bool) {
        let utf8 = Array(text.utf8)
        insert(Pattern(bytes: utf8, kind: kind, isWord: isWord))
        guard utf8.count >= 4 else { return }
        let wide = utf8.allSatisfy { $0 < 0x80 }
        if wide { insert(Pattern(bytes: Array(utf8.map { [$0, 0] }.joined().dropLast()), kind: kind, isWord: false)) }
    }

    private mutating func insert(_ pattern: Pattern) {
        guard pattern.bytes.count >= 4 else { return }
        let key = UInt32(pattern.bytes[0]) | UInt32(pattern.bytes[1]) << 8 | UInt32(pattern.bytes[2]) << 16
        starts[Self.slot(key)] = true
        patterns[key, default: []].append(pattern)
    }

    private static func slot(_ key: UInt32) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B1) >> 16) }

    /// Each pattern that is there, with the place of its first occurrence.
    func matches(in bytes: ArraySlice<UInt8>) -> [(kind: KnownIdentifiers.Kind, offset: Int)] {
        guard !patterns.isEmpty, bytes.count >= 4 else { return [] }
        var found: [(kind: KnownIdentifiers.Kind, offset: Int)] = []
        bytes.withUnsafeBufferPointer { buffer in
            // Every index below is less than `buffer.count`: the loop ends three bytes before it, and `holds` checks.
            var key = UInt32(Self.folded(buffer[0])) << 8 | UInt32(Self.folded(buffer[1])) << 16
            for index in 0..<buffer.count - 2 {
                key = key >> 8 | UInt32(Self.folded(buffer[index + 2])) << 16
                guard starts[Self.slot(key)], let candidates = patterns[key] else { continue }
                for pattern in candidates where holds(pattern, buffer, index) { found.append((pattern.kind, index)) }
            }
        }
        return found
    }

    private func holds(_ pattern: Pattern, _ buffer: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard pattern.bytes.count <= buffer.count - index else { return false }
        for (step, byte) in pattern.bytes.enumerated() where Self.folded(buffer[index + step]) != byte { return false }
        guard pattern.isWord else { return true }
        let end = index + pattern.bytes.count
        let before = index == 0 || !Self.isWordByte(buffer[index - 1])
        return before && (end == buffer.count || !Self.isWordByte(buffer[end]))
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let folded = folded(byte)
        return folded &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte >= 0xC0
    }
}
