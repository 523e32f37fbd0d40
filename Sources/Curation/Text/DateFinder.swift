/// Dates in text, in the forms of the languages of the federation.
///
/// Where "03/04/2024" may be either, it is read with the day first, as most of Europe writes it. A date without its day
/// counts as the middle of its month. A day and a month without a year cannot be moved: they are found, without a date.
enum DateFinder {
    struct Found: Sendable, Equatable {
        /// The words that make it up.
        let words: ClosedRange<Int>
        /// nil: it has to go.
        let date: CivilDate?
        /// What each of the words is.
        let roles: [Role]
    }

    enum Role: Sendable, Equatable {
        case day, month, year, other
        /// The month by its name, of a row of ``MonthNames``.
        case name(Int)
        /// All in one word, in this order, each with its length in characters: "20240317", "17MAR2024".
        case all([Piece])
    }

    enum Piece: Sendable, Equatable {
        case year(Int), month, day(Int), name(row: Int, length: Int)
    }

    static func dates(in text: WordedText) -> [Found] {
        var found: [Found] = []
        var index = 0
        while index < text.words.count {
            if let date = CompactDates.date(at: index, text) ?? NumericDates.date(at: index, text)
                ?? NamedDates.date(at: index, text)
            {
                found.append(date)
                index = date.words.upperBound + 1
            } else {
                index += 1
            }
        }
        return found
    }

    // MARK: Years

    /// A year as it is written: of four digits between 1900 and 2099, or of two, which are of this century up to 49.
    static func year(_ digits: some StringProtocol) -> Int? {
        guard let number = Int(digits) else { return nil }
        switch digits.utf8.count {
        case 4: return (1900...2099).contains(number) ? number : nil
        case 2: return number + (number < 50 ? 2000 : 1900)
        default: return nil
        }
    }

    // MARK: Writing

    /// The words of another date in the form of a found one.
    static func written(_ date: CivilDate, like found: Found, _ text: WordedText) -> [Int: String] {
        var written: [Int: String] = [:]
        // Zeros are written where none of the old numbers could have done without: not in "7.3.2024", nor beside a name.
        let numbers = found.words.enumerated().filter { [.day, .month].contains(found.roles[$0.offset]) }
        let isNamed = found.roles.contains { if case .name = $0 { true } else { false } }
        let isPadded = numbers.allSatisfy { place in
            let digits = text[place.element]?.folded.prefix { $0.isNumber } ?? ""
            return digits.count == 2 && (!isNamed || digits.first == "0")
        }
        for (offset, role) in found.roles.enumerated() {
            let index = found.words.lowerBound + offset
            guard let old = text[index] else { continue }
            switch role {
            case .other: break
            case .day: written[index] = day(date.day, like: old, isPadded)
            case .month: written[index] = isPadded ? two(date.month) : "\(date.month)"
            case .year: written[index] = year(date.year, digits: old.length)
            case .name(let row): written[index] = MonthNames.name(date.month, in: row, like: old.text)
            case .all(let pieces): written[index] = all(pieces, date, old)
            }
        }
        return written
    }

    private static func all(_ pieces: [Piece], _ date: CivilDate, _ old: TextWord) -> String {
        var rest = old.text
        var written = ""
        for piece in pieces {
            switch piece {
            case .year(let length):
                written += year(date.year, digits: length)
                rest = rest.dropFirst(length)
            case .month:
                written += two(date.month)
                rest = rest.dropFirst(2)
            case .day(let length):
                written += length == 1 ? "\(date.day)" : two(date.day)
                rest = rest.dropFirst(length)
            case .name(let row, let length):
                written += MonthNames.name(date.month, in: row, like: rest.prefix(length))
                rest = rest.dropFirst(length)
            }
        }
        return written + rest
    }

    /// With what stands after the number: "17th", "17T08".
    private static func day(_ day: Int, like old: TextWord, _ isPadded: Bool) -> String {
        let digits = old.folded.prefix { $0.isNumber }
        let rest = old.text.dropFirst(digits.count)
        let number = isPadded ? two(day) : "\(day)"
        let endings = ["st", "nd", "rd", "th"]
        guard endings.contains(rest.lowercased()) else { return number + rest }
        let ending = (11...13).contains(day) ? "th" : ["th", "st", "nd", "rd"].dropFirst(day % 10).first ?? "th"
        return number + (rest.contains(where: \.isLowercase) ? ending : ending.uppercased())
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func year(_ year: Int, digits: Int) -> String { digits == 4 ? "\(year)" : two(year % 100) }
}
