/// Turning what someone wrote into the values that are kept, or into a sentence that says why not.
enum Values {
    /// A code or a text in its stored spelling.
    ///
    /// - Parameter isLiteral: the writer insists on the spelling (quotes), so that a value of an open set that looks
    ///   like a slip is taken as it is.
    static func text(_ written: String, of attribute: CohortAttribute, isLiteral: Bool) throws(QueryError) -> String {
        let value = written.trimmed
        guard !value.isEmpty else {
            throw QueryError(
                .value, "an empty value: to ask whether \(attribute.name) is recorded, write `exists \(attribute.name)`"
            )
        }
        try requireSize(value)
        guard case .code(let known, let isClosed) = attribute.kind else { return value }
        if let found = attribute.valueSet?.find(value) { return found.code }
        let near = nearest(value, among: known)
        if isClosed {
            let all = known.prefix(30).map { "\($0.code) (\($0.label.lowercased()))" }.joined(separator: ", ")
            throw QueryError(
                .value, "\(attribute.name) has the values \(all); \"\(value)\" is none of them", suggestions: near)
        }
        if !isLiteral, !near.isEmpty {
            throw QueryError(
                .value, "\"\(value)\" is no usual value of \(attribute.name) (in quotes it is taken as it stands)",
                suggestions: near)
        }
        // Upper case can be longer: ß is SS.
        let stored = value.uppercased()
        try requireSize(stored)
        return stored
    }

    /// Throws where a value is too long: in characters for people, and in bytes, since one character can go on for ever.
    static func requireSize(_ value: String) throws(QueryError) {
        guard value.utf8.count <= QueryLimits.valueBytes, value.count <= QueryLimits.valueCharacters else {
            throw QueryError(
                .size,
                "a value is longer than \(QueryLimits.valueCharacters) characters or \(QueryLimits.valueBytes) bytes")
        }
    }

    /// The codes whose code, label or synonym is near a word.
    private static func nearest(_ word: String, among known: [Concept]) -> [String] {
        var owners: [String: String] = [:]
        var candidates: [String] = []
        for concept in known {
            for name in [concept.code, concept.label, concept.spanish, concept.catalan].compactMap({ $0 })
                + concept.synonyms where owners[name] == nil
            {
                owners[name] = concept.code
                candidates.append(name)
            }
        }
        var codes: [String] = []
        for candidate in Nearness.nearest(to: word, among: candidates) {
            if let code = owners[candidate], !codes.contains(code) { codes.append(code) }
        }
        return Array(codes.prefix(3))
    }

    /// A number with an optional unit, in the attribute's own unit.
    static func number(_ digits: String, unit: String?, of attribute: CohortAttribute) throws(QueryError) -> Double {
        var factor = MeasurementUnit.Factor()
        if let unit {
            guard let base = attribute.unit else {
                throw QueryError(.unit, "\(attribute.name) is a plain number and has no unit")
            }
            guard let found = MeasurementUnit.factor(of: unit, in: base, of: attribute) else {
                let names = MeasurementUnit.names(of: base).joined(separator: ", ")
                throw QueryError(.unit, "\"\(unit)\" does not measure \(attribute.name), which is given in \(names)")
            }
            factor = found
        }
        guard let number = factor.applied(to: digits) else {
            throw QueryError(.value, "\"\(digits)\" is not a number that can be compared with \(attribute.name)")
        }
        return number
    }
}

/// Decimal numbers as text.
enum Decimals {
    /// The number that `digits` write, its decimal point moved by `exponent` places; nil for what is no finite number.
    static func number(_ digits: String, shiftedBy exponent: Int) -> Double? {
        guard isDecimal(digits) else { return nil }
        let parts = digits.lowercased().split(separator: "e", maxSplits: 1)
        guard let mantissa = parts.first, let own = parts.count == 2 ? Int(parts[1]) : 0, abs(own) < 1000,
            let number = Double("\(mantissa)e\(own + exponent)"), number.isFinite
        else { return nil }
        // -0 and 0 are one number, and are written in one way.
        return number == 0 ? 0 : number
    }

    /// Digits with at most one point and an exponent: no "nan", "inf" or hexadecimal, which `Double` would read.
    private static func isDecimal(_ text: String) -> Bool {
        text.contains { $0.isASCII && $0.isNumber }
            && text.allSatisfy { "0123456789.eE+-".contains($0) }
    }

    /// The shortest text that reads back to the same number.
    static func text(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return "\(Int(number))" }
        return "\(number)"
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
