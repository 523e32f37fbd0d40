extension FormulaParser {
    /// The rest of `C(stage, ref='I', levels=['I', 'II'])`, behind the opening parenthesis.
    mutating func category() throws(RoundsError) -> Factor {
        let name = try variable()
        var reference: String?
        var levels: [String] = []
        while take(",") {
            guard case .name(let option)? = next?.kind else { throw unexpected("ref= or levels= is expected") }
            switch option {
            case "ref", "reference":
                position += 1
                try expect("=")
                reference = try level()
            case "levels":
                position += 1
                try expect("=")
                try expect("[")
                repeat { levels.append(try level()) } while take(",")
                try expect("]")
            default: throw unexpected("ref= or levels= is expected")
            }
        }
        try expect(")")
        guard Set(levels).count == levels.count else {
            throw .plan("the levels of \(Factor.written(name)) name one of them twice")
        }
        if let reference, !levels.isEmpty, !levels.contains(reference) {
            throw .plan("the reference of \(Factor.written(name)) is not one of its levels")
        }
        return .category(name, reference: reference, levels: levels)
    }

    private mutating func level() throws(RoundsError) -> String {
        let minus = take("-")
        switch next?.kind {
        case .text(let text)? where !minus:
            position += 1
            return text
        case .number(let value)?:
            position += 1
            return Arithmetic.text(minus ? -value : value)
        default: throw unexpected("a level is expected, a text in quotes or a number")
        }
    }
}
