import Cohort

/// What a cell means for an attribute.
enum ValueReading: Equatable {
    case value(CohortValue)
    /// Taken, though not exactly as it stands: why.
    case approximate(CohortValue, String)
    case missing
    case problem(MappingProblem.Kind, String)
}

/// Reads the cells of one rule. Codes are looked up once for each different text.
struct ValueReader {
    let source: ValueSource
    private let codes: CodeBook
    private var known: [String: ValueReading] = [:]

    private static let remembered = 4_096

    init(_ source: ValueSource) {
        self.source = source
        codes = CodeBook(source.attribute)
    }

    /// - Parameters:
    ///   - text: a cell that is not missing.
    ///   - unit: the unit that the row names.
    mutating func remembering(_ text: String, unit: String?, context: ReadContext) -> ValueReading {
        guard source.cover == nil else { return read(text, unit: unit, context: context) }
        switch source.attribute.kind {
        case .number, .date, .age: return read(text, unit: unit, context: context)
        case .code, .text: break
        }
        if let known = known[text] { return known }
        let reading = read(text, unit: unit, context: context)
        if known.count >= Self.remembered { known.removeAll(keepingCapacity: true) }
        known[text] = reading
        return reading
    }

    func read(_ text: String, unit: String?, context: ReadContext) -> ValueReading {
        guard var text = part(of: text) else { return .missing }
        if let strip = source.strip, text.lowercased().hasPrefix(strip.lowercased()) {
            text = String(text.dropFirst(strip.count)).cellTrimmed
        }
        if let mapped = source.map[text.lowercased()] {
            guard let code = mapped else { return .missing }
            return resolved(code)
        }
        switch source.cover {
        case .uid?:
            guard UIDCell.isUID(text) else {
                return .problem(.unknownValue, "it is no DICOM UID (digits and points)")
            }
            return .value(.text(context.pseudonyms?.uid(text) ?? text))
        case .pseudonym?: return .value(.text(context.pseudonyms?.identifier(text, tag: 0) ?? text))
        case nil: break
        }
        if source.isYear { return year(text, context) }
        if source.attribute.isReference { return reference(text, context) }
        switch source.attribute.kind {
        case .code: return coded(text, context)
        case .text: return free(text, context)
        case .number(let own): return number(text, unit: unit, own: own, context)
        case .date: return day(text, context)
        case .age: return age(text, unit: unit)
        }
    }

    /// "8500/3" and "C50.4" of "8500/3-C50.4"; nil where the mark is not there.
    private func part(of text: String) -> String? {
        if let after = source.after {
            guard let mark = text.ranges(of: after).last else { return nil }
            return String(text[mark.upperBound...]).cellTrimmed
        }
        if let before = source.before {
            guard let mark = text.firstRange(of: before) else { return text }
            return String(text[..<mark.lowerBound]).cellTrimmed
        }
        return text
    }

    /// A code of the mapping itself.
    func resolved(_ code: String) -> ValueReading {
        switch source.attribute.kind {
        case .code:
            guard let stored = codes.code(code, isLiteral: true) else { return .problem(.unknownValue, "") }
            return .value(.text(stored))
        case .text: return .value(.text(code))
        case .number, .age: return Double(code).map { .value(.number($0)) } ?? .problem(.notANumber, "")
        case .date: return .problem(.impossibleDate, "")
        }
    }

    /// "; did you mean …?", or nothing.
    func suggestion(for text: String) -> String { codes.suggestion(for: text) }

    // MARK: Kinds

    private func coded(_ text: String, _ context: ReadContext) -> ValueReading {
        if let code = codes.code(text) { return .value(.text(code)) }
        let shown = context.harmless.shown(text)
        return .problem(
            .unknownValue, "\(shown) is no value of \(source.attribute.name)\(codes.suggestion(for: text))")
    }

    /// What points to something at the site: a pseudonym tells one from another.
    private func reference(_ text: String, _ context: ReadContext) -> ValueReading {
        guard let pseudonyms = context.pseudonyms else { return .value(.text(text)) }
        return .value(.text(UIDCell.isUID(text) ? pseudonyms.uid(text) : pseudonyms.identifier(text, tag: 0)))
    }

    private func year(_ text: String, _ context: ReadContext) -> ValueReading {
        guard case .day(let date, _) = DayReading(text, pattern: source.format) else {
            return .problem(.impossibleDate, "it is no day that is known; say `format:`")
        }
        guard date.year >= 1900, date.daysSince1970 <= context.today else {
            return .problem(.impossibleDate, date.year < 1900 ? "a day before 1900" : "a day that has not come yet")
        }
        return .value(.number(Double(date.year)))
    }

    private func free(_ text: String, _ context: ReadContext) -> ValueReading {
        if let concept = source.attribute.valueSet?.find(text) { return .value(.text(concept.code)) }
        guard context.harmless.isHarmless(text) else {
            return .problem(
                .freeText,
                "free text is not taken, as it may name somebody; list its values under `map`, or leave the column out")
        }
        return .value(.text(text))
    }

    private func number(_ text: String, unit: String?, own: String?, _ context: ReadContext) -> ValueReading {
        let (text, unit) = separated(text, unit ?? source.unit)
        switch NumberReading(text, hasComma: source.hasDecimalComma) {
        case .none: return .problem(.notANumber, "\(context.harmless.shown(text)) is no number")
        case .ambiguous: return .problem(.notANumber, Self.ambiguous)
        case .number(let plain, let digits, let isBound):
            var number = plain
            if let unit, own != nil {
                guard let converted = source.attribute.number(digits, in: unit) else {
                    let known = source.attribute.units.prefix(6).joined(separator: ", ")
                    return .problem(
                        .wrongUnit,
                        "\(context.harmless.shown(unit)) does not measure \(source.attribute.name), which can be given in \(known)"
                    )
                }
                number = converted
            }
            if let range = Plausible.range(of: source.attribute), !range.contains(number) {
                return .problem(
                    .outOfRange,
                    "a number is outside \(Plausible.text(range, own)); look for another unit (`unit:`) or a slip of the decimal point"
                )
            }
            return isBound ? .approximate(.number(number), Self.bound) : .value(.number(number))
        }
    }

    /// "4.5 ng/mL" in one cell: the number and its unit.
    private func separated(_ text: String, _ unit: String?) -> (String, String?) {
        guard source.attribute.unit != nil, let end = text.lastIndex(where: { $0.isWhitespace }) else {
            return (text, unit)
        }
        let (head, tail) = (String(text[..<end]).cellTrimmed, String(text[end...]).cellTrimmed)
        guard NumberCell.isNumber(head), source.attribute.number("1", in: tail) != nil else { return (text, unit) }
        return (head, tail)
    }

    private static let bound = "“<” and “>”: the bound is taken for the number"
    private static let ambiguous =
        "a comma before three digits may be a decimal comma or mark thousands; say `decimals: comma` or `decimals: point`"

    private func day(_ text: String, _ context: ReadContext) -> ValueReading {
        switch DayReading(text, pattern: source.format) {
        case .none:
            let wanted = source.format.map { "in the form \($0.name)" } ?? "in a form that is known; say `format:`"
            return .problem(.impossibleDate, "it is no day \(wanted)")
        case .ambiguous:
            return .problem(
                .ambiguousDate,
                "day or month may come first; say `format: dd/mm/yyyy` or `format: mm/dd/yyyy`")
        case .day(let date, let isPartial):
            guard date.year >= 1900, date.daysSince1970 <= context.today else {
                return .problem(
                    .impossibleDate, date.year < 1900 ? "a day before 1900" : "a day that has not come yet")
            }
            guard let moved = context.shift.shifted(date), let number = Double(moved.dicom) else {
                return .problem(.impossibleDate, "the day cannot be moved")
            }
            guard isPartial else { return .value(.number(number)) }
            return .approximate(.number(number), "a month or a year without a day: its middle is taken")
        }
    }

    private func age(_ text: String, unit: String?) -> ValueReading {
        var plain = text
        var isBound = false
        if let mark = [">=", ">", "\u{2265}"].first(where: text.hasPrefix) {
            plain = String(text.dropFirst(mark.count)).cellTrimmed
            isBound = true
        } else if text.hasSuffix("+") {
            plain = String(text.dropLast())
            isBound = true
        }
        guard case .number(_, let digits, _) = NumberReading(plain, hasComma: source.hasDecimalComma) else {
            return .problem(.impossibleAge, "it is no age")
        }
        guard let years = source.attribute.number(digits, in: unit ?? source.unit ?? "years") else {
            return .problem(.wrongUnit, "ages are given in years, months, weeks or days")
        }
        return Self.age(years, isBound: isBound)
    }

    /// Ages above 89 become 90 (45 CFR 164.514(b)(2)(i)(C)).
    static func age(_ years: Double, isBound: Bool = false) -> ValueReading {
        guard (0...130).contains(years) else {
            return .problem(.impossibleAge, "nobody is below 0 or above 130 years old; look for another unit (`unit:`)")
        }
        // “>89” and “89+” are somebody's group of all who are older.
        if years > 89 || isBound && years >= 89 { return .value(.number(90)) }
        let rounded = (years * 10).rounded() / 10
        return isBound ? .approximate(.number(rounded), bound) : .value(.number(rounded))
    }
}
