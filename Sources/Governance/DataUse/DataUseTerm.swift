import Federation

/// One term under which a data set may be used: a code of DUO, with what the code needs.
///
/// As text it is the code or its abbreviation and then the details: `DUO:0000007 MONDO:0007254`, `GS ES, PT`,
/// `TS 2028-12-31`, `IS Hospital de Ponent; Universitat de Lleida`.
public struct DataUseTerm: Sendable, Equatable {
    public let code: DataUseCode
    /// Diseases, countries, a day, names or words, by ``DataUseCode/parameter``.
    public let details: [String]

    /// At most so many bytes of text are read.
    public static let maximumLength = 2_000

    public init(_ code: DataUseCode, _ details: [String] = []) throws(DataUseError) {
        self.code = code
        self.details = try Self.checked(details, for: code)
    }

    /// Reads a term.
    public init(_ text: String) throws(DataUseError) {
        guard text.utf8.count <= Self.maximumLength, PlainText.isPrintable(text) else { throw .unreadable(code: "") }
        let parts = text.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        let name = parts.first.map { $0.uppercased() } ?? ""
        guard let code = DataUseCode.allCases.first(where: { $0.rawValue == name || $0.abbreviation == name }) else {
            throw .unreadable(code: String(name.prefix(40)))
        }
        let rest = parts.count == 2 ? String(parts[1]) : ""
        try self.init(code, Self.split(rest, for: code))
    }

    private static func split(_ text: String, for code: DataUseCode) -> [String] {
        let pieces: [Substring] =
            switch code.parameter {
            case .none, .day, .words: [text[...]]
            case .diseases, .countries: text.split { $0 == "," || $0 == ";" || $0.isWhitespace }
            case .names: text.split(separator: ";")
            }
        return pieces.map { $0.trimmed }.filter { !$0.isEmpty }
    }

    private static func checked(_ details: [String], for code: DataUseCode) throws(DataUseError) -> [String] {
        func require(_ isGood: Bool, _ wanted: String) throws(DataUseError) {
            guard isGood else { throw .needs(code: code, wanted: wanted) }
        }
        switch code.parameter {
        case .none: try require(details.isEmpty, "nothing after it")
        case .diseases:
            try require(
                !details.isEmpty && details.allSatisfy(isDisease), "identifiers of MONDO after it, as in MONDO:0007254")
            return details.map { $0.uppercased() }
        case .countries:
            try require(
                !details.isEmpty && details.allSatisfy { CountryCode.isAssigned($0.uppercased()) },
                "two-letter codes of countries after it, as in ES, PT")
            return details.map { $0.uppercased() }
        case .day:
            try require(details.count == 1 && details.allSatisfy { Day($0) != nil }, "a day after it, as in 2028-12-31")
        case .names: try require(!details.isEmpty, "names after it, with semicolons between them")
        case .words: try require(!details.isEmpty, "the restriction in words after it")
        }
        return details
    }

    /// `MONDO:` and seven digits.
    static func isDisease(_ text: String) -> Bool {
        let upper = text.uppercased()
        return upper.hasPrefix("MONDO:") && upper.utf8.count == 13
            && upper.utf8.dropFirst(6).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    public var text: String {
        let separator = code.parameter == .names ? "; " : ", "
        return ([code.rawValue] + (details.isEmpty ? [] : [details.joined(separator: separator)])).joined(
            separator: " ")
    }
}

/// Why a text is no term of use.
public enum DataUseError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreadable(code: String)
    case needs(code: DataUseCode, wanted: String)

    public var description: String {
        switch self {
        case .unreadable(let code):
            "\"\(code)\" is no term of DUO that is known here; write a code or an abbreviation, as in DUO:0000006 or HMB"
        case .needs(let code, let wanted): "\(code.abbreviation) (\(code.label)) needs \(wanted)"
        }
    }
}

extension Substring {
    var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
