/// Decides whether a data set may be published: whether every record has at least k − 1 others like it.
public struct ReleaseGate: Sendable, Codable, Equatable {
    /// Records that a class must have.
    public var k: Int
    /// Different values of each sensitive attribute that a class must have; nil: not asked for.
    public var l: Int?
    /// The part of the records that may be in smaller classes.
    public var allowedShare: Double

    public init(k: Int = 5, l: Int? = nil, allowedShare: Double = 0) {
        self.k = max(k, 1)
        self.l = l
        self.allowedShare = min(max(allowedShare, 0), 1)
    }

    /// What was decided, in words for a data manager.
    public struct Decision: Sendable, Codable, Equatable {
        public var passed: Bool
        /// Sentences: what was found, what it means, what to do.
        public var explanation: [String]
    }

    func decide(records: Int, classes: EquivalenceClasses, diversity: [Diversity]) -> Decision {
        guard records > 0 else {
            return Decision(passed: false, explanation: ["There are no records, so nothing can be said of them."])
        }
        var reasons: [String] = []
        let below = classes.records(below: k)
        if Double(below) > allowedShare * Double(records) {
            let allowance = allowedShare > 0 ? " (\(PageText.percent(allowedShare)) are allowed)" : ""
            reasons.append(
                "\(PageText.count(below, "record")) of \(PageText.number(records)) (\(PageText.percent(Double(below) / Double(records)))) \(below == 1 ? "is" : "are") shared by fewer than \(k) patients\(allowance): somebody who knows these facts of a patient would find one of at most \(max(k - 1, 1)) records."
            )
        }
        for one in diversity {
            if let l, one.distinct < l {
                reasons.append(
                    "“\(one.attribute)” has only \(PageText.count(one.distinct, "value")) in a class where \(l) are asked for: who finds the class learns it."
                )
            }
        }
        if reasons.isEmpty {
            return Decision(
                passed: true,
                explanation: [
                    below == 0
                        ? "Every record is shared by at least \(classes.smallest) patients; \(k) are asked for."
                        : "\(PageText.count(below, "record")) of \(PageText.number(records)) are shared by fewer than \(k) patients, which is not more than allowed."
                ])
        }
        return Decision(
            passed: false,
            explanation: reasons + [
                "Do not publish it as it is: take one of the suggestions, or leave out the records at risk."
            ])
    }
}
