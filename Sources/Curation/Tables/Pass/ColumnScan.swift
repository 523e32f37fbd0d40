/// What is learned of one column before anything is written: whether its values are what its role says. Memory is bounded
/// whatever the number of rows.
struct ColumnScan {
    let role: ColumnRole
    private(set) var filled = 0
    private(set) var dates = DateDetection()
    private(set) var values: DistinctValues
    private(set) var areas: AreaCounts
    /// Cells that are not what the role says, and the first of their rows.
    private(set) var odd = 0
    private(set) var firstOdd: Int?
    /// Cells that hold the number of their row's own patient.
    private(set) var own = 0
    /// Whole numbers of seven digits and more.
    private(set) var long = 0

    init(_ role: ColumnRole) {
        self.role = role
        var limit = 0
        var keep = AreaRule()
        switch role {
        case .category(let rule): limit = rule.values == nil ? rule.most ?? 100 : 0
        case .code(let rule): limit = rule.values == nil ? rule.most ?? 5_000 : 0
        case .area(let rule): keep = rule
        default: break
        }
        values = DistinctValues(limit: limit)
        areas = AreaCounts(rule: keep)
    }

    /// - Parameters:
    ///   - value: without the space around it, and not missing.
    ///   - patient: the normalised number of the row's patient.
    ///   - hash: tells patients apart.
    mutating func observe(_ value: String, row: Int, patient: String, hash: Int) {
        filled += 1
        var isOdd = false
        switch role {
        case .date(let pattern), .dateTime(let pattern), .birthDate(let pattern, _):
            guard let pattern else { return dates.observe(value) }
            isOdd = DateCell(value, pattern: pattern).flatMap { pattern.read($0.day) } == nil
        case .age(let unit): isOdd = AgeCell(value, unit: unit) == nil
        case .number:
            isOdd = !NumberCell.isNumber(value)
            let digits = NumberCell.digits(value)
            if digits == 4 || digits == 8 { dates.observe(value) } else { dates.observeOther() }
            if digits >= 7 { long += 1 }
            if value == patient { own += 1 }
        case .code(let rule) where rule.values == nil:
            isOdd = !CodedCell.isCode(value)
            observeValue(value, patient: patient, hash: hash)
        case .category(let rule) where rule.values == nil:
            isOdd = !CodedCell.isCategory(value)
            observeValue(value, patient: patient, hash: hash)
        case .area: areas.observe(value, patient: hash)
        case .uid: isOdd = !UIDCell.isUID(value)
        default: return
        }
        if isOdd {
            odd += 1
            if firstOdd == nil { firstOdd = row }
        }
    }

    private mutating func observeValue(_ value: String, patient: String, hash: Int) {
        if values.observe(value, patient: hash) { dates.observe(value) }
        // Numbers of three digits and less are codes as well as anybody's number.
        if value == patient, patient.utf8.count >= 4 { own += 1 }
    }
}

/// The values of a column as long as they are few.
struct DistinctValues {
    /// Values from which on no more are kept.
    let limit: Int
    private(set) var isExceeded = false
    private var patients: [String: Patients] = [:]

    private struct Patients {
        let first: Int
        var areSeveral = false
    }

    /// Longer values are odd already and not kept.
    private static let longest = 256

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { patients.count }

    /// Whether the value is one that was not seen before.
    @discardableResult
    mutating func observe(_ value: String, patient: Int) -> Bool {
        if isExceeded { return false }
        if let known = patients[value] {
            if known.first != patient, !known.areSeveral { patients[value]?.areSeveral = true }
            return false
        }
        guard patients.count < limit, value.utf8.count <= Self.longest else {
            isExceeded = patients.count >= limit
            return false
        }
        patients[value] = Patients(first: patient)
        return true
    }

    /// Whether there is a value with that property.
    func contains(where isSuch: (String) -> Bool) -> Bool { patients.keys.contains(where: isSuch) }

    /// The values of several patients, and those of one that pass a test. Days are of nobody: here they would not be moved.
    func kept(ofOne isHarmless: (String) -> Bool) -> Set<String> {
        Set(
            patients.filter { value, patients in
                (SNOMED.isIdentifier(value) || !DateDetection.isDay(value))
                    && (patients.areSeveral || isHarmless(value))
            }.keys)
    }
}

/// How many patients live in each area, counted only as far as the rule asks.
struct AreaCounts {
    let rule: AreaRule
    private(set) var isExceeded = false
    private var patients: [String: Set<Int>] = [:]

    private static let most = 50_000

    init(rule: AreaRule) {
        self.rule = rule
    }

    mutating func observe(_ value: String, patient: Int) {
        let area = AreaCounts.area(value, rule)
        if let count = patients[area]?.count {
            if count < rule.fewest { patients[area]?.insert(patient) }
        } else if patients.count < Self.most {
            patients[area] = [patient]
        } else {
            isExceeded = true
        }
    }

    /// The areas that are large enough to be named.
    var large: Set<String> {
        Set(patients.filter { $0.value.count >= rule.fewest && !rule.small.contains($0.key) }.keys)
    }

    /// The first characters of a postcode, without the spaces in it.
    static func area(_ value: String, _ rule: AreaRule) -> String {
        String(value.uppercased().filter { !$0.isWhitespace }.prefix(rule.keep))
    }
}
