/// How likely it is that records are found again, for three people who try (K. El Emam, "Guide to the De-Identification of
/// Personal Health Information", 2013, chapter 16; the same words as in ARX).
///
/// f is the number of records of an equivalence class in the data set, F that of people with these traits in the
/// population, J the number of classes, n of records.
public struct ReidentificationRisk: Sendable, Codable, Equatable {
    /// Of one attacker, as probabilities from 0 to 1.
    public struct Attacker: Sendable, Codable, Equatable {
        /// Of the record most at risk.
        public var highest: Double
        /// Over all records.
        public var average: Double
        /// The part of the records whose own risk is above the threshold.
        public var recordsAboveThreshold: Double
    }

    /// Knows that the person is in the data set: 1/f; on average J/n.
    public var prosecutor: Attacker
    /// Does not know whether the person is in it: 1/F, with F estimated as f divided by the sampling fraction.
    ///
    /// The estimate is right on average and too small for classes that are rare in the sample only by chance, so it is a
    /// guide; the prosecutor's is the one that needs no assumption. nil where nobody has said what part of the population
    /// is in the data set.
    public var journalist: Attacker?
    /// Wants as many as possible: how many records are found by matching all of them with a list of everybody, J expected;
    /// with the population as the list, J times the sampling fraction.
    public var marketer: Double
    /// The part of the records that the marketer finds.
    public var marketerShare: Double
    /// The part of the population that the data set holds, where somebody has said.
    public var samplingFraction: Double?

    /// - Parameters:
    ///   - sizes: the records of each class, the f.
    ///   - threshold: the risk that is acceptable for one record: 1/k.
    ///   - samplingFraction: n divided by the people that the data set was taken from, 0 < fraction ≤ 1.
    init(sizes: [Int], threshold: Double, samplingFraction: Double? = nil) {
        let records = sizes.reduce(0, +)
        let n = Double(max(records, 1))
        func attacker(_ fraction: Double) -> Attacker {
            var (highest, expected, above) = (0.0, 0.0, 0)
            for size in sizes where size > 0 {
                let risk = fraction / Double(size)
                highest = max(highest, risk)
                expected += risk * Double(size)
                // A class of exactly 1/threshold records is not above it, whatever its binary fraction.
                if risk > threshold + 1e-12 { above += size }
            }
            return Attacker(highest: highest, average: expected / n, recordsAboveThreshold: Double(above) / n)
        }
        let fraction = samplingFraction.map { min(max($0, 0), 1) }
        prosecutor = attacker(1)
        journalist = fraction.map(attacker)
        marketer = Double(sizes.count { $0 > 0 }) * (fraction ?? 1)
        marketerShare = marketer / n
        self.samplingFraction = fraction
    }
}
