import Cohort

/// Ranges outside which a number can only be a mistake, most often another unit.
enum Plausible {
    static func range(of attribute: CohortAttribute) -> ClosedRange<Double>? {
        switch attribute.unit {
        case "%": 0...100
        case "mm": 0...2_000
        default: nil
        }
    }

    static func text(_ range: ClosedRange<Double>, _ unit: String?) -> String {
        "\(Int(range.lowerBound)) to \(Int(range.upperBound))\(unit.map { " " + $0 } ?? "")"
    }
}
