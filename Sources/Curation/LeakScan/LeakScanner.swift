/// Searches what was written for everything that is known to identify the patient. Knows nothing of profiles and of the
/// cleaning of text: it judges both.
///
/// What it finds is what a person would recognise: names by any of their words, in any order, case, script and spelling;
/// numbers with or without what groups them; days in the forms in which days are written; the UIDs. What is too short or
/// too common to be told from chance counts only where it stands for itself: "1" as a study's number, "Brain" outside the
/// standard's terms.
public struct LeakScanner: Sendable {
    let patient: PatientSearch
    let uids: KnownUIDs
    /// Letters and digits of what may be there, folded.
    let allowed: Set<[UInt8]>
    let shift: DateShift?

    /// - Parameters:
    ///   - known: what must not be found.
    ///   - allowed: values that are the de-identification's own output: pseudonyms, new UIDs. They are no findings, nor is
    ///     what stands in an attribute with exactly such a value.
    ///   - shift: by which the patient's dates were moved. A known day that another known day was moved to is no finding.
    ///   - kinds: what to look for. A profile that keeps full dates, UIDs or the institution leaves those out.
    public init(
        known: KnownIdentifiers, allowed: Set<String> = [], shift: DateShift? = nil,
        kinds: Set<KnownIdentifiers.Kind> = Set(KnownIdentifiers.Kind.allCases)
    ) {
        self.init(
            PatientSearch(known.values.filter { $0.kind != .uid }, kinds: kinds), known, allowed: allowed, shift: shift,
            kinds: kinds)
    }

    init(
        _ patient: PatientSearch, _ known: KnownIdentifiers, allowed: Set<String>, shift: DateShift?,
        kinds: Set<KnownIdentifiers.Kind>
    ) {
        self.patient = patient
        self.allowed = Set(allowed.map { Self.letters(TextFolding.folded($0)) })
        self.shift = shift
        var uids = KnownUIDs()
        if kinds.contains(.uid) {
            for value in known.values where value.kind == .uid && !allowed.contains(value.text) {
                uids.insert(value.text)
            }
        }
        self.uids = uids
    }

    static func letters(_ folded: some Sequence<UInt8>) -> [UInt8] { folded.filter { $0 != TextFolding.separator } }
}

/// A match in a stretch of text.
struct LeakHit: Hashable {
    let kind: KnownIdentifiers.Kind
    let match: LeakFinding.Match
    /// The first byte.
    let start: Int
}

extension LeakScanner {
    /// Searches one stretch of text, folded or of ASCII as it is.
    func search(_ text: Span<UInt8>, in range: Range<Int>, _ context: TextContext, found: (LeakHit) -> Void) {
        patient.automaton.search(text, in: range) { number, last in
            let pattern = patient.patterns[number]
            guard !allowed.contains(pattern.letters),
                let start = MatchJudge.start(of: pattern, endingAt: last, text, in: range, context)
            else { return }
            found(LeakHit(kind: pattern.kind, match: LeakFinding.Match(pattern.form), start: start))
        }
        searchDigits(text, in: range, found: found)
    }

    /// UIDs and days, wherever a run of digits begins.
    private func searchDigits(_ text: Span<UInt8>, in range: Range<Int>, found: (LeakHit) -> Void) {
        guard !uids.isEmpty || !patient.dates.isEmpty else { return }
        var index = range.lowerBound
        /// Up to where a run of digits and points was looked up.
        var lookedUp = range.lowerBound
        while index < range.upperBound {
            guard TextFolding.isDigit(text[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < range.upperBound, TextFolding.isDigit(text[index]) { index += 1 }
            if index < range.upperBound, text[index] == UInt8(ascii: "."), start >= lookedUp {
                var end = index
                while end < range.upperBound, TextFolding.isDigit(text[end]) || text[end] == UInt8(ascii: ".") {
                    end += 1
                }
                lookedUp = end
                if uids.holds(text, start..<end) { found(LeakHit(kind: .uid, match: .uid, start: start)) }
            }
            guard let date = patient.dates.spot(text, start..<index, in: range), !isAllowed(date.date) else { continue }
            for kind in date.kinds.kinds { found(LeakHit(kind: kind, match: .date, start: start)) }
        }
    }

    /// Whether a day may be there although it is known: another known day was moved to it.
    func isAllowed(_ date: CivilDate) -> Bool {
        if !allowed.isEmpty, allowed.contains(Array(date.dicom.utf8)) { return true }
        guard let shift, shift.days != 0, let origin = CivilDate(daysSince1970: date.daysSince1970 - shift.days) else {
            return false
        }
        return !patient.dates.kinds(origin).isEmpty
    }
}

extension LeakFinding.Match {
    init(_ form: SearchPattern.Form) {
        self =
            switch form {
            case .word: .word
            case .code, .number: .identifier
            case .phone: .phone
            }
    }
}
