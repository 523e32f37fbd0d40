/// What one site sends in one round, and equally the sum over sites: named arrays of counts and reals.
public struct Contribution: Sendable, Equatable, Codable {
    public enum Values: Sendable, Equatable, Codable {
        /// Whole numbers: bit-exact in any sum.
        case counts([Int64])
        /// Finite reals.
        case reals([Double])

        public var count: Int {
            switch self {
            case .counts(let values): values.count
            case .reals(let values): values.count
            }
        }
    }

    public struct Part: Sendable, Equatable, Codable {
        public let name: String
        public var values: Values
    }

    public private(set) var parts: [Part] = []

    public init() {}

    /// Adds an array under a name; the order of adding is the order of ``Layout/parts``.
    public mutating func add(counts: [Int64], as name: String) {
        parts.append(Part(name: name, values: .counts(counts)))
    }

    public mutating func add(reals: [Double], as name: String) {
        parts.append(Part(name: name, values: .reals(reals)))
    }

    /// An array of zeros for every part of a layout: what a site without a single row adds.
    public static func zero(_ layout: Layout) -> Contribution {
        var zero = Contribution()
        for part in layout.parts {
            switch part.kind {
            case .counts: zero.add(counts: Array(repeating: 0, count: part.count), as: part.name)
            case .reals: zero.add(reals: Array(repeating: 0, count: part.count), as: part.name)
            }
        }
        return zero
    }

    public func counts(_ name: String) throws(RoundsError) -> [Int64] {
        guard case .counts(let values)? = parts.first(where: { $0.name == name })?.values else {
            throw .shape("there are no counts called \(name)")
        }
        return values
    }

    public func reals(_ name: String) throws(RoundsError) -> [Double] {
        guard case .reals(let values)? = parts.first(where: { $0.name == name })?.values else {
            throw .shape("there are no numbers called \(name)")
        }
        return values
    }

    /// Throws where names, kinds, sizes or values are not as agreed: the check on what a site sent.
    public func check(_ layout: Layout) throws(RoundsError) {
        guard parts.count == layout.parts.count else {
            throw .shape("it has \(parts.count) arrays where \(layout.parts.count) were asked for")
        }
        for (part, wanted) in zip(parts, layout.parts) {
            guard part.name == wanted.name else { throw .shape("\(wanted.name) is missing or out of place") }
            guard part.values.count == wanted.count else {
                throw .shape("\(wanted.name) has \(part.values.count) values where \(wanted.count) were asked for")
            }
            switch (part.values, wanted.kind) {
            case (.counts, .counts): break
            case (.reals(let values), .reals):
                guard values.allSatisfy(\.isFinite) else {
                    throw .shape("\(wanted.name) holds what is no finite number")
                }
            default: throw .shape("\(wanted.name) is of the wrong kind")
            }
        }
    }

    /// Adds another site's contribution of the same layout.
    public mutating func add(_ other: Contribution) throws(RoundsError) {
        guard parts.count == other.parts.count else { throw .shape("the contributions have not the same arrays") }
        for index in parts.indices {
            let more = other.parts[index]
            guard parts[index].name == more.name else {
                throw .shape("\(parts[index].name) is missing or out of place")
            }
            switch (parts[index].values, more.values) {
            case (.counts(let mine), .counts(let theirs)) where mine.count == theirs.count:
                var sum = mine
                for place in sum.indices {
                    let (value, overflow) = mine[place].addingReportingOverflow(theirs[place])
                    guard !overflow else { throw .shape("\(more.name) is larger than a count can be") }
                    sum[place] = value
                }
                parts[index].values = .counts(sum)
            case (.reals(let mine), .reals(let theirs)) where mine.count == theirs.count:
                var sum = mine
                for place in sum.indices { sum[place] += theirs[place] }
                parts[index].values = .reals(sum)
            default: throw .shape("\(more.name) has not the same kind or size at all sites")
            }
        }
    }
}
