import Glibc

/// Numbers and names as a figure of a journal has them.
enum PictureText {
    /// A number with so many decimals; a dash for what is no number.
    static func decimal(_ value: Double, _ decimals: Int, trimmed: Bool = false) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
        let power = pow(10, Double(max(0, min(9, decimals))))
        let scaled = (abs(value) * power).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int(scaled) / Int(power)
        var digits = String(Int(scaled) % Int(power))
        digits = String(repeating: "0", count: max(0, decimals - digits.count)) + digits
        if trimmed { while digits.last == "0" { digits.removeLast() } }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return decimals <= 0 || digits.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(digits)"
    }

    /// A tick of an axis: as few decimals as tell it from its neighbour.
    static func tick(_ value: Double, step: Double) -> String {
        var decimals = 0
        var rest = abs(step)
        while decimals < 6, rest > 0, abs(rest - rest.rounded()) > 1e-6 {
            rest *= 10
            decimals += 1
        }
        let text = decimal(value, decimals)
        return abs(value) >= 10_000 && decimals == 0 ? grouped(text) : text
    }

    /// A ratio with two decimals, or three figures where it is small or large.
    static func ratio(_ value: Double) -> String {
        switch abs(value) {
        case ..<0.095: decimal(value, 3)
        case 100...: decimal(value, 0)
        case 10...: decimal(value, 1)
        default: decimal(value, 2)
        }
    }

    /// `p = 0.03`, `p < 0.001`.
    static func p(_ value: Double, name: String = "p") -> String {
        switch value {
        case ..<0.001: "\(name) < 0.001"
        case ..<0.1: "\(name) = \(decimal(value, 3))"
        case ...1: "\(name) = \(decimal(value, 2))"
        default: "\(name) –"
        }
    }

    /// A whole number with thin spaces between thousands.
    static func grouped(_ digits: String) -> String {
        var grouped = ""
        for (place, digit) in digits.enumerated() {
            let left = digits.count - place
            if place > 0, left.isMultiple(of: 3), digit.isNumber, grouped.last != "-" { grouped += "\u{2009}" }
            grouped.append(digit)
        }
        return grouped
    }

    /// A design's column as people write it: `horTh[T.yes]` is `horTh: yes`, and `a:b` is `a × b`.
    static func covariate(_ name: String) -> String {
        name.split(separator: ":", omittingEmptySubsequences: false).map { part in
            guard let open = part.firstIndex(of: "["), part.last == "]" else { return String(part) }
            var level = part[part.index(after: open)...].dropLast()
            if level.hasPrefix("T.") { level = level.dropFirst(2) }
            var variable = part[..<open]
            if variable.hasPrefix("C("), variable.last == ")" { variable = variable.dropFirst(2).dropLast() }
            return "\(variable): \(level)"
        }.joined(separator: " × ")
    }

    /// At most so many characters, with an ellipsis.
    static func short(_ text: String, _ length: Int) -> String {
        text.count > length ? text.prefix(max(1, length - 1)) + "…" : text
    }

    /// About how wide a text is.
    static func width(_ text: String, size: Double) -> Double {
        text.reduce(0) { sum, character in
            sum
                + (character.isUppercase || "mwMW%".contains(character)
                    ? 0.7 : "iljt.,:;'|!()[] ".contains(character) ? 0.3 : 0.56)
        } * size
    }
}
