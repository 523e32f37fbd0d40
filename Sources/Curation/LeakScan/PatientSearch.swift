import DICOM

/// All that is searched for of one patient, made ready: worth keeping between objects, since making it takes about a
/// millisecond.
struct PatientSearch: Sendable {
    let patterns: [SearchPattern]
    let automaton: SearchAutomaton
    let dates: KnownDates
    /// Values too short to be looked for in text, folded: found only as the whole value of an attribute of their kind.
    let short: [[UInt8]: KindSet]
    /// Identifiers that are numbers, for binary attributes.
    let numbers: [UInt64: KindSet]
    /// Names that ASCII cannot write, in the two forms of UTF-16.
    let encoded: EncodedNames
    /// Scripts that undeclared text may be in.
    let decoders: [SpecificCharacterSet]

    init(_ values: some Sequence<KnownIdentifiers.Value>, kinds: Set<KnownIdentifiers.Kind>) {
        var builder = Builder()
        for value in values where kinds.contains(value.kind) { builder.add(value) }
        // The same order each time, whatever the order of the set.
        patterns = builder.patterns.sorted {
            ($0.letters.count, $0.kind.rawValue) > ($1.letters.count, $1.kind.rawValue)
        }
        automaton = SearchAutomaton(patterns.map(\.letters))
        dates = builder.dates
        short = builder.short
        numbers = builder.numbers
        encoded = EncodedNames(builder.otherScripts)
        decoders = UndeclaredText.decoders(for: builder.otherScripts.values.flatMap { $0 })
    }

    private struct Builder {
        var patterns: Set<SearchPattern> = []
        var dates = KnownDates()
        var short: [[UInt8]: KindSet] = [:]
        var numbers: [UInt64: KindSet] = [:]
        var otherScripts: [KnownIdentifiers.Kind: Set<String>] = [:]

        mutating func add(_ value: KnownIdentifiers.Value) {
            let kind = value.kind
            switch kind {
            case .patientName, .staffName:
                var names = NameForms(kind)
                names.add(value.text)
                patterns.formUnion(names.patterns)
                if !names.otherScripts.isEmpty { otherScripts[kind, default: []].formUnion(names.otherScripts) }
            case .birthDate, .studyDate:
                if let date = CivilDate(dicom: value.text) { dates.insert(date, kind) }
            case .patientID, .accession, .device:
                patterns.formUnion(IdentifierForms.code(value.text, kind))
                addShort(value)
            case .address, .institution:
                patterns.formUnion(IdentifierForms.place(value.text, kind))
            case .phone:
                patterns.formUnion(IdentifierForms.contact(value.text))
            case .uid: break
            }
        }

        private mutating func addShort(_ value: KnownIdentifiers.Value) {
            let letters = TextFolding.folded(value.text).filter { $0 != TextFolding.separator }
            guard !letters.isEmpty, !PlaceholderValue.isPlaceholder(value.text) else { return }
            if letters.count < IdentifierForms.shortestCode {
                short[letters, default: []].insert(KindSet(value.kind))
            }
            if letters.count >= 5, letters.allSatisfy(TextFolding.isDigit),
                let number = UInt64(String(decoding: letters, as: UTF8.self)), number > 9_999, Set(letters).count >= 3
            {
                numbers[number, default: []].insert(KindSet(value.kind))
            }
        }
    }
}
