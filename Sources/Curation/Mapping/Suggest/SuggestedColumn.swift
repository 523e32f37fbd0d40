import Cohort

/// What a column of a table looks like to somebody who drafts a mapping.
struct SuggestedColumn {
    let name: String
    private(set) var filled = 0
    private(set) var dates = DateDetection()
    private(set) var values: [String: Int] = [:]
    private(set) var isFlags = true
    private(set) var unit: String?
    let words: [String]

    /// Different values that are kept: what a column is shows in far fewer.
    private static let most = 400

    init(_ name: String) {
        self.name = name
        var words = AttributeNames.words(name)
        // "PSA (ng/mL)", "psa_ng_ml", "size_mm".
        if let open = name.lastIndex(where: { $0 == "(" || $0 == "[" }),
            let close = name[open...].firstIndex(where: { $0 == ")" || $0 == "]" })
        {
            let inside = String(name[open..<close].dropFirst())
            unit = inside
            let count = AttributeNames.words(inside).count
            if words.count > count { words.removeLast(count) }
        }
        self.words = words
    }

    mutating func observe(_ value: String) {
        filled += 1
        dates.observe(value)
        if values[value] != nil || values.count < Self.most { values[value, default: 0] += 1 }
        if !["0", "1", "0.0", "1.0"].contains(value) { isFlags = false }
    }

    /// The words without those of a unit that the attribute has, and the unit.
    func words(for attribute: CohortAttribute) -> (words: [String], unit: String?) {
        if let unit, attribute.number("1", in: unit) != nil { return (words, unit) }
        guard attribute.unit != nil else { return (words, nil) }
        for count in [2, 1] where words.count > count {
            let text = words.suffix(count).joined(separator: "/")
            if attribute.number("1", in: text) != nil { return (Array(words.dropLast(count)), text) }
        }
        return (words, nil)
    }

    /// The share of the cells that an attribute understands.
    func share(of attribute: CohortAttribute) -> Double {
        guard filled > 0, !values.isEmpty else { return 0 }
        if attribute.kind == .date {
            switch dates.outcome {
            case .pattern(let pattern): return pattern.hasDay && !pattern.isSerial ? 1 : 0.3
            case .ambiguous: return 0.9
            case .none, .empty: return 0
            }
        }
        let reader = ValueReader(ValueSource(attribute, .columns([name])))
        var (understood, all) = (0, 0)
        for (value, count) in values {
            all += count
            switch reader.read(value, unit: nil, context: .constant) {
            case .value, .approximate, .missing: understood += count
            case .problem: continue
            }
        }
        return Double(understood) / Double(all)
    }
}
