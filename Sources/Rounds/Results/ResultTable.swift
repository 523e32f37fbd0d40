internal import Glibc

/// A result as a table for people: what the terminal prints and the page shows.
public struct ResultTable: Codable, Sendable, Equatable {
    public var title: String
    public var columns: [String]
    /// Each with one cell for each column.
    public var rows: [[Cell]]
    /// What must be said with the numbers: the method, what was left out, what is not shown and why.
    public var notes: [String]

    public init(_ title: String, columns: [String], rows: [[Cell]] = [], notes: [String] = []) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.notes = notes
    }

    /// In JSON a text, a number or null.
    public enum Cell: Sendable, Equatable {
        case text(String)
        case number(Double)
        case count(Int64)
        /// Nothing to say here.
        case empty
    }
}

extension ResultTable.Cell {
    /// A count as it may be shown.
    public static func count(_ count: ProtectedCount) -> ResultTable.Cell {
        switch count {
        case .exact(let value): .count(value)
        case .below, .atLeast: .text(count.description)
        }
    }

    /// A count, or a dash where it is not shown.
    public static func count(_ count: ProtectedCount?) -> ResultTable.Cell {
        count.map { .count($0) } ?? .text("–")
    }

    /// A number, or a dash where it is not shown.
    public static func number(_ number: Double?) -> ResultTable.Cell {
        number.map { .number($0) } ?? .text("–")
    }

    /// A p value: below 1e-300 it is shown as that.
    public static func p(_ value: Double?) -> ResultTable.Cell {
        guard let value else { return .text("–") }
        return value < 1e-300 ? .text("<1e-300") : .number(value)
    }

    /// As people read it: numbers with six significant digits.
    public var shown: String {
        switch self {
        case .text(let text): text
        case .count(let count): "\(count)"
        case .empty: ""
        case .number(let number): Self.shown(number)
        }
    }

    static func shown(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "–" : number < 0 ? "-∞" : "∞" }
        var buffer = [CChar](repeating: 0, count: 64)
        let written = withVaList([number]) { vsnprintf(&buffer, buffer.count, "%.6g", $0) }
        return String(decoding: buffer.prefix(max(0, Int(written))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension ResultTable.Cell: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .empty
        } else if let count = try? container.decode(Int64.self) {
            self = .count(count)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .count(let count): try container.encode(count)
        case .number(let number):
            if number.isFinite { try container.encode(number) } else { try container.encode(shown) }
        case .empty: try container.encodeNil()
        }
    }
}

/// An outcome that can be shown as tables.
public protocol TabularOutcome {
    var tables: [ResultTable] { get }
}
