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
    /// Empty as long as no record has several values.
    private var starts: [UInt32] = []
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
        while records < record {
            add(code: 0, number: .nan)
            endRecord(values: 1)
        }
    }

    mutating func append(code: UInt32) {
        add(code: code, number: .nan)
        endRecord(values: 1)
    }

    mutating func append(number: Double?) {
        add(code: 0, number: number ?? .nan)
        endRecord(values: 1)
    }

    /// Appends one record with its values.
    mutating func append(words values: [String]) {
        if values.isEmpty { add(code: 0, number: .nan) }
        for value in values { add(code: code(value), number: .nan) }
        endRecord(values: max(1, values.count))
    }

    /// Appends one record with its values.
    mutating func append(numbers values: [Double]) {
        if values.isEmpty { add(code: 0, number: .nan) }
        for value in values { add(code: 0, number: value) }
        endRecord(values: max(1, values.count))
    }

    private mutating func add(code: UInt32, number: Double) {
        if isNumeric { numbers.append(number) } else { codes.append(code) }
    }

    private mutating func endRecord(values: Int) {
        // Where each record has one value, its place is its number: starts are made when the first has two.
        if starts.isEmpty, values > 1 { starts = (0...records).map { UInt32(truncatingIfNeeded: $0) } }
        records += 1
        if !starts.isEmpty { starts.append(UInt32(truncatingIfNeeded: length)) }
    }

    func column(records count: Int) -> Column {
        var full = self
        full.fill(to: count)
        return Column(
            values: isNumeric ? .numbers(full.numbers) : .words(full.codes), words: words,
            starts: full.starts.isEmpty ? nil : full.starts)
    }
}
