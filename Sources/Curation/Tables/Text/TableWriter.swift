/// Writes rows of a table as bytes of UTF-8; quotes where a field needs them (RFC 4180).
public struct TableWriter {
    private let form: TableForm
    private let sink: (ArraySlice<UInt8>) throws -> Void
    private var buffer: [UInt8] = []
    /// Rows written, the names included.
    public private(set) var rows = 0

    private static let bufferSize = 1 << 18

    /// - Parameters:
    ///   - form: separator, line ends and byte order mark; whatever its encoding says, UTF-8 is written.
    ///   - sink: takes the bytes in order.
    public init(form: TableForm, to sink: @escaping (ArraySlice<UInt8>) throws -> Void) {
        self.form = form
        self.sink = sink
        if form.hasByteOrderMark { buffer += [0xEF, 0xBB, 0xBF] }
    }

    public mutating func write(_ fields: [String]) throws(TableError) {
        for (index, field) in fields.enumerated() {
            if index > 0 { buffer.append(form.separator.byte) }
            append(field, isAlone: fields.count == 1)
        }
        if form.endsLinesInCRLF { buffer.append(0x0D) }
        buffer.append(0x0A)
        rows += 1
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Hands on what is left. Call it after the last row.
    public mutating func finish() throws(TableError) {
        if !buffer.isEmpty { try flush() }
    }

    private mutating func append(_ field: String, isAlone: Bool) {
        let separator = form.separator.byte
        let needsQuotes =
            field.utf8.contains { $0 == separator || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
            || field.utf8.first == UInt8(ascii: " ") || field.utf8.last == UInt8(ascii: " ")
            // A row of one empty field would be an empty line, which readers pass over.
            || isAlone && field.isEmpty
        guard needsQuotes else {
            buffer += field.utf8
            return
        }
        buffer.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private mutating func flush() throws(TableError) {
        do {
            try sink(buffer[...])
        } catch {
            throw TableError(.file, "the table cannot be written: \(error)")
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
