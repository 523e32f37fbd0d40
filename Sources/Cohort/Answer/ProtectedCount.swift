/// A number that may be shown: exact, or only a bound that it keeps to.
public enum ProtectedCount: Sendable, Equatable, Hashable {
    case exact(Int)
    /// Less than this number; zero included.
    case fewerThan(Int)
    case moreThan(Int)
    /// Rounded, or changed by noise, or that of an earlier question: the true number is no further from it than `within`
    /// (of noise: in 99 of 100 answers).
    case about(Int, within: Int)

    /// The lowest and the highest number that it can stand for; no highest where there is no upper bound.
    public var range: (low: Int, high: Int?) {
        switch self {
        case .exact(let number): (number, number)
        case .fewerThan(let bound): (0, max(0, bound - 1))
        case .moreThan(let bound): (max(0, bound < .max ? bound + 1 : bound), nil)
        case .about(let number, let within): (max(0, number - within), number + within)
        }
    }

    /// The number, where it is shown.
    public var exactly: Int? {
        if case .exact(let number) = self { number } else { nil }
    }
}

extension ProtectedCount: CustomStringConvertible {
    /// `12`, `<5`, `>95` or `120±4`.
    public var description: String {
        switch self {
        case .exact(let number): "\(number)"
        case .fewerThan(let bound): "<\(bound)"
        case .moreThan(let bound): ">\(bound)"
        case .about(let number, let within): "\(number)±\(within)"
        }
    }
}

extension ProtectedCount: Codable {
    private enum Key: String, CodingKey { case count, fewerThan, moreThan, about, within }

    /// Reads `{"count": 12}`, `{"fewerThan": 5}`, `{"moreThan": 95}` or `{"about": 120, "within": 4}`, each number within
    /// ``AnswerLimits/counts``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func number(_ key: Key) throws -> Int { try container.number(key, in: AnswerLimits.counts) }
        switch Set(container.allKeys) {
        case [.count]: self = .exact(try number(.count))
        case [.fewerThan]: self = .fewerThan(try number(.fewerThan))
        case [.moreThan]: self = .moreThan(try number(.moreThan))
        case [.about, .within]: self = .about(try number(.about), within: try number(.within))
        default:
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a count is one of count, fewerThan, moreThan, or about with within"))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .exact(let number): try container.encode(number, forKey: .count)
        case .fewerThan(let bound): try container.encode(bound, forKey: .fewerThan)
        case .moreThan(let bound): try container.encode(bound, forKey: .moreThan)
        case .about(let number, let within):
            try container.encode(number, forKey: .about)
            try container.encode(within, forKey: .within)
        }
    }
}

/// What may be shown of the numbers of a cohort.
public struct ProtectedCounts: Codable, Sendable, Equatable {
    public var patients: ProtectedCount
    public var studies: ProtectedCount
    public var series: ProtectedCount
    public var images: ProtectedCount

    public init(patients: ProtectedCount, studies: ProtectedCount, series: ProtectedCount, images: ProtectedCount) {
        self.patients = patients
        self.studies = studies
        self.series = series
        self.images = images
    }
}
