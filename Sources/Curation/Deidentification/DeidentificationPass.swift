import DICOM

/// One walk over an object, element by element, that builds the object without what identifies.
///
/// The walk has no recursion and remembers how deep it is inside a sequence that is left out, and whose private blocks it
/// has met at each depth.
struct DeidentificationPass {
    let rules: AttributeRules
    let pseudonyms: Pseudonymizer
    let subject: Subject
    let text: TextTreatment
    var builder = DataSetBuilder()
    private(set) var counts = DeidentificationCounts()
    private(set) var record: [ActionRecord] = []

    private let keepsRecord: Bool
    /// Sequences open inside the one that is left out, itself included; 0 outside.
    private var leftOut = 0
    private var path = PathTracker()
    private var blocks: PrivateBlocks
    /// nil where reports are not cleaned, so that nothing of them stays.
    private var concepts: ReportConcepts?
    /// By how much dates in text are moved; nil: they are taken out.
    private let textShift: DateShift?
    private var original = DataSet()

    init(
        rules: AttributeRules, profile: ConfidentialityProfile, pseudonyms: Pseudonymizer, subject: Subject,
        text: TextTreatment, keepsRecord: Bool
    ) {
        self.rules = rules
        self.pseudonyms = pseudonyms
        self.subject = subject
        self.text = text
        self.keepsRecord = keepsRecord
        blocks = PrivateBlocks(list: profile.safePrivate)
        concepts = profile.has(.cleanStructuredContent) ? ReportConcepts() : nil
        textShift =
            profile.has(.retainModifiedDates)
            ? subject.shift : profile.has(.retainFullDates) ? DateShift(days: 0) : nil
    }

    mutating func run(_ dataSet: DataSet) {
        original = dataSet
        let needs = AttributeTypes.standard.needs(of: dataSet[.sopClassUID]?.uid)
        for event in dataSet.events {
            switch event {
            case .beginSequence(let element) where leftOut == 0:
                begin(element, needs: element.depth == 0 ? needs : nil)
            case .beginSequence: leftOut += 1
            case .endSequence where leftOut > 0: leftOut -= 1
            case .endSequence:
                builder.endSequence()
                path.endSequence()
                concepts?.endSequence()
                blocks.leave()
            case .beginItem where leftOut == 0:
                builder.beginItem()
                path.beginItem()
                concepts?.beginItem()
                blocks.beginItem()
            case .endItem where leftOut == 0: builder.endItem()
            case .element(let element) where leftOut == 0:
                replace(element, needs: element.depth == 0 ? needs : nil)
            case .fragments(let element) where leftOut == 0:
                // Encapsulated pixel data, of a file that was read whole. Inside an item it is somebody's icon.
                if element.depth == 0 && element.tag.isPixelData {
                    keep(element, .kept)
                } else {
                    note(element, .removed)
                }
            case .beginItem, .endItem, .element, .fragments: break
            }
        }
    }

    /// The finished data set. Text that is not ASCII has become UTF-8, and the data set says so.
    consuming func finish() throws(DICOMError) -> DataSet {
        if text.isConverted && hasWideText { builder.append(.specificCharacterSet, .cs, string: "ISO_IR 192") }
        return try builder.finish()
    }

    private var hasWideText = false

    // MARK: Sequences

    private mutating func begin(_ element: Element, needs: AttributeTypes.Needs?) {
        switch rules.disposal(of: element, needs: needs) {
        case .keep: enter(element, .kept)
        case .retain: enter(element, .retained)
        case .empty:
            empty(element)
            leftOut = 1
        case .dummy:
            dummy(element)
            leftOut = 1
        default:
            note(element, .removed)
            leftOut = 1
        }
    }

    private mutating func enter(_ element: Element, _ action: ActionRecord.Action) {
        note(element, action)
        builder.beginSequence(element.tag)
        path.beginSequence(element.tag)
        concepts?.beginSequence(element.tag)
        blocks.enter()
    }

    // MARK: Elements

    private mutating func replace(_ element: Element, needs: AttributeTypes.Needs?) {
        let tag = element.tag
        concepts?.note(element)
        switch concepts?.disposal(of: element) ?? rules.disposal(of: element, needs: needs) {
        case .keep: keep(element, .kept)
        case .retain: keep(element, .retained)
        case .remove: note(element, .removed)
        case .empty: empty(element)
        case .dummy: dummy(element)
        case .replace(let value):
            write(value, for: element)
            note(element, .replaced)
        case .remapUID:
            let uids = String(decoding: element.bytes, as: UTF8.self)
                .split(separator: "\\", omittingEmptySubsequences: false).map { pseudonyms.uid($0) }
            builder.append(tag, .ui, strings: uids)
            note(element, .remapped)
        case .patientPseudonym where element.depth == 0:
            // Appended at the end, also where the object has none.
            note(element, .replaced)
        case .patientPseudonym:
            guard let id = element.string?.trimmed, !id.isEmpty else { return empty(element) }
            builder.append(tag, .lo, string: pseudonyms.patientID(issuer: subject.issuer, id: id))
            note(element, .replaced)
        case .identifierPseudonym:
            guard let id = element.string?.trimmed, !id.isEmpty else { return dummy(element) }
            builder.append(tag, vr(of: element), string: pseudonyms.identifier(id, tag: tag.packed))
            note(element, .replaced)
        case .characteristic:
            if let value = PatientCharacteristics.value(of: element) {
                builder.append(tag, vr(of: element), string: value)
                note(element, .retained)
            } else if tag == .patientSex {
                empty(element)
            } else {
                note(element, .removed)
            }
        case .shift(let fallback):
            guard !element.isEmpty, let moved = subject.shift.shifted(element) else {
                return fall(back: fallback, element)
            }
            // The birth date of the very old would tell their age.
            if tag == .patientBirthDate, !PatientCharacteristics.isBelowOldest(born: element, in: original) {
                return empty(element)
            }
            builder.append(tag, vr(of: element), string: moved)
            note(element, .shifted)
        case .clean(let fallback): clean(element, orElse: fallback)
        case .scrub: scrub(element)
        case .safePrivate: keepSafePrivate(element)
        }
    }

    private mutating func clean(_ element: Element, orElse fallback: Disposal.Fallback) {
        guard !element.isEmpty else { return keep(element, .kept) }
        guard let cleaned = text.clean(element, shift: textShift), !cleaned.isEmpty else {
            return fall(back: fallback, element)
        }
        write(cleaned, for: element)
        note(element, .cleaned)
    }

    private mutating func scrub(_ element: Element) {
        guard let scrubbed = text.scrub(element, shift: textShift) else { return keep(element, .kept) }
        if scrubbed.isEmpty { return empty(element) }
        write(scrubbed, for: element)
        note(element, .cleaned)
    }

    private mutating func fall(back fallback: Disposal.Fallback, _ element: Element) {
        switch fallback {
        case .remove: note(element, .removed)
        case .empty: empty(element)
        case .dummy: element.isEmpty ? empty(element) : dummy(element)
        }
    }

    private mutating func keepSafePrivate(_ element: Element) {
        if blocks.isCreator(element) { return }
        guard let (creatorTag, creator, entry) = blocks.safe(element) else { return note(element, .removed) }
        // A code that is the patient's name is none.
        if [.cs, .sh].contains(entry.vr), text.scrub(element) != nil { return note(element, .removed) }
        var value = Array(element.littleEndianBytes)
        if [.da, .dt, .tm].contains(entry.vr) {
            guard let date = rules.date(element, entry.vr, shift: subject.shift) else { return note(element, .removed) }
            value = Array(date.utf8)
        } else if [.lo, .st, .lt].contains(entry.vr) {
            guard let cleaned = text.clean(element, shift: textShift), !cleaned.isEmpty else {
                return note(element, .removed)
            }
            if !cleaned.utf8.allSatisfy({ $0 < 0x80 }) { hasWideText = true }
            value = Array(cleaned.utf8)
        } else if entry.vr == .ui, !rules.keepsUIDs {
            value = Array(pseudonyms.uid(String(decoding: element.bytes, as: UTF8.self)).utf8)
        }
        builder.append(creatorTag, .lo, string: creator)
        builder.append(element.tag, entry.vr, bytes: value)
        note(element, .retained)
    }

    private mutating func keep(_ element: Element, _ action: ActionRecord.Action) {
        note(element, action)
        if text.isConverted {
            if element.tag == .specificCharacterSet {
                // Said at the end where it is true; an item's own must not say otherwise.
                if element.depth > 0 { builder.append(element.tag, .cs, string: "ISO_IR 192") }
                return
            }
            if let wide = text.wide(element) { return write(wide, for: element) }
        }
        builder.append(element)
    }

    /// Writes text; where it is not ASCII, as UTF-8.
    private mutating func write(_ value: String, for element: Element) {
        if !value.utf8.allSatisfy({ $0 < 0x80 }) { hasWideText = true }
        builder.append(element.tag, vr(of: element), string: value)
    }

    private mutating func empty(_ element: Element) {
        let vr = vr(of: element)
        if vr == .sq {
            builder.beginSequence(element.tag)
            builder.endSequence()
        } else {
            builder.append(element.tag, vr)
        }
        note(element, .emptied)
    }

    private mutating func dummy(_ element: Element) {
        let vr = vr(of: element)
        if vr == .sq {
            DummyItem.append(element.tag, to: &builder)
        } else if vr == .ui {
            // A UID that is to be a dummy: one that is the same wherever the original was.
            builder.append(element.tag, vr, string: pseudonyms.uid(String(decoding: element.bytes, as: UTF8.self)))
        } else {
            builder.append(element.tag, vr, bytes: DummyValue.bytes(of: element.tag, vr: vr))
        }
        note(element, .replaced)
    }

    private mutating func note(_ element: Element, _ action: ActionRecord.Action) {
        counts.count(action)
        if keepsRecord {
            record.append(ActionRecord(levels: path.levels, tag: element.tag, action: action))
        }
    }

    /// The VR to write: the element's own if the standard allows it for the attribute, else the standard's.
    private func vr(of element: Element) -> VR {
        let own = element.isSequence ? .sq : element.vr
        guard let allowed = DataDictionary.standard.vrs(of: element.tag), let first = allowed.first else { return own }
        return allowed.contains(own) ? own : first
    }
}

extension DeidentificationCounts {
    mutating func count(_ action: ActionRecord.Action) {
        switch action {
        case .kept, .retained: kept += 1
        case .removed: removed += 1
        case .emptied: emptied += 1
        case .replaced: replaced += 1
        case .remapped: remapped += 1
        case .shifted: shifted += 1
        case .cleaned: cleaned += 1
        }
    }
}
