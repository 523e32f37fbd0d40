/// What is done with a column, decided from its role and all of its values.
enum ColumnPlan: Equatable {
    case patient
    case identifier(attribute: UInt32?)
    case date(DatePattern, keepsTime: Bool)
    case age(AgeUnit)
    case birth(DatePattern, BirthDateUse)
    case sex
    case number
    /// These values stay.
    case values(Set<String>)
    case area(AreaRule, large: Set<String>)
    case text
    case uid
    case drop
    /// Left out for what it holds, or because nobody has said what it holds.
    case refuse(String)

    var isWritten: Bool {
        switch self {
        case .drop, .refuse: false
        default: true
        }
    }

    init(_ scan: ColumnScan, cleaner: TextCleaner) {
        switch scan.role {
        case .id: self = .patient
        case .identifier(let attribute): self = .identifier(attribute: attribute)
        case .date(let pattern): self = Self.dated(scan, pattern) { .date($0, keepsTime: false) }
        case .dateTime(let pattern): self = Self.dated(scan, pattern) { .date($0, keepsTime: true) }
        case .birthDate(_, .nothing), .drop: self = .drop
        case .birthDate(let pattern, let use): self = Self.dated(scan, pattern) { .birth($0, use) }
        case .age(let unit): self = Self.mostlyOdd(scan, "ages in \(unit.rawValue)") ?? .age(unit)
        case .sex: self = .sex
        case .number: self = Self.numbers(scan)
        case .code(let rule): self = Self.coded(scan, rule, "code", cleaner)
        case .category(let rule): self = Self.coded(scan, rule, "category", cleaner)
        case .area(let rule):
            self =
                scan.areas.isExceeded
                ? .refuse("it has more areas than a country; lower `keep`") : .area(rule, large: scan.areas.large)
        case .text(let isAllowed):
            self =
                isAllowed ? .text : .refuse("free text is refused; say `allow_text: true` to have it cleaned and kept")
        case .uid: self = Self.mostlyOdd(scan, "DICOM UIDs") ?? .uid
        }
    }

    /// A column most of whose cells are something else has the wrong role.
    private static func mostlyOdd(_ scan: ColumnScan, _ what: String) -> ColumnPlan? {
        guard let row = scan.firstOdd, scan.odd * 2 > scan.filled else { return nil }
        return .refuse("most of its cells are no \(what) (the first in row \(row)); give it another role")
    }

    private static func dated(
        _ scan: ColumnScan, _ pattern: DatePattern?, _ plan: (DatePattern) -> ColumnPlan
    ) -> ColumnPlan {
        if let pattern { return mostlyOdd(scan, "days written as \(pattern.name)") ?? plan(pattern) }
        switch scan.dates.outcome {
        case .pattern(let found): return plan(found)
        case .ambiguous(let one, let other):
            return .refuse("its days can be read as \(one) and as \(other); say which with `format`")
        case .none:
            return .refuse(
                "its days are written in more than one way, or in none that is known; say which with `format`, and cells that differ are left out"
            )
        case .empty: return .drop
        }
    }

    private static func numbers(_ scan: ColumnScan) -> ColumnPlan {
        if let refusal = mostlyOdd(scan, "numbers") { return refusal }
        if scan.long * 2 > scan.filled, scan.long > 1 {
            return .refuse(
                "most of its numbers have seven digits and more, as identifiers have; give it the role `identifier`, or `code` if it holds codes"
            )
        }
        if scan.own >= 3, scan.own * 5 > scan.filled {
            return .refuse("it repeats the patients' numbers; give it the role `drop`")
        }
        return hiddenDates(scan) ?? .number
    }

    /// Days that were not declared would stay where they were, and tell by how much the declared ones were moved.
    private static func hiddenDates(_ scan: ColumnScan) -> ColumnPlan? {
        guard scan.dates.values >= 3 else { return nil }
        switch scan.dates.outcome {
        case .pattern(let found) where !found.isSerial:
            return .refuse("it holds \(found.hasDay ? "days" : "years or months"); give it the role `date`")
        case .ambiguous: return .refuse("it holds days; give it the role `date` and a `format`")
        default: return nil
        }
    }

    private static func coded(
        _ scan: ColumnScan, _ rule: ValueRule, _ what: String, _ cleaner: TextCleaner
    ) -> ColumnPlan {
        if let values = rule.values { return .values(values) }
        let listing = "or list the values that may stay under `values`"
        if scan.own > 0 { return .refuse("it repeats the patients' numbers; give it the role `drop`, \(listing)") }
        if scan.values.isExceeded {
            return .refuse(
                "it has more than \(scan.values.limit) different values, which is no \(what); give it the role `text`, raise `most`, \(listing)"
            )
        }
        if let refusal = hiddenDates(scan) { return refusal }
        if let row = scan.firstOdd {
            return .refuse(
                what == "code"
                    ? "a value is too long for a code or has spaces (row \(row)); give it the role `category` or `text`, \(listing)"
                    : "a value is too long for a category, or has long numbers or an address in it (row \(row)); give it the role `text`, \(listing)"
            )
        }
        if scan.values.count > max(20, scan.filled / 2) {
            return .refuse(
                "nearly every row has a value of its own, as with identifiers; give it the role `identifier` or `text`, \(listing)"
            )
        }
        if what == "category", scan.values.contains(where: LoneValue.hasTitle) {
            return .refuse("it holds names of people; give it the role `drop`, \(listing)")
        }
        return .values(
            scan.values.kept { value in
                what == "code"
                    ? LoneValue.isHarmlessCode(value, cleaner: cleaner)
                    : cleaner.clean(value, known: KnownIdentifiers(), shift: nil)?.text == value
            })
    }
}
