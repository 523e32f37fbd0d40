/// The machine that cuts bytes of UTF-8 into fields and rows.
struct TableParser {
    private var bytes: TableByteReader
    private let separator: UInt8
    private let limits: TableLimits
    private var piece: [UInt8] = []
    private var position = 0
    private var state = State.atStart
    private var field: [UInt8] = []
    private var isEnded = false

    private enum State {
        case atStart, plain, quoted
        /// After a quote inside quotes: the field ends here, or the quote stands for itself.
        case afterQuote
    }

    init(_ bytes: TableByteReader, separator: UInt8, limits: TableLimits) {
        self.bytes = bytes
        self.separator = separator
        self.limits = limits
    }

    /// The fields of the next row that is not empty; nil at the end.
    mutating func next(row: Int) throws(TableError) -> [String]? {
        var fields: [String] = []
        var size = 0
        while true {
            if position == piece.count {
                if !isEnded { piece = try bytes.next() }
                position = 0
                if piece.isEmpty {
                    isEnded = true
                    return try last(fields, row: row)
                }
            }
            let byte = piece[position]
            position += 1
            size += 1
            if byte == 0 { throw Self.zero(row) }
            guard size <= limits.rowBytes else {
                throw TableError(
                    .tooLarge, row: row,
                    "the row is longer than \(limits.rowBytes) bytes; look for a quote that is not closed")
            }
            switch (state, byte) {
            case (.quoted, UInt8(ascii: "\"")): state = .afterQuote
            case (.quoted, _): try append(byte, row)
            case (.atStart, UInt8(ascii: "\"")): state = .quoted
            case (.afterQuote, UInt8(ascii: "\"")):
                try append(byte, row)
                state = .quoted
            case (_, separator):
                try close(&fields, row)
            case (_, 0x0A), (_, 0x0D):
                // After a carriage return a line feed belongs to the same end: an empty line, passed over.
                if fields.isEmpty, field.isEmpty, state == .atStart {
                    size = 0
                    continue
                }
                try close(&fields, row)
                return fields
            case (.afterQuote, _):
                // Spaces between a quote and the separator are common; other text is a mistake.
                guard byte == UInt8(ascii: " ") else {
                    throw TableError(
                        .form, row: row,
                        "field \(fields.count + 1) goes on after its closing quote; quotes inside a field must be doubled"
                    )
                }
            default:
                try append(byte, row)
                state = .plain
            }
        }
    }

    private mutating func last(_ row: [String], row number: Int) throws(TableError) -> [String]? {
        var fields = row
        if state == .quoted {
            throw TableError(
                .form, row: number,
                "a quote is opened and never closed; the file may be cut off: export it again")
        }
        if fields.isEmpty, field.isEmpty, state == .atStart { return nil }
        try close(&fields, number)
        return fields
    }

    private mutating func append(_ byte: UInt8, _ row: Int) throws(TableError) {
        guard field.count < limits.fieldBytes else {
            throw TableError(
                .tooLarge, row: row,
                "a field is longer than \(limits.fieldBytes) bytes; look for a quote that is not closed")
        }
        field.append(byte)
    }

    private mutating func close(_ fields: inout [String], _ row: Int) throws(TableError) {
        guard fields.count < limits.columns else {
            throw TableError(.tooLarge, row: row, "there are more than \(limits.columns) fields in the row")
        }
        guard let text = String(validating: field, as: UTF8.self) else {
            throw TableError(
                .encoding, row: row,
                "field \(fields.count + 1) is not UTF-8; save the table as “CSV UTF-8”, or say `encoding: windows-1252` (for a draft: --encoding windows-1252) if an older Windows program wrote it"
            )
        }
        fields.append(text)
        field.removeAll(keepingCapacity: true)
        state = .atStart
    }

    private static func zero(_ row: Int) -> TableError {
        TableError(
            .encoding, row: row,
            "there is a zero byte; the file may be UTF-16 without its mark (say `encoding: utf-16le`; for a draft: --encoding utf-16le), or damaged"
        )
    }
}
