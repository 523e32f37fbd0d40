public import FoundationEssentials
import Runtime

/// A moment as permits carry it: whole seconds since 1970, written as RFC 3339 in UTC.
public struct PermitTime: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    public let seconds: Int64

    /// The end of the year 9999.
    private static let latest: Int64 = 253_402_300_799

    /// Nil outside 1970 to 9999.
    public init?(seconds: Int64) {
        guard (0...Self.latest).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    /// The second in which `date` lies, moved into 1970 to 9999.
    public init(_ date: Date) {
        let value = date.timeIntervalSince1970.rounded(.down)
        seconds = value.isFinite ? Int64(min(max(value, 0), Double(Self.latest))) : 0
    }

    public var date: Date { Date(timeIntervalSince1970: Double(seconds)) }

    /// So many seconds later, at most the end of 9999.
    public func advanced(by duration: Int64) -> PermitTime {
        let (sum, overflow) = seconds.addingReportingOverflow(duration)
        return PermitTime(seconds: overflow ? Self.latest : min(max(sum, 0), Self.latest)) ?? self
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = Timestamp.date(try container.decode(String.self)),
            let time = PermitTime(seconds: Int64(exactly: date.timeIntervalSince1970.rounded(.down)) ?? -1)
        else { throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time in UTC") }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public var description: String { Timestamp.text(date) }
    public static func < (one: PermitTime, other: PermitTime) -> Bool { one.seconds < other.seconds }
}
