import Runtime

/// Reads a log from a position on, a piece at a time.
enum AuditScan {
    private static let piece = 1 << 20

    /// Calls `line` for every line, without its line feed, until it returns false; returns what stands after the last
    /// line feed and the position where the file ended.
    static func lines(
        _ path: String, from start: Int, _ files: any FileSystem, _ line: (ArraySlice<UInt8>) -> Bool
    ) throws(FileError) -> (rest: [UInt8], end: Int) {
        let file = try files.openForReading(path)
        defer { file.close() }
        var position = start
        var rest: [UInt8] = []
        while position < file.count {
            let bytes = try file.read(at: position, count: min(piece, file.count - position))
            if bytes.isEmpty { break }
            position += bytes.count
            let buffer = rest + bytes
            var begin = buffer.startIndex
            while let feed = buffer[begin...].firstIndex(of: UInt8(ascii: "\n")) {
                guard line(buffer[begin..<feed]) else { return ([], position) }
                begin = feed + 1
            }
            rest = Array(buffer[begin...])
            // A line that long is no entry, and is not kept in memory either.
            if rest.count > 4 * piece { return (rest, position) }
        }
        return (rest, position)
    }
}
