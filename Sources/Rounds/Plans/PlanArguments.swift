/// What stands between the parentheses of a plan's text: arguments by place, then by name.
///
/// A computation takes what it understands; whatever is left when it is done is a mistake that ``finish()`` names.
public struct PlanArguments: Sendable {
    struct Argument: Sendable {
        let name: String?
        let tokens: [Token]

        /// As it was written, with single spaces.
        var text: String {
            var text = ""
            var end: Int?
            for token in tokens {
                if let end, token.place > end { text += " " }
                text += token.written
                end = token.place + token.written.count
            }
            return text
        }
    }

    private var places: [Argument] = []
    private var named: [Argument] = []
    /// Option names that were asked for: what a mistyped one may have meant.
    private var known: Set<String> = []
    /// The name that was written: it may be an alias.
    let computation: String

    init(_ computation: String, _ arguments: [Argument]) throws(RoundsError) {
        self.computation = computation
        for argument in arguments {
            if let name = argument.name {
                guard !named.contains(where: { $0.name == name }) else { throw .plan("\(name) is given twice") }
                named.append(argument)
            } else {
                places.append(argument)
            }
        }
    }

    /// How many arguments by place are left.
    public var count: Int { places.count }

    /// Whether one of the arguments is a formula.
    public var hasFormula: Bool { places.contains { $0.tokens.contains { $0.is("~") } } }

    /// The formula: all arguments up to the one with `~`, as `time, event ~ age` has its comma.
    public mutating func formula() throws(RoundsError) -> Formula {
        guard let last = places.firstIndex(where: { $0.tokens.contains { $0.is("~") } }) else {
            throw .plan("\(computation) needs a formula, as in \(computation)(event ~ age)")
        }
        let text = places[...last].map(\.text).joined(separator: ", ")
        places.removeFirst(last + 1)
        return try Formula(text)
    }

    /// The next argument by place, which must be one name.
    public mutating func name(_ meaning: String) throws(RoundsError) -> String {
        guard let first = places.first else { throw .plan("\(computation) needs \(meaning)") }
        guard first.tokens.count == 1, case .name(let name)? = first.tokens.first?.kind else {
            throw .plan("\(computation) needs \(meaning), not \(first.text)")
        }
        places.removeFirst()
        return name
    }

    /// All other arguments by place, each one name.
    public mutating func names(_ meaning: String) throws(RoundsError) -> [String] {
        var all = [try name(meaning)]
        while !places.isEmpty { all.append(try name(meaning)) }
        return all
    }

    /// All other arguments by place, as they were written.
    public mutating func written(_ meaning: String) throws(RoundsError) -> [String] {
        guard !places.isEmpty else { throw .plan("\(computation) needs \(meaning)") }
        defer { places = [] }
        return places.map(\.text)
    }

    private mutating func option(_ name: String) -> Argument? {
        known.insert(name)
        guard let place = named.firstIndex(where: { $0.name == name }) else { return nil }
        return named.remove(at: place)
    }

    /// `name=word` or `name='text'`.
    public mutating func text(_ name: String) throws(RoundsError) -> String? {
        guard let argument = option(name) else { return nil }
        switch argument.tokens.first?.kind {
        case .name(let text)?, .text(let text)?: if argument.tokens.count == 1 { return text }
        default: break
        }
        throw .plan("\(name) is a name or a text, not \(argument.text)")
    }

    /// `name=0.95`.
    public mutating func number(_ name: String) throws(RoundsError) -> Double? {
        guard let argument = option(name) else { return nil }
        guard let number = Self.number(argument.tokens[...]) else {
            throw .plan("\(name) is a number, not \(argument.text)")
        }
        return number
    }

    /// `name=20`.
    public mutating func whole(_ name: String) throws(RoundsError) -> Int? {
        guard let number = try number(name) else { return nil }
        guard let whole = Int(exactly: number) else { throw .plan("\(name) is a whole number, not \(number)") }
        return whole
    }

    /// `name=true`.
    public mutating func flag(_ name: String) throws(RoundsError) -> Bool? {
        guard let word = try text(name) else { return nil }
        switch word.lowercased() {
        case "true", "yes", "t": return true
        case "false", "no", "f": return false
        default: throw .plan("\(name) is true or false, not \(word)")
        }
    }

    /// `name=[0.25, 0.5]`, or one number.
    public mutating func numbers(_ name: String) throws(RoundsError) -> [Double]? {
        guard let argument = option(name) else { return nil }
        let numbers = Self.items(argument.tokens).map { Self.number($0) }
        guard !numbers.isEmpty, !numbers.contains(nil) else {
            throw .plan("\(name) is a list of numbers as [1, 2], not \(argument.text)")
        }
        return numbers.compactMap { $0 }
    }

    /// `name=['I', 'II']`, `name=[age, size]`, or one of them.
    public mutating func texts(_ name: String) throws(RoundsError) -> [String]? {
        guard let argument = option(name) else { return nil }
        let texts = Self.items(argument.tokens).map { (item) -> String? in
            switch item.first?.kind {
            case .name(let text)? where item.count == 1: text
            case .text(let text)? where item.count == 1: text
            default: Self.number(item).map(Arithmetic.text)
            }
        }
        guard !texts.isEmpty, !texts.contains(nil) else {
            throw .plan("\(name) is a list as ['I', 'II'], not \(argument.text)")
        }
        return texts.compactMap { $0 }
    }

    /// Throws where an argument was not understood.
    public func finish() throws(RoundsError) {
        if let first = places.first { throw .plan("\(computation) does not know what to do with \(first.text)") }
        if let first = named.first?.name {
            throw .plan(
                "\(computation) has no option \(first)" + NearestName.hint(first, among: known)
                    + (known.isEmpty ? "" : " (options: \(known.sorted().joined(separator: ", ")))"))
        }
    }

    private static func items(_ tokens: [Token]) -> [ArraySlice<Token>] {
        guard tokens.first?.is("[") == true, tokens.last?.is("]") == true, tokens.count >= 2 else {
            return [tokens[...]]
        }
        return tokens[1..<(tokens.count - 1)].split(omittingEmptySubsequences: false) { $0.is(",") }
    }

    private static func number(_ tokens: ArraySlice<Token>) -> Double? {
        guard let last = tokens.last, case .number(let number) = last.kind else { return nil }
        if tokens.count == 1 { return number }
        return tokens.count == 2 && tokens.first?.is("-") == true ? -number : nil
    }
}
