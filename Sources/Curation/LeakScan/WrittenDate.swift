/// Dates as people write them: three words, of which one is a year.
enum WrittenDate {
    /// Every day that the three words can mean; day and month in either order.
    static func readings(_ words: [String]) -> [CivilDate] {
        guard words.count == 3 else { return [] }
        let parts = words.map(part)
        var dates: [CivilDate] = []
        for (y, m, d) in [(0, 1, 2), (0, 2, 1), (2, 1, 0), (2, 0, 1)] {
            guard case .number(let year, let digits)? = parts[y], let month = parts[m]?.month, let day = parts[d]?.day
            else { continue }
            let full = digits == 4 ? [year] : digits == 2 ? [1900 + year, 2000 + year] : []
            dates += full.compactMap { CivilDate(year: $0, month: month, day: day) }
        }
        return dates
    }

    private enum Part {
        case number(Int, digits: Int)
        case monthName(Int)

        var month: Int? {
            switch self {
            case .number(let number, let digits): digits <= 2 ? number : nil
            case .monthName(let month): month
            }
        }

        var day: Int? {
            if case .number(let number, let digits) = self, digits <= 2 { return number }
            return nil
        }
    }

    private static func part(_ word: String) -> Part? {
        let digits = word.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let rest = word.utf8.dropFirst(digits.count)
        // "17th" is 17.
        if !digits.isEmpty, digits.count <= 4, rest.isEmpty || ["st", "nd", "rd", "th"].contains(String(rest) ?? "") {
            return .number(digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }, digits: digits.count)
        }
        return months[String(word.prefix(4))].map(Part.monthName) ?? months[String(word.prefix(3))].map(Part.monthName)
    }

    /// The first letters of months in the languages of the federation, folded.
    private static let months: [String: Int] = {
        let names: [[String]] = [
            ["jan", "ene", "gen", "janv", "styc"], ["feb", "fev", "febb", "luty"],
            ["mar", "marz", "mars", "maa", "maer", "mrt"], ["apr", "avr", "abr", "kwie"],
            ["may", "mai", "mag", "mei", "mayo", "maj"], ["jun", "juin", "giu", "czer"],
            ["jul", "juil", "lug", "lip"], ["aug", "aou", "ago", "sie"], ["sep", "set", "wrz"],
            ["oct", "okt", "ott", "out", "paz"], ["nov", "lis"], ["dec", "dez", "dic", "gru"],
        ]
        var table: [String: Int] = [:]
        for (index, forms) in names.enumerated() { for form in forms { table[form] = index + 1 } }
        return table
    }()
}
