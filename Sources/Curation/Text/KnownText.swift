/// What is known of a patient, prepared for finding it in text.
struct KnownText: Sendable {
    private var names: Set<String> = []
    private var shortNames: Set<String> = []
    private var continuous: [String] = []
    private var codes: Set<String> = []
    private var phrases: [[String]] = []
    private var longestCode = 0
    /// Days that are taken out instead of moved.
    private(set) var birthDates: Set<CivilDate> = []

    init(_ known: KnownIdentifiers) {
        for value in known.values {
            switch value.kind {
            case .patientName, .staffName: addName(value.text)
            case .patientID, .accession, .device: addCode(value.text)
            case .phone:
                value.text.contains("@") ? phrases.append(Self.words(value.text)) : addCode(value.text)
            case .address, .institution: addPhrase(value.text, isPlace: value.kind == .institution)
            case .birthDate: if let date = CivilDate(dicom: value.text) { birthDates.insert(date) }
            // Every UID and every date in text is dealt with by its form.
            case .uid, .studyDate: break
            }
        }
    }

    private static func words(_ text: String) -> [String] {
        TextToken.split(text).filter { !$0.isBetween }.map(\.folded)
    }

    private mutating func addName(_ text: String) {
        for word in Self.words(text) where !word.allSatisfy(\.isNumber) {
            if word.unicodeScalars.contains(where: {
                (0x2E80...0xA4CF).contains($0.value) || (0xAC00...0xD7AF).contains($0.value)
            }) {
                if word.count >= 2 { continuous.append(word) }
            } else if word.count >= 3 {
                names.insert(word)
                for (long, short) in [("ae", "a"), ("oe", "o"), ("ue", "u")] where word.contains(long) {
                    names.insert(word.replacing(long, with: short))
                }
            } else {
                shortNames.insert(word)
            }
        }
        let spelled = text.lowercased().replacing("ä", with: "ae").replacing("ö", with: "oe").replacing("ü", with: "ue")
        for word in Self.words(spelled) where word.count >= 3 { names.insert(word) }
    }

    private mutating func addCode(_ text: String) {
        let code = Self.words(text).joined()
        guard code.count >= 3, code.contains(where: \.isNumber) || code.count >= 6 else { return }
        codes.insert(code)
        // With and without leading zeros.
        let bare = String(code.drop { $0 == "0" })
        if bare.count >= 4 { codes.insert(bare) }
        // The number alone, where letters stand before it.
        let number = String(code.drop { !$0.isNumber }.drop { $0 == "0" })
        if number.count >= 4, number.allSatisfy(\.isNumber) { codes.insert(number) }
        longestCode = max(longestCode, code.count)
    }

    private mutating func addPhrase(_ text: String, isPlace: Bool) {
        let words = Self.words(text)
        guard !words.isEmpty else { return }
        phrases.append(words)
        guard isPlace else { return }
        // The place's own word gives it away as the whole does.
        for word in words where word.count >= 5 && !SafeVocabulary.standard.contains(word) { names.insert(word) }
    }

    var isEmpty: Bool { names.isEmpty && shortNames.isEmpty && continuous.isEmpty && codes.isEmpty && phrases.isEmpty }

    /// Marks the tokens that are known.
    func mark(_ tokens: [TextToken], _ marks: inout [Bool]) {
        guard !isEmpty else { return }
        let parts = tokens.indices.filter { !tokens[$0].isBetween }
        for index in parts {
            let folded = tokens[index].folded
            if names.contains(folded) || continuous.contains(where: { folded.contains($0) }) { marks[index] = true }
        }
        markCodes(tokens, parts, &marks)
        for phrase in phrases { mark(phrase, tokens, parts, &marks) }
        // A short part of a name beside a longer one is that name's.
        guard !shortNames.isEmpty else { return }
        for (place, index) in parts.enumerated() where shortNames.contains(tokens[index].folded) {
            let beside = [place - 1, place + 1].filter(parts.indices.contains)
            if beside.contains(where: { marks[parts[$0]] }) { marks[index] = true }
        }
    }

    /// A code may be written in several pieces: "HOSP-12345", "123 456 789".
    private func markCodes(_ tokens: [TextToken], _ parts: [Int], _ marks: inout [Bool]) {
        guard longestCode > 0 else { return }
        for start in parts.indices {
            var run = ""
            for end in start..<min(start + 6, parts.count) {
                run += tokens[parts[end]].folded
                if run.count > longestCode + 4 { break }
                let bare = String(run.drop { $0 == "0" })
                if codes.contains(run) || bare.count >= 4 && codes.contains(bare) {
                    for place in start...end { marks[parts[place]] = true }
                }
            }
            // Inside a longer run: "ID12345X".
            let folded = tokens[parts[start]].folded
            if folded.count > 6, codes.contains(where: { $0.count >= 6 && folded.contains($0) }) {
                marks[parts[start]] = true
            }
        }
    }

    private func mark(_ phrase: [String], _ tokens: [TextToken], _ parts: [Int], _ marks: inout [Bool]) {
        guard parts.count >= phrase.count, let first = phrase.first else { return }
        for start in 0...parts.count - phrase.count where tokens[parts[start]].folded == first {
            let isThere = zip(parts[start...], phrase).allSatisfy { tokens[$0].folded == $1 }
            if isThere { for place in start..<start + phrase.count { marks[parts[place]] = true } }
        }
    }
}
