/// How a fact can be told less exactly, from as it is to not at all. Each level joins whole groups of the one before.
public struct Hierarchy: Sendable, Equatable {
    public let levels: [Level]

    public init(levels: [Level]) {
        self.levels = levels.isEmpty ? [.exact] : levels
    }

    /// One way to tell a value.
    public enum Level: Sendable, Equatable {
        case exact
        /// Numbers in bands of that width, from 0: "60-64" for 5.
        case bands(Double)
        case firstCharacters(Int)
        /// What stands before the point or stroke of a code.
        case parent
        case month, year
        /// Years in bands.
        case years(Int)
        /// A name for every group of values; others stay.
        case groups(String, [String: String])
        /// Left out.
        case none

        /// For a person: "in bands of 5".
        public var name: String {
            switch self {
            case .exact: "as it is"
            case .bands(let width): "in bands of \(Self.text(width))"
            case .firstCharacters(let count): count == 1 ? "the first character" : "the first \(count) characters"
            case .parent: "the code above (what stands before the point)"
            case .month: "the month"
            case .year: "the year"
            case .years(let count): "in bands of \(count) years"
            case .groups(let name, _): name
            case .none: "left out"
            }
        }

        private static func text(_ number: Double) -> String {
            number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        }

        /// The value as told on this level. What is not known stays so, but where everything is left out.
        func value(_ text: String, date: (String) -> CivilDate?) -> String {
            if self == .none { return "*" }
            if text.isEmpty { return "" }
            switch self {
            case .exact, .none: return text
            case .bands(let width):
                guard width > 0, let number = Double(text.replacingComma), abs(number) < 1e12 else { return "*" }
                let low = (number / width).rounded(.down) * width
                let isWhole = width == width.rounded()
                return "\(Self.text(low))-\(Self.text(isWhole ? low + width - 1 : low + width))"
            case .firstCharacters(let count): return text.count > count ? text.prefix(count) + "*" : text
            case .parent: return String(text.prefix { $0 != "." && $0 != "/" })
            case .month: return date(text).map { "\($0.year)-\($0.month < 10 ? "0" : "")\($0.month)" } ?? "*"
            case .year: return date(text).map { "\($0.year)" } ?? "*"
            case .years(let count):
                guard count > 0, let year = date(text)?.year else { return "*" }
                return "\(year - year % count)-\(year - year % count + count - 1)"
            case .groups(_, let names): return names[text] ?? text
            }
        }
    }
}

extension Hierarchy {
    /// The usual one for a kind of fact, fitted to the values there are.
    public static func usual(_ kind: QuasiIdentifier.Kind, values: [String]) -> Hierarchy {
        switch kind {
        case .age:
            let hasDecimals = values.contains { $0.contains(".") || $0.contains(",") }
            return Hierarchy(
                levels: [.exact] + (hasDecimals ? [.bands(1)] : []) + [.bands(5), .bands(10), .bands(20), .none])
        case .number: return Hierarchy(levels: [.exact] + numberBands(values) + [.none])
        case .area:
            let longest = min(values.map(\.count).max() ?? 0, 8)
            return Hierarchy(
                levels: [.exact] + stride(from: longest - 1, through: 1, by: -1).map { .firstCharacters($0) } + [.none])
        case .date: return Hierarchy(levels: [.exact, .month, .year, .years(5), .years(10), .none])
        case .code:
            let hasParents = values.contains { $0.contains(".") || $0.contains("/") }
            return Hierarchy(levels: [.exact] + (hasParents ? [.parent] : []) + [.firstCharacters(1), .none])
        case .category: return Hierarchy(levels: [.exact, .none])
        }
    }

    /// Three widths, each a multiple of the one before: about 20, 10 and 5 bands over the values.
    private static func numberBands(_ values: [String]) -> [Level] {
        let numbers = values.compactMap { Double($0.replacingComma) }.filter { abs($0) < 1e12 }
        guard let low = numbers.min(), let high = numbers.max(), high > low else { return [] }
        var width = 1e-6
        // The largest of 1, 2 and 5 times a power of ten that gives 20 bands.
        var best = width
        while width < high - low {
            for step in [1.0, 2, 5] where (high - low) / (width * step) >= 20 { best = width * step }
            width *= 10
        }
        let whole = numbers.allSatisfy { $0 == $0.rounded() }
        let first = whole ? max(best.rounded(), 1) : best
        return (first > 1 || !whole ? [first] : []).map { .bands($0) } + [.bands(first * 2), .bands(first * 4)]
    }
}
