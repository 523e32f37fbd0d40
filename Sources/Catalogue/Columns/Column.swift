/// The values of one attribute, one row a record.
struct Column: Sendable {
    enum Values: Sendable {
        /// Places in ``Column/words``, counted from 1; 0 is "not recorded".
        case words([UInt32])
        /// Not a number is "not recorded".
        case numbers([Double])
    }

    let values: Values
    /// The different words of the column, in the order in which they first occur.
    let words: [String]
    /// Where a record can have several values: the first value of each record, and the end of the last one's.
    let starts: [UInt32]?

    var count: Int {
        if let starts { return max(0, starts.count - 1) }
        switch values {
        case .words(let codes): return codes.count
        case .numbers(let numbers): return numbers.count
        }
    }

    /// One value of each record out of what each of its values gives: the largest, and `absent` where it has none.
    func perRecord(_ values: [UInt8], absent: UInt8) -> [UInt8] {
        guard let starts else { return values }
        var result = [UInt8](repeating: absent, count: count)
        for row in result.indices where starts[row] < starts[row + 1] {
            var most: UInt8 = 0
            for place in Int(starts[row])..<Int(starts[row + 1]) { most = max(most, values[place]) }
            result[row] = most
        }
        return result
    }
}

/// Collects the values of a column, record by record.
struct ColumnBuilder {
    private var codes: [UInt32] = []
    private var numbers: [Double] = []
    private var words: [String] = []
    private var codeOf: [String: UInt32] = [:]
    private var starts: [UInt32] = [0]
    private var isMany = false
    private let isNumeric: Bool
    private var records = 0

    init(isNumeric: Bool) { self.isNumeric = isNumeric }

    private var length: Int { isNumeric ? numbers.count : codes.count }

    /// The code of a word; 0 for none.
    mutating func code(_ word: String?) -> UInt32 {
        guard let word else { return 0 }
        if let code = codeOf[word] { return code }
        words.append(word)
        let code = UInt32(truncatingIfNeeded: words.count)
        codeOf[word] = code
        return code
    }

    /// Says that the records before `record` have no value.
    mutating func fill(to record: Int) {
        while records < record { append(numbers: [nil], codes: [0]) }
    }

    mutating func append(code: UInt32) { append(numbers: [], codes: [code]) }

    mutating func append(number: Double?) { append(numbers: [number], codes: []) }

    /// Appends one record with its values.
    mutating func append(words values: [String]) {
        let codes = values.map { code($0) }
        append(numbers: [], codes: codes.isEmpty ? [0] : codes)
    }

    mutating func append(numbers values: [Double]) { append(numbers: values.isEmpty ? [nil] : values, codes: []) }

    private mutating func append(numbers values: [Double?], codes added: [UInt32]) {
        if isNumeric {
            numbers.append(contentsOf: values.map { $0 ?? .nan })
        } else {
            codes.append(contentsOf: added)
        }
        records += 1
        if (isNumeric ? values.count : added.count) > 1 { isMany = true }
        starts.append(UInt32(truncatingIfNeeded: length))
    }

    func column(records count: Int) -> Column {
        var full = self
        full.fill(to: count)
        return Column(
            values: isNumeric ? .numbers(full.numbers) : .words(full.codes), words: words,
            starts: full.isMany ? full.starts : nil)
    }
}
