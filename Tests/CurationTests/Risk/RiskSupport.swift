import Curation

/// Small tables whose risk can be worked out by hand.
enum RiskTables {
    static func table(
        _ facts: [QuasiIdentifier], sensitive: [String] = [], _ rows: [[String]]
    ) -> RiskTable {
        RiskTable(
            quasiIdentifiers: facts, sensitive: sensitive,
            records: rows.enumerated().map { (pseudonym: "P\($0.offset + 1)", values: $0.element) })
    }

    /// Classes of three, two and one.
    static let small = table(
        [QuasiIdentifier("age", .age), QuasiIdentifier("area", .area)], sensitive: ["finding"],
        [
            ["30", "130", "benign"], ["30", "130", "malignant"], ["30", "130", "malignant"], ["45", "148", "benign"],
            ["45", "148", "benign"], ["62", "130", "malignant"],
        ])
}

func isNear(_ value: Double?, _ expected: Double, within tolerance: Double = 1e-9) -> Bool {
    value.map { abs($0 - expected) <= tolerance } ?? false
}
