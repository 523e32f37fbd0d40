/// Takes out of free text what may identify somebody, and moves the dates in it.
///
/// Deterministic: the same text, knowledge and shift always give the same result. First goes what is known of the patient,
/// then what has the form of an identifier, then every word that is in no vocabulary: what nobody knows to be harmless does
/// not stay. Times of day, measures and the short codes of protocols stay.
public struct TextCleaner: Sendable {
    private let vocabulary: SafeVocabulary

    public init(vocabulary: SafeVocabulary = .standard) {
        self.vocabulary = vocabulary
    }

    /// Text with identifiers taken out and dates moved; nil where nothing harmless is left.
    ///
    /// - Parameter shift: by how much dates are moved; nil: they are taken out.
    public func clean(_ text: String, known: KnownIdentifiers, shift: DateShift?) -> CleanedText? {
        clean(text, known: KnownText(known, vocabulary: vocabulary), shift: shift)
    }

    /// Text without what is known to identify and without what can only be an identifier, and otherwise as it was.
    ///
    /// - Parameter shift: by how much dates are moved; nil: they are taken out.
    public func scrub(_ text: String, known: KnownIdentifiers, shift: DateShift? = DateShift(days: 0)) -> String {
        scrub(text, known: KnownText(known, vocabulary: vocabulary), shift: shift)
    }

    func clean(_ text: String, known: KnownText, shift: DateShift?) -> CleanedText? {
        var work = Work(WordedText(text))
        known.mark(work.text, &work.marks)
        work.treatDates(known: known, shift: shift)
        IdentifierPatterns.mark(work.text, &work.marks)
        IdentifierPatterns.markNumbers(work.text, &work.marks)
        markUnknown(&work)
        return work.cleaned()
    }

    func scrub(_ text: String, known: KnownText, shift: DateShift?) -> String {
        var work = Work(WordedText(text))
        known.mark(work.text, &work.marks)
        work.treatDates(known: known, shift: shift)
        IdentifierPatterns.mark(work.text, &work.marks)
        guard work.isChanged else { return text }
        return work.cleaned()?.text ?? ""
    }

    /// The text of a maker: without what is known to identify, but for the words of imaging, as a hospital or a patient may
    /// bear a maker's name.
    func scrub(makersText text: String, known: KnownText) -> String {
        var work = Work(WordedText(text))
        known.mark(work.text, &work.marks)
        for (index, word) in work.text.words.enumerated() where work.marks[index] && vocabulary.isImaging(word.folded) {
            work.marks[index] = false
        }
        guard work.isMarked else { return text }
        return work.cleaned()?.text ?? ""
    }

    // MARK: Words

    private func markUnknown(_ work: inout Work) {
        var doubtful: [Int] = []
        for (index, word) in work.text.words.enumerated() where !work.marks[index] && work.replaced[index] == nil {
            switch word.kind {
            case .digits: break
            case .mixed: work.marks[index] = !ProtocolCodes.isHarmless(word, vocabulary)
            case .letters:
                guard word.length > 1 else { continue }
                let standing = vocabulary.standing(word.folded)
                if standing == .safe || Eponyms.isNamed(index, work.text, work.marks) { continue }
                if standing == .unknown {
                    work.marks[index] = !ProtocolCodes.isComposed(word, vocabulary)
                } else if word.startsUpper {
                    work.marks[index] = true
                } else {
                    doubtful.append(index)
                }
            }
        }
        // "seen by doe jane": beside a word that went, one that may be a name goes too.
        for index in doubtful where work.isRemovedWord(index - 1) || work.isRemovedWord(index + 1) {
            work.marks[index] = true
        }
        // "Meyer's"
        for (index, word) in work.text.words.enumerated()
        where word.folded == "s" && ["'", "’", "`", "´"].contains(word.before) && work.isRemovedWord(index - 1) {
            work.marks[index] = true
        }
        // "J. Kowalczyk"
        for (index, word) in work.text.words.enumerated()
        where word.length == 1 && word.startsUpper && word.kind == .letters && work.text[index + 1]?.before.first == "."
        {
            if work.isRemovedWord(index + 1) { work.marks[index] = true }
        }
    }
}

/// A text while it is being cleaned.
private struct Work {
    let text: WordedText
    /// Words that go. Words of a date that is moved never do.
    var marks: [Bool]
    private(set) var replaced: [Int: String] = [:]
    private var dated: Set<Int> = []
    private var dates = 0

    init(_ text: WordedText) {
        self.text = text
        marks = [Bool](repeating: false, count: text.words.count)
        replaced = HighAges.replaced(text)
    }

    var isChanged: Bool {
        !replaced.isEmpty || marks.indices.contains { marks[$0] && !dated.contains($0) }
    }

    var isMarked: Bool { marks.contains(true) }

    func isRemovedWord(_ index: Int) -> Bool {
        marks.indices.contains(index) && marks[index] && !dated.contains(index) && text[index]?.kind == .letters
    }

    mutating func treatDates(known: KnownText, shift: DateShift?) {
        let births = LabelledValues.births(text)
        for found in DateFinder.dates(in: text) {
            // Digits that are a known number are no date.
            if found.words.allSatisfy({ marks[$0] }) { continue }
            let isBirth = births.contains(found.words.lowerBound) || found.date.map(known.birthDates.contains) == true
            dates += 1
            if !isBirth, let date = found.date, let moved = shift?.shifted(date) {
                replaced.merge(DateFinder.written(moved, like: found, text)) { $1 }
                dated.formUnion(found.words)
            } else {
                for index in found.words { marks[index] = true }
            }
        }
    }

    func cleaned() -> CleanedText? {
        var joiner = TextJoiner()
        var removed = 0
        for (index, word) in text.words.enumerated() {
            if marks[index], !dated.contains(index) {
                joiner.leaveOut(word)
                removed += 1
            } else {
                joiner.append(replaced[index] ?? String(word.text), after: word.before)
            }
        }
        guard removed < text.words.count else { return nil }
        return CleanedText(text: joiner.finish(text.after), removed: removed, moved: dates)
    }
}
