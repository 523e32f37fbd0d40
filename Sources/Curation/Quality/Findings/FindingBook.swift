/// All findings of a check: counted, and listed up to a number for each rule.
struct FindingBook: Sendable {
    let listed: Int
    private var results: [String: RuleResult] = [:]

    init(listed: Int) {
        self.listed = listed
    }

    mutating func add(_ finding: QualityFinding) {
        guard let rule = QualityRule.named(finding.rule) else { return }
        var result = results[rule.id] ?? RuleResult(rule: rule)
        result.findings += 1
        result.count += finding.count
        if let attribute = finding.place.attribute { result.attributes[attribute, default: 0] += 1 }
        if result.listed.count < listed { result.listed.append(finding) }
        results[rule.id] = result
    }

    /// Findings of a severity.
    func count(_ severity: QualitySeverity) -> Int {
        results.values.reduce(0) { $0 + ($1.rule.severity == severity ? $1.findings : 0) }
    }

    /// By severity, then in the order of the rules; within a rule by place.
    var sorted: [RuleResult] {
        let order = Dictionary(QualityRule.all.enumerated().map { ($1.id, $0) }) { first, _ in first }
        return results.values.map(\.sorted).sorted {
            ($0.rule.severity, order[$0.rule.id] ?? 0) < ($1.rule.severity, order[$1.rule.id] ?? 0)
        }
    }
}

/// What a rule found.
public struct RuleResult: Sendable, Codable, Equatable {
    public let rule: QualityRule
    /// Places where it was found.
    public var findings = 0
    /// Objects, frames or positions that they are about.
    public var count = 0
    /// Places by attribute, where the rule is about attributes.
    public var attributes: [String: Int] = [:]
    /// The places, up to a number.
    public var listed: [QualityFinding] = []

    init(rule: QualityRule) {
        self.rule = rule
    }

    /// Threads bring findings in any order; a report has them in one.
    fileprivate var sorted: RuleResult {
        var copy = self
        copy.listed.sort { left, right in
            let (a, b) = (left.place, right.place)
            return [a.patient, a.study, a.series, a.instance, a.attribute, left.detail].map { $0 ?? "" }
                .lexicographicallyPrecedes(
                    [b.patient, b.study, b.series, b.instance, b.attribute, right.detail].map { $0 ?? "" })
        }
        return copy
    }
}
