import Cohort

/// A rule, its columns found in the table at hand.
struct CompiledRule {
    let rule: RecordRule
    let identity: [ColumnPlace]
    let conditions: [(place: ColumnPlace, test: RowCondition.Test)]
    var values: [CompiledValue]
    /// Records that it made, and rows that its conditions let through.
    var records = 0
    var rows = 0

    /// - Parameters:
    ///   - columns: all names of the table, in which groups of columns are looked for.
    ///   - place: where a column lies.
    init(
        _ rule: RecordRule, columns: [String], file: String,
        place: (String, Int?) throws(MappingError) -> ColumnPlace
    ) throws(MappingError) {
        self.rule = rule
        var places: [ColumnPlace] = []
        switch rule.identity {
        case .key(let names), .row(let names):
            for name in names { places.append(try place(name, rule.line)) }
        case .content, .patient: break
        }
        identity = places
        var conditions: [(ColumnPlace, RowCondition.Test)] = []
        for condition in rule.conditions { conditions.append((try place(condition.column, rule.line), condition.test)) }
        self.conditions = conditions
        var values: [CompiledValue] = []
        for source in rule.values {
            values.append(try Self.value(source, columns: columns, file: file, place: place))
        }
        self.values = values
    }

    private static func value(
        _ source: ValueSource, columns: [String], file: String,
        place: (String, Int?) throws(MappingError) -> ColumnPlace
    ) throws(MappingError) -> CompiledValue {
        let reader = ValueReader(source)
        let places: CompiledValue.Places
        switch source.origin {
        case .constant(let text):
            places = .constant(reader.read(text, unit: nil, context: .constant))
        case .columns(let names):
            var found: [(String, ColumnPlace)] = []
            for name in names { found.append((name, try place(name, source.line))) }
            places = .columns(found)
        case .oneHot(let prefix):
            let group = columns.enumerated().filter { $0.element.hasPrefix(prefix) && $0.element != prefix }
            guard !group.isEmpty else {
                throw MappingError(
                    file: file,
                    TableError(
                        .specification, row: 1, column: prefix,
                        "the mapping reads a group of columns whose names begin so, and the table has none"))
            }
            places = .group(
                group.map { ($0.element, String($0.element.dropFirst(prefix.count)).cellTrimmed, .own($0.offset)) })
        case .age(let at, let born):
            places = .interval(
                (at, try place(at, source.line)), from: (born, try place(born, source.line)), isAge: true)
        case .days(let from, let to):
            places = .interval(
                (to, try place(to, source.line)), from: (from, try place(from, source.line)), isAge: false)
        }
        var unit: ColumnPlace?
        if let column = source.unitColumn { unit = try place(column, source.line) }
        return CompiledValue(reader: reader, places: places, unit: unit)
    }

    /// Whether the row makes a record.
    func holds(_ row: MappedRow, _ mapping: FactMapping) -> Bool {
        conditions.allSatisfy { place, test in
            let texts: [String] =
                switch row.cell(place) {
                case .none: []
                case .one(let text): [text.cellTrimmed.lowercased()]
                case .several(let texts): texts.map { $0.cellTrimmed.lowercased() }
                }
            switch test {
            case .isFilled(let wanted): return texts.contains { !mapping.isMissing($0) } == wanted
            case .isOneOf(let wanted): return texts.contains { text in wanted.contains { Self.matches(text, $0) } }
            case .isNoneOf(let refused): return !texts.contains { text in refused.contains { Self.matches(text, $0) } }
            }
        }
    }

    /// Whether a text is what a pattern says, in which a `*` stands for anything.
    private static func matches(_ text: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let head = parts.first, let tail = parts.last else { return text == pattern }
        guard text.utf8.count >= head.utf8.count + tail.utf8.count, text.hasPrefix(head), text.hasSuffix(tail) else {
            return false
        }
        var rest = text.dropFirst(head.count).dropLast(tail.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    /// The places of own columns that it reads.
    var ownColumns: [Int] {
        var all = identity + conditions.map(\.place) + values.compactMap(\.unit)
        for value in values {
            switch value.places {
            case .columns(let columns): all += columns.map(\.place)
            case .group(let group): all += group.map(\.place)
            case .interval(let later, let earlier, _): all += [later.place, earlier.place]
            case .constant: break
            }
        }
        return all.compactMap { if case .own(let index) = $0 { index } else { nil } }
    }
}
