import DICOM

/// Bytes of a file from front to back, a piece in memory at a time.
struct ByteStream {
    private let source: any ByteSource
    private var piece: [UInt8] = []
    private var position = 0
    private var offset = 0
    /// Bytes passed since counting began.
    private(set) var counted = 0

    private static let size = 1 << 18

    init(_ source: any ByteSource) { self.source = source }

    /// The byte at hand; nil at the end.
    mutating func peek() throws(TableError) -> UInt8? {
        if position < piece.count { return piece[position] }
        guard try fill(1) else { return nil }
        return piece[position]
    }

    /// Passes the byte at hand.
    mutating func advance() {
        position += 1
        counted += 1
    }

    mutating func startCounting() { counted = 0 }

    /// The byte behind white space; nil at the end.
    mutating func skipSpace() throws(TableError) -> UInt8? {
        while let byte = try peek() {
            guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return byte }
            advance()
        }
        return nil
    }

    /// Passes the mark of UTF-8 at the beginning.
    mutating func skipMark() throws(TableError) {
        if try ahead(3) == [0xEF, 0xBB, 0xBF] { position += 3 }
    }

    /// Up to `count` bytes that follow, without passing them.
    mutating func ahead(_ count: Int) throws(TableError) -> [UInt8] {
        _ = try fill(count)
        return Array(piece.dropFirst(position).prefix(count))
    }

    /// Whether so many bytes are at hand.
    private mutating func fill(_ count: Int) throws(TableError) -> Bool {
        while piece.count - position < count {
            let more = try TableByteReader.read(source, at: offset, count: Self.size)
            guard !more.isEmpty else { return piece.count - position >= count }
            offset += more.count
            piece.removeFirst(min(position, piece.count))
            position = 0
            piece += more
        }
        return true
    }
}
