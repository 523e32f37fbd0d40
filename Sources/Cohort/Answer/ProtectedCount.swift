/// A number that may be shown: exact, or only a bound that it keeps to.
public enum ProtectedCount: Sendable, Equatable, Hashable {
    case exact(Int)
    /// Less than this number; zero included.
    case fewerThan(Int)
    case moreThan(Int)

    /// The lowest and the highest number that it can stand for; no highest where there is no upper bound.
    public var range: (low: Int, high: Int?) {
        switch self {
        case .exact(let number): (number, number)
        case .fewerThan(let bound): (0, max(0, bound - 1))
        case .moreThan(let bound): (max(0, bound < .max ? bound + 1 : bound), nil)
        }
    }

    /// The number, where it is shown.
    public var exactly: Int? {
        if case .exact(let number) = self { number } else { nil }
    }
}

extension ProtectedCount: CustomStringConvertible {
    /// `12`, `<5` or `>95`.
    public var description: String {
        switch self {
        case .exact(let number): "\(number)"
        case .fewerThan(let bound): "<\(bound)"
        case .moreThan(let bound): ">\(bound)"
        }
    }
}

extension ProtectedCount: Codable {
    private enum Key: String, CodingKey { case count, fewerThan, moreThan }

    /// Reads `{"count": 12}`, `{"fewerThan": 5}` or `{"moreThan": 95}`, within ``AnswerLimits/counts``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard container.allKeys.count == 1, let key = container.allKeys.first else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a count is one of count, fewerThan, moreThan"))
        }
        let number = try container.number(key, in: AnswerLimits.counts)
        switch key {
        case .count: self = .exact(number)
        case .fewerThan: self = .fewerThan(number)
        case .moreThan: self = .moreThan(number)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .exact(let number): try container.encode(number, forKey: .count)
        case .fewerThan(let bound): try container.encode(bound, forKey: .fewerThan)
        case .moreThan(let bound): try container.encode(bound, forKey: .moreThan)
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
