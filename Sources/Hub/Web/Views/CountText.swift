public import Cohort

/// How numbers read, on a page and in a terminal.
public enum CountText {
    /// `1,234,567`
    public static func grouped(_ number: Int) -> String {
        var digits = Array(String(number.magnitude))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return (number < 0 ? "-" : "") + String(digits)
    }

    /// `12`, `<5`, `12–16`, `≥ 1,234`.
    public static func text(_ range: CountRange) -> String {
        guard let high = range.high else { return "≥ " + grouped(range.low) }
        if high <= range.low { return grouped(range.low) }
        if range.low == 0, high < .max { return "<" + grouped(high + 1) }
        return grouped(range.low) + "–" + grouped(high)
    }

    /// For headlines: `12`, `<5`, and `≥ 1,234` wherever a part is hidden.
    public static func brief(_ range: CountRange) -> String {
        range.low > 0 && range.high != range.low ? "≥ " + grouped(range.low) : text(range)
    }

    /// `12`, `<5`, `>95`, `≈120`: as the site sent it.
    public static func text(_ count: ProtectedCount) -> String {
        switch count {
        case .exact(let number): grouped(number)
        case .fewerThan(let number): "<" + grouped(number)
        case .moreThan(let number): ">" + grouped(number)
        case .about(let number, within: _): "≈" + grouped(number)
        }
    }

    /// Within a sentence: `12`, `fewer than 5`, `more than 95`, `about 120`.
    public static func words(_ count: ProtectedCount) -> String {
        switch count {
        case .exact(let number): grouped(number)
        case .fewerThan(let number): "fewer than " + grouped(number)
        case .moreThan(let number): "more than " + grouped(number)
        case .about(let number, within: _): "about " + grouped(number)
        }
    }

    /// Studies, series or images at a site. Where patients are hidden, these have a bound that says nothing: `hidden`.
    public static func objects(_ count: ProtectedCount) -> String {
        if case .fewerThan = count { "hidden" } else { text(count) }
    }

    /// Studies, series or images at all sites: `12`, `≥ 1,234` where a site hides some, `hidden` where every one does.
    public static func objects(_ range: CountRange) -> String {
        range.low == 0 && range.high != 0 ? "hidden" : brief(range)
    }

    /// `1 site`, `3 sites`.
    public static func counted(_ number: Int, _ one: String, _ many: String) -> String {
        grouped(number) + " " + (number == 1 ? one : many)
    }
}
