/// Dates in text, in the forms of the languages of the federation.
enum DateFinder {
    struct Found {
        /// Tokens that make it up, what stands between them included.
        let tokens: ClosedRange<Int>
        let date: CivilDate
        let form: Form
    }

    /// How a date is written, so that another can be written in its place.
    enum Form {
        /// "20240317"
        case digits
        /// Numbers in this order: y, m, d. `digits`: of the year.
        case numbers(order: [Character], yearDigits: Int)
        /// The month by its name.
        case named(order: [Character], yearDigits: Int)
    }

    static func dates(in tokens: [TextToken]) -> [Found] {
        var found: [Found] = []
        var index = 0
        while index < tokens.count {
            if let date = date(at: index, tokens) {
                found.append(date)
                index = date.tokens.upperBound + 1
            } else {
                index += 1
            }
        }
        return found
    }

    private static func date(at index: Int, _ tokens: [TextToken]) -> Found? {
        let token = tokens[index]
        if token.kind == .number, token.text.utf8.count == 8, let date = CivilDate(dicom: token.text),
            (1900...2099).contains(date.year)
        {
            return Found(tokens: index...index, date: date, form: .digits)
        }
        guard !token.isBetween, index + 4 < tokens.count, tokens[index + 1].isBetween, tokens[index + 3].isBetween,
            !tokens[index + 2].isBetween, !tokens[index + 4].isBetween
        else { return nil }
        let parts = [token, tokens[index + 2], tokens[index + 4]]
        let separators = [tokens[index + 1].text, tokens[index + 3].text]
        let range = index...index + 4
        if parts.allSatisfy({ $0.kind == .number }) {
            guard separators.allSatisfy({ ["-", "/", "."].contains($0.filter { $0 != " " }) }),
                separators[0].first == separators[1].first
            else { return nil }
            return numeric(parts.map(\.text), range)
        }
        guard separators.allSatisfy({ $0.count <= 2 }) else { return nil }
        return named(parts, range)
    }

    private static func numeric(_ parts: [Substring], _ range: ClosedRange<Int>) -> Found? {
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        // Day before month, as most of Europe writes it, unless that cannot be.
        let orders: [[Character]] = parts[0].count == 4 ? [["y", "m", "d"]] : [["d", "m", "y"], ["m", "d", "y"]]
        for order in orders {
            guard let y = order.firstIndex(of: "y"), let m = order.firstIndex(of: "m"),
                let d = order.firstIndex(of: "d"),
                parts[m].count <= 2, parts[d].count <= 2, parts[y].count == 4 || parts[y].count == 2
            else { continue }
            let year = full(numbers[y], digits: parts[y].count)
            if let date = CivilDate(year: year, month: numbers[m], day: numbers[d]), (1900...2099).contains(year) {
                return Found(tokens: range, date: date, form: .numbers(order: order, yearDigits: parts[y].count))
            }
        }
        return nil
    }

    private static func named(_ parts: [TextToken], _ range: ClosedRange<Int>) -> Found? {
        for order: [Character] in [["d", "m", "y"], ["m", "d", "y"], ["y", "m", "d"]] {
            guard let y = order.firstIndex(of: "y"), let m = order.firstIndex(of: "m"),
                let d = order.firstIndex(of: "d"),
                parts[y].kind == .number, parts[y].text.count == 4 || parts[y].text.count == 2,
                let month = MonthNames.month(parts[m].folded), let day = dayNumber(parts[d]),
                let number = Int(parts[y].text)
            else { continue }
            let year = full(number, digits: parts[y].text.count)
            if let date = CivilDate(year: year, month: month, day: day), (1900...2099).contains(year) {
                return Found(tokens: range, date: date, form: .named(order: order, yearDigits: parts[y].text.count))
            }
        }
        return nil
    }

    private static func dayNumber(_ token: TextToken) -> Int? {
        let digits = token.text.prefix { $0.isNumber }
        guard digits.count <= 2, ["", "st", "nd", "rd", "th"].contains(token.folded.dropFirst(digits.count)) else {
            return nil
        }
        return Int(digits)
    }

    /// Two digits: of this century up to 49.
    private static func full(_ year: Int, digits: Int) -> Int { digits == 4 ? year : year + (year < 50 ? 2000 : 1900) }

    /// The pieces of another date in the form of a found one, in the places of its tokens.
    static func written(_ date: CivilDate, like found: Found, _ tokens: [TextToken]) -> [Int: String] {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func year(_ digits: Int) -> String { digits == 4 ? "\(date.year)" : two(date.year % 100) }
        let first = found.tokens.lowerBound
        var pieces: [Int: String] = [:]
        switch found.form {
        case .digits: pieces[first] = date.dicom
        case .numbers(let order, let digits), .named(let order, let digits):
            for (place, part) in order.enumerated() {
                let old = tokens[first + 2 * place]
                switch part {
                case "y": pieces[first + 2 * place] = year(digits)
                case "m":
                    pieces[first + 2 * place] =
                        old.kind == .number
                        ? (old.text.count == 2 ? two(date.month) : "\(date.month)")
                        : MonthNames.name(date.month, like: old.text)
                default:
                    // "17/03" has two digits always, "17 March" as many as it needs.
                    let isPadded =
                        if case .numbers = found.form { old.text.count == 2 } else { old.text.hasPrefix("0") }
                    pieces[first + 2 * place] = isPadded ? two(date.day) : "\(date.day)"
                }
            }
        }
        return pieces
    }
}

/// Names of months, whole and short, folded.
enum MonthNames {
    private static let names: [[String]] = [
        [
            "january", "jan", "januar", "janvier", "janv", "enero", "ene", "gennaio", "gen", "januari", "janeiro",
            "styczen", "stycznia",
        ],
        [
            "february", "feb", "februar", "fevrier", "fev", "febrero", "febbraio", "februari", "fevereiro", "luty",
            "lutego",
        ],
        ["march", "mar", "marz", "mars", "marzo", "maart", "mrt", "marco", "marzec", "marca"],
        ["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwiecien", "kwietnia"],
        ["may", "mai", "mayo", "maggio", "mag", "mei", "maio", "maj", "maja"],
        ["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwiec", "czerwca"],
        ["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipiec", "lipca"],
        ["august", "aug", "aout", "agosto", "ago", "augustus", "sierpien", "sierpnia"],
        [
            "september", "sep", "sept", "septembre", "septiembre", "settembre", "set", "setembro", "wrzesien",
            "wrzesnia",
        ],
        [
            "october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "pazdziernik",
            "pazdziernika",
        ],
        ["november", "nov", "novembre", "noviembre", "novembro", "listopad", "listopada"],
        [
            "december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre", "dezembro", "grudzien",
            "grudnia",
        ],
    ]
    private static let table: [String: Int] = {
        var table: [String: Int] = [:]
        for (index, forms) in names.enumerated() { for form in forms { table[form] = index + 1 } }
        return table
    }()

    static func month(_ folded: String) -> Int? { table[folded] }

    /// A month's English name, whole or of three letters, in the case of the name it replaces.
    static func name(_ month: Int, like old: Substring) -> String {
        guard names.indices.contains(month - 1), let whole = names[month - 1].first else { return "" }
        let name = old.count <= 4 ? String(whole.prefix(3)) : whole
        if old.allSatisfy({ !$0.isLowercase }) { return name.uppercased() }
        return old.first?.isUppercase ?? true ? name.prefix(1).uppercased() + name.dropFirst() : name
    }
}
