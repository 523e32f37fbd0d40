/// What a column looks like, from its name and its values.
struct ColumnImpression {
    let name: String
    let words: ColumnWords
    private var filled = 0
    private var dates = DateDetection()
    private var values = DistinctValues(limit: 5_001)
    private var (numbers, whole, long, ages, sexes, uids, codes, categories) = (0, 0, 0, 0, 0, 0, 0, 0)

    init(_ name: String) {
        self.name = name
        words = ColumnWords(name)
    }

    mutating func observe(_ value: String) {
        filled += 1
        dates.observe(value)
        values.observe(value, patient: 0)
        if NumberCell.isNumber(value) { numbers += 1 }
        if value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            whole += 1
            if value.utf8.count >= 7 { long += 1 }
        }
        if AgeCell(value, unit: .years) != nil { ages += 1 }
        if SexCell.isSex(value) { sexes += 1 }
        if value.utf8.count >= 10, UIDCell.isUID(value) { uids += 1 }
        if CodedCell.isCode(value) { codes += 1 }
        if CodedCell.isCategory(value) { categories += 1 }
    }

    var isNearlyUnique: Bool { filled > 0 && (values.isExceeded || values.count * 10 > filled * 9) }

    private func isMostly(_ count: Int) -> Bool { filled > 0 && count * 20 >= filled * 19 }

    var proposal: TableProposal.Column {
        func propose(_ role: ColumnRole, _ reason: String, isOpen: Bool = false) -> TableProposal.Column {
            TableProposal.Column(name: name, role: role, reason: reason, isOpen: isOpen)
        }
        if let kind = words.identifies {
            return propose(.drop(holds: kind), "its name says that it identifies somebody")
        }
        if words.isBirth {
            return propose(
                .birthDate(nil, becomes: .nothing),
                "left out; for an age instead: {role: birth_date, becomes: age, at: <a date column>}")
        }
        if filled == 0 { return propose(.drop(holds: nil), "it is empty") }
        if isMostly(uids) { return propose(.uid, "DICOM UIDs") }
        if let dated = dated(propose) { return dated }
        if words.isSex, isMostly(sexes) { return propose(.sex, "words for a sex") }
        if words.isAge, isMostly(ages) { return propose(.age(.years), "ages in years; say `unit: months` if they are") }
        if words.isArea { return propose(.area(AreaRule()), "an area; check `keep` and `fewest`") }
        if words.isIdentifier, isNearlyUnique {
            return propose(.identifier(attribute: nil), "another number of its own in nearly every row")
        }
        if isMostly(long), values.count > 20 || isNearlyUnique {
            return propose(.identifier(attribute: nil), "long numbers: identifiers, or codes (then `code`)")
        }
        if isMostly(numbers), !words.isIdentifier { return propose(.number, "numbers") }
        let areFew = !values.isExceeded && values.count <= max(20, filled / 2)
        if areFew, !words.isText {
            if codes == filled { return propose(.code(ValueRule()), "\(values.count) short values") }
            // Values of several words that never come again are sentences, not categories.
            if categories == filled, values.count <= 100, values.count * 2 <= filled {
                return propose(.category(ValueRule()), "\(values.count) different values")
            }
        }
        return propose(
            .text(isAllowed: false), "free text: refused; set allow_text: true to have it cleaned and kept, or drop it",
            isOpen: true)
    }

    private func dated(
        _ propose: (ColumnRole, String, Bool) -> TableProposal.Column
    ) -> TableProposal.Column? {
        switch dates.outcome {
        case .pattern(let pattern) where !pattern.isSerial || words.isDate:
            // A number that is moved by a shift is spoilt: of years and months only the name can tell.
            if !pattern.hasDay, !words.isDate { return nil }
            return dates.withTime > 0
                ? propose(.dateTime(pattern), "days with times", false) : propose(.date(pattern), "days", false)
        case .ambiguous(let one, let other):
            return propose(.date(nil), "days: add `format: \(one)` or `format: \(other)`, both are possible", true)
        default:
            return words.isDate
                ? propose(.date(nil), "its name says days, its values are of several forms: add `format`", true) : nil
        }
    }
}
