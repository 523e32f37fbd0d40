/// A number in a cell, with its decimal point or comma.
enum NumberReading: Equatable {
    /// - Parameters:
    ///   - digits: the number with a decimal point.
    ///   - isBound: "<0.1": no more is known than the bound.
    case number(Double, digits: String, isBound: Bool)
    /// "1,234" and "1.234,5": thousands, or a decimal comma.
    case ambiguous
    case none

    /// - Parameter hasComma: whether the table has decimal commas; nil: not known.
    init(_ text: String, hasComma: Bool?) {
        guard NumberCell.isNumber(text) || NumberReading.isGrouped(text, hasComma) else {
            self = .none
            return
        }
        var rest = Substring(text)
        var isBound = false
        for sign in ["<=", ">=", "<", ">", "\u{2264}", "\u{2265}"] where rest.hasPrefix(sign) {
            rest = rest.dropFirst(sign.count).drop { $0 == " " }
            isBound = true
            break
        }
        var plain = String(rest)
        switch hasComma {
        case true: plain = plain.replacing(".", with: "").replacingComma
        case false: plain = plain.replacing(",", with: "")
        default:
            if plain.contains(",") {
                guard !NumberReading.isThousands(plain) else {
                    self = .ambiguous
                    return
                }
                plain = plain.replacingComma
            }
        }
        guard let number = Double(plain), number.isFinite else {
            self = .none
            return
        }
        self = .number(number == 0 ? 0 : number, digits: plain, isBound: isBound)
    }

    /// "1,234": three digits behind the only comma and one to three before it.
    private static func isThousands(_ text: String) -> Bool {
        let parts = text.drop { $0 == "-" || $0 == "+" }.split(separator: ",", omittingEmptySubsequences: false)
        return parts.count == 2 && (1...3).contains(parts[0].count) && parts[0] != "0" && parts[1].count == 3
    }

    /// "1.234,56" or "1,234.56", where it is known which of both is the decimal sign.
    private static func isGrouped(_ text: String, _ hasComma: Bool?) -> Bool {
        guard let hasComma, text.utf8.count <= 24 else { return false }
        let (decimal, group): (Character, Character) = hasComma ? (",", ".") : (".", ",")
        let halves = text.drop { $0 == "-" || $0 == "+" }.split(
            separator: decimal, maxSplits: 1, omittingEmptySubsequences: false)
        let groups = halves[0].split(separator: group, omittingEmptySubsequences: false)
        func isDigits(_ part: Substring) -> Bool { !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber } }
        guard groups.count > 1, groups.allSatisfy(isDigits), (1...3).contains(groups[0].count),
            groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return false }
        return halves.count == 1 || isDigits(halves[1])
    }
}
