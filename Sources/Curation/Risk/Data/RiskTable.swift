/// One record per patient: the quasi-identifiers, and the sensitive attributes that nobody should learn from them.
///
/// A value that is not known is a value like others ("not known"): missing as known to whoever looks.
public struct RiskTable: Sendable {
    public let quasiIdentifiers: [QuasiIdentifier]
    public let sensitive: [String]
    /// The patients, in the order of the records.
    public let pseudonyms: [String]

    /// For each quasi-identifier the value of each record, as a place in ``values``.
    let codes: [[Int32]]
    let values: [[String]]
    let sensitiveCodes: [[Int32]]
    let sensitiveValues: [[String]]

    /// - Parameters:
    ///   - records: for each patient the values in the order of the quasi-identifiers, then of the sensitive attributes.
    ///     Records with fewer values have empty ones at the end.
    public init(
        quasiIdentifiers: [QuasiIdentifier], sensitive: [String] = [],
        records: some Collection<(pseudonym: String, values: [String])>
    ) {
        self.quasiIdentifiers = quasiIdentifiers
        self.sensitive = sensitive
        pseudonyms = records.map(\.pseudonym)
        var columns = (0..<quasiIdentifiers.count + sensitive.count).map { _ in CodedColumn() }
        for record in records {
            for index in columns.indices {
                columns[index].append(record.values.indices.contains(index) ? record.values[index] : "")
            }
        }
        let split = quasiIdentifiers.count
        (codes, values) = (columns.prefix(split).map(\.codes), columns.prefix(split).map(\.values))
        (sensitiveCodes, sensitiveValues) = (
            columns.dropFirst(split).map(\.codes), columns.dropFirst(split).map(\.values)
        )
    }

    public var count: Int { pseudonyms.count }

    /// A value, as it was given.
    public func value(_ record: Int, _ column: Int) -> String {
        guard codes.indices.contains(column), codes[column].indices.contains(record) else { return "" }
        let code = Int(codes[column][record])
        return values[column].indices.contains(code) ? values[column][code] : ""
    }
}

/// A column of texts, each text kept once.
struct CodedColumn {
    private(set) var codes: [Int32] = []
    private(set) var values: [String] = []
    private var places: [String: Int32] = [:]

    mutating func append(_ value: String) {
        if let known = places[value] {
            codes.append(known)
            return
        }
        let code = Int32(clamping: values.count)
        places[value] = code
        values.append(value)
        codes.append(code)
    }
}
