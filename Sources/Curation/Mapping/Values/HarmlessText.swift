import Cohort

/// Which texts of a cell may be kept or shown: codes and words of a vocabulary. Whatever else stands there may be a name.
struct HarmlessText {
    private let cleaner: TextCleaner

    init(_ cleaner: TextCleaner) { self.cleaner = cleaner }

    /// Whether a value may stay as it is.
    func isHarmless(_ value: String) -> Bool {
        if CodedCell.isCode(value), Accession.isAccession(value) || LoneValue.isHarmlessCode(value, cleaner: cleaner) {
            return true
        }
        guard CodedCell.isCategory(value), !LoneValue.hasTitle(value), !DateDetection.isDay(value) else { return false }
        return cleaner.clean(value, known: KnownIdentifiers(), shift: nil)?.text == value
    }

    /// The value in quotes, or what it looks like.
    func shown(_ value: String) -> String {
        if value.utf8.count <= 60, isHarmless(value) { return "“\(value)”" }
        if let coding = Coding(value), isHarmless(coding.code) { return "“\(coding)”" }
        if let mark = value.lastIndex(of: "|"), value.hasPrefix("http") {
            let code = String(value[mark...].dropFirst())
            return isHarmless(code) ? "“\(code)” of another system" : "a code of another system"
        }
        let words = value.split(whereSeparator: \.isWhitespace).count
        let digits = NumberCell.digits(value)
        if digits > 0 { return "a number of \(digits) digits" }
        if NumberCell.isNumber(value) { return "a number" }
        if DateDetection.isDay(value) { return "a day" }
        return "a text of \(words) word\(words == 1 ? "" : "s") that is not shown"
    }
}

/// Names that genetics gives to sequences and variants: RefSeq, Ensembl, LRG, dbSNP, COSMIC, and HGVS behind them.
enum Accession {
    private static let prefixes = [
        "NM_", "NP_", "NC_", "NG_", "NR_", "XM_", "LRG_", "ENST", "ENSG", "ENSP", "rs", "COSM", "COSV", "HGNC:",
    ]

    static func isAccession(_ value: String) -> Bool {
        guard let prefix = prefixes.first(where: value.hasPrefix), value.utf8.count <= 80 else { return false }
        let number = value.dropFirst(prefix.count).prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "t") }
        guard (1...15).contains(number.count) else { return false }
        var rest = value.dropFirst(prefix.count + number.count)
        // "(BRCA1)" and ":c.68_69del".
        if rest.first == "(", let end = rest.firstIndex(of: ")") { rest = rest[end...].dropFirst() }
        guard let first = rest.first else { return true }
        guard first == ":" else { return false }
        return rest.dropFirst().allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || "._>*=?+-()[];".contains($0))
        }
    }
}
