import FoundationEssentials

/// A point in time as messages carry it: whole milliseconds since 1970, between 1970 and 9999.
///
/// The range is checked where a moment is read, so that differences of two moments cannot overflow.
struct Moment: Hashable, Comparable, Sendable {
    let milliseconds: Int64

    private static let latest: Int64 = 253_402_300_799_999

    init?(milliseconds: Int64) {
        guard (0...Self.latest).contains(milliseconds) else { return nil }
        self.milliseconds = milliseconds
    }

    init(_ date: Date) {
        let value = (date.timeIntervalSince1970 * 1000).rounded()
        milliseconds = value.isFinite ? Int64(min(max(value, 0), Double(Self.latest))) : 0
    }

    var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// Seconds from `earlier` to this moment; negative where this one comes first.
    func seconds(since earlier: Moment) -> Double { Double(milliseconds - earlier.milliseconds) / 1000 }

    func advanced(by duration: Duration) -> Moment {
        Moment(date.addingTimeInterval(duration.seconds))
    }

    static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }
}

extension Moment: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let moment = Moment(milliseconds: try container.decode(Int64.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a time outside 1970 to 9999")
        }
        self = moment
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension Duration {
    /// The duration in seconds, fractions included.
    var seconds: Double {
        let parts = components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }
}
