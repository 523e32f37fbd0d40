public import DICOM

/// Searches what was written for everything that is known to identify its patient.
///
/// It knows nothing of profiles and of how text is cleaned: it reads the finished object again, element by element and,
/// where nobody can tell what bytes mean, byte by byte. A finding does not say what was found, only of what kind and where.
public struct LeakScanner: Sendable {
    private let patterns: LeakPatterns
    private let bytes: BytePatterns
    private let kinds: Set<KnownIdentifiers.Kind>

    /// Bytes of one element that are searched where they are no text.
    private static let mostBytes = 4 << 20
    /// Findings for one object; more say nothing more.
    private static let mostFindings = 200

    /// - Parameters:
    ///   - known: of the patient; original UIDs are given to ``scan(dataSet:meta:originalUIDs:)``.
    ///   - allowed: values that are known to be harmless although somebody is called so, such as a manufacturer.
    ///   - kinds: what is looked for. A profile that keeps institutions leaves them out.
    public init(
        known: KnownIdentifiers, allowed: Set<String> = [],
        kinds: Set<KnownIdentifiers.Kind> = Set(KnownIdentifiers.Kind.allCases)
    ) {
        self.kinds = kinds
        patterns = LeakPatterns(known, kinds: kinds, allowed: allowed)
        bytes = BytePatterns(patterns)
    }

    // MARK: Objects

    /// What is left in a data set.
    ///
    /// - Parameters:
    ///   - meta: the file's own group; its application titles and UIDs are searched too.
    ///   - originalUIDs: of the object before it was de-identified.
    public func scan(dataSet: DataSet, meta: DataSet? = nil, originalUIDs: Set<String> = []) -> [LeakFinding] {
        var findings: [LeakFinding] = []
        for part in [meta, dataSet].compactMap(\.self) {
            var path = PathTracker()
            for event in part.events {
                switch event {
                case .beginSequence(let element): path.beginSequence(element.tag)
                case .endSequence: path.endSequence()
                case .beginItem: path.beginItem()
                case .element(let element):
                    guard !element.isEmpty, !element.tag.isPixelData else { continue }
                    for (kind, match) in scan(element, originalUIDs) where findings.count < Self.mostFindings {
                        let finding = LeakFinding(kind: kind, place: path.path(to: element.tag), match: match)
                        if findings.last != finding { findings.append(finding) }
                    }
                case .endItem, .fragments: break
                }
            }
        }
        return findings
    }

    private typealias Hit = (KnownIdentifiers.Kind, LeakFinding.Match)

    private func scan(_ element: Element, _ uids: Set<String>) -> [Hit] {
        switch element.vr {
        case .ui:
            guard kinds.contains(.uid) else { return [] }
            return element.strings.contains { uids.contains($0.trimmed) } ? [(.uid, .uid)] : []
        case .da, .dt: return element.strings.compactMap { dicomDate($0) }.map { ($0, .date) }
        case .tm, .as: return []
        case .ds, .is, .us, .ss, .ul, .sl, .uv, .sv: return number(element)
        case .ob, .ow, .ol, .ov, .od, .of, .un: return raw(element.bytes.prefix(Self.mostBytes))
        case .fl, .fd, .at, .sq: return []
        case .ae, .cs, .lo, .lt, .pn, .sh, .st, .uc, .ur, .ut:
            let isCoded = element.vr == .cs || Self.coded.contains(element.tag)
            return element.strings.flatMap { text($0, isCoded: isCoded, uids) }
        }
    }

    /// Attributes whose values come from tables, and whose words are nobody's name.
    private static let coded: Set<Tag> = [
        .codeMeaning, .codeValue, .codingSchemeDesignator, .manufacturer, .manufacturerModelName,
        Tag(0x0008, 0x0103), Tag(0x0018, 0x1020), Tag(0x0012, 0x0063), Tag(0x0018, 0x1210), Tag(0x0018, 0x0024),
    ]

    // MARK: Text

    private func text(_ text: String, isCoded: Bool, _ uids: Set<String>) -> [Hit] {
        let words = FoldedText.words(text)
        guard !words.isEmpty else { return [] }
        var hits: [Hit] = []
        var named: [KnownIdentifiers.Kind] = []
        for word in words {
            if let kind = patterns.names[word] { named.append(kind) }
            if !patterns.continuous.isEmpty, FoldedText.isContinuous(word) {
                named += patterns.continuous.filter { word.contains($0.text) }.map(\.kind)
            }
        }
        // One word of a table is no name; a name and a surname beside each other are.
        if let kind = named.first, !isCoded || named.count >= 2 { hits.append((kind, .text)) }
        guard !isCoded else { return hits }
        hits += codes(words).map { ($0, .text) }
        for phrase in patterns.phrases where words.holds(phrase.words) { hits.append((phrase.kind, .text)) }
        hits += dates(text, words).map { ($0, .date) }
        hits += phones(text).map { ($0, .text) }
        if !uids.isEmpty, kinds.contains(.uid), text.contains("."), hasUID(text, uids) { hits.append((.uid, .text)) }
        return hits
    }

    /// Codes among the words, and among neighbouring words written together: "HOSP-12345" is one code.
    private func codes(_ words: [String]) -> [KnownIdentifiers.Kind] {
        guard !patterns.codes.isEmpty || !patterns.shortCodes.isEmpty else { return [] }
        var found: [KnownIdentifiers.Kind] = []
        if words.count <= 3, let kind = patterns.shortCodes[words.joined()] { found.append(kind) }
        let longest = patterns.codeLengths.max() ?? 0
        for start in words.indices {
            var run = ""
            for word in words[start...].prefix(6) {
                run += word
                if let kind = patterns.codes[run] { found.append(kind) }
                if run.utf8.count > longest { break }
            }
            // Inside a longer run of letters and digits.
            let word = Array(words[start].utf8)
            for length in patterns.codeLengths where length < word.count {
                for begin in 0...word.count - length {
                    if let kind = patterns.codes[String(decoding: word[begin..<begin + length], as: UTF8.self)] {
                        found.append(kind)
                    }
                }
            }
        }
        return found
    }

    private func phones(_ text: String) -> [KnownIdentifiers.Kind] {
        var found: [KnownIdentifiers.Kind] = []
        if !patterns.phones.isEmpty {
            let digits = String(text.unicodeScalars.filter { (0x30...0x39).contains($0.value) })
            if digits.count >= 7, patterns.phones.contains(where: { digits.contains($0) }) { found.append(.phone) }
        }
        if !patterns.mails.isEmpty {
            let lower = text.lowercased()
            if patterns.mails.contains(where: { lower.contains($0) }) { found.append(.phone) }
        }
        return found
    }

    private func hasUID(_ text: String, _ uids: Set<String>) -> Bool {
        text.split { !($0.isASCII && ($0.isNumber || $0 == ".")) }.contains {
            $0.utf8.count >= 8 && uids.contains(String($0))
        }
    }

    // MARK: Dates

    private func dicomDate(_ text: String) -> KnownIdentifiers.Kind? {
        CivilDate(dicom: text.trimmed.prefix(8)).flatMap { patterns.dates[$0] }
    }

    private func dates(_ text: String, _ words: [String]) -> [KnownIdentifiers.Kind] {
        guard !patterns.dates.isEmpty else { return [] }
        var found: [KnownIdentifiers.Kind] = []
        for (index, word) in words.enumerated() {
            // "20240317", and "20240317081500".
            if word.utf8.count == 8 || word.utf8.count == 14, let kind = dicomDate(word) { found.append(kind) }
            // "17.03.2024", "2024-03-17", "03/17/2024", "17 March 2024", "Mar 17, 2024".
            guard index + 2 < words.count else { continue }
            let three = Array(words[index...index + 2])
            for date in WrittenDate.readings(three) {
                if let kind = patterns.dates[date] { found.append(kind) }
            }
        }
        return found
    }

    // MARK: Bytes and numbers

    /// An identifier that somebody keeps as a number.
    private func number(_ element: Element) -> [Hit] {
        guard !patterns.codes.isEmpty else { return [] }
        return element.strings.prefix(4_096).compactMap { patterns.codes[$0.trimmed] }.map { ($0, .number) }
    }

    private func raw(_ value: ArraySlice<UInt8>) -> [Hit] { bytes.matches(in: value).map { ($0.kind, .bytes) } }

    /// What is left in bytes as they were written, whatever a reader makes of them.
    ///
    /// - Parameter part: what the bytes are, for the finding: "the preamble".
    public func scan(bytes slice: ArraySlice<UInt8>, of part: String) -> [LeakFinding] {
        bytes.matches(in: slice).prefix(Self.mostFindings).map {
            LeakFinding(kind: $0.kind, place: "byte \($0.offset) of \(part)", match: .bytes)
        }
    }

    // MARK: Pixels

    /// What is left in text that was read from pixels. Letters and digits that are easily taken for each other count as one,
    /// and a long word may be wrong in one place.
    ///
    /// - Parameter frame: from 0.
    public func scan(recognisedText text: String, frame: Int) -> [LeakFinding] {
        let words = FoldedText.words(text)
        var kinds = Set(self.text(text, isCoded: false, []).map(\.0))
        for word in words where word.count >= 5 {
            let seen = Confusion.settled(word)
            for (name, kind) in patterns.names where name.count >= 5 && Confusion.isNear(seen, Confusion.settled(name))
            {
                kinds.insert(kind)
            }
            for (code, kind) in patterns.codes where Confusion.settled(code) == seen { kinds.insert(kind) }
        }
        return kinds.sorted { $0.rawValue < $1.rawValue }.map {
            LeakFinding(kind: $0, place: "frame \(frame + 1)", match: .pixels)
        }
    }
}

extension [String] {
    /// Whether these words follow each other somewhere.
    fileprivate func holds(_ phrase: [String]) -> Bool {
        guard let first = phrase.first, count >= phrase.count else { return false }
        for start in 0...count - phrase.count where self[start] == first {
            if self[start..<start + phrase.count].elementsEqual(phrase) { return true }
        }
        return false
    }
}
