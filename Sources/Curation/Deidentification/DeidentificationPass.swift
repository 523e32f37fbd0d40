import DICOM

/// One walk over an object, element by element, that builds the object without what identifies.
///
/// The walk has no recursion and remembers one number: how deep it is inside a sequence that is left out.
struct DeidentificationPass {
    let rules: AttributeRules
    let pseudonyms: Pseudonymizer
    let subject: Subject
    var builder = DataSetBuilder()
    private(set) var counts = DeidentificationCounts()
    /// Sequences open inside the one that is left out, itself included; 0 outside.
    private var leftOut = 0

    init(rules: AttributeRules, pseudonyms: Pseudonymizer, subject: Subject) {
        self.rules = rules
        self.pseudonyms = pseudonyms
        self.subject = subject
    }

    mutating func run(_ dataSet: DataSet) {
        let needs = AttributeTypes.standard.needs(of: dataSet[.sopClassUID]?.uid)
        for event in dataSet.events {
            switch event {
            case .beginSequence(let element) where leftOut == 0:
                begin(element, needs: element.depth == 0 ? needs : nil)
            case .beginSequence: leftOut += 1
            case .endSequence where leftOut > 0: leftOut -= 1
            case .endSequence: builder.endSequence()
            case .beginItem where leftOut == 0: builder.beginItem()
            case .endItem where leftOut == 0: builder.endItem()
            case .element(let element) where leftOut == 0:
                replace(element, needs: element.depth == 0 ? needs : nil)
            case .fragments(let element) where leftOut == 0:
                // Encapsulated pixel data, of a file that was read whole. Inside an item it is somebody's icon.
                if element.depth == 0 && element.tag.isPixelData { keep(element) } else { counts.removed += 1 }
            case .beginItem, .endItem, .element, .fragments: break
            }
        }
    }

    consuming func finish() throws(DICOMError) -> DataSet { try builder.finish() }

    private mutating func begin(_ element: Element, needs: AttributeTypes.Needs?) {
        switch rules.disposal(of: element, needs: needs) {
        case .keep:
            counts.kept += 1
            return builder.beginSequence(element.tag)
        case .empty:
            empty(element)
        case .dummy:
            dummy(element)
        case .remove, .remapUID, .patientPseudonym, .identifierPseudonym, .characteristic:
            counts.removed += 1
        }
        leftOut = 1
    }

    private mutating func replace(_ element: Element, needs: AttributeTypes.Needs?) {
        let tag = element.tag
        switch rules.disposal(of: element, needs: needs) {
        case .keep: keep(element)
        case .remove: counts.removed += 1
        case .empty: empty(element)
        case .dummy: dummy(element)
        case .remapUID:
            let uids = String(decoding: element.bytes, as: UTF8.self)
                .split(separator: "\\", omittingEmptySubsequences: false).map { pseudonyms.uid($0) }
            builder.append(tag, .ui, strings: uids)
            counts.remapped += 1
        case .patientPseudonym where element.depth == 0:
            // Appended at the end, also where the object has none.
            counts.replaced += 1
        case .patientPseudonym:
            guard let id = element.string?.trimmed, !id.isEmpty else { return empty(element) }
            builder.append(tag, .lo, string: pseudonyms.patientID(issuer: subject.issuer, id: id))
            counts.replaced += 1
        case .identifierPseudonym:
            guard let id = element.string?.trimmed, !id.isEmpty else { return dummy(element) }
            builder.append(tag, vr(of: element), string: pseudonyms.identifier(id, tag: tag.packed))
            counts.replaced += 1
        case .characteristic:
            if let value = PatientCharacteristics.value(of: element) {
                builder.append(tag, vr(of: element), string: value)
                counts.kept += 1
            } else if tag == .patientSex {
                empty(element)
            } else {
                counts.removed += 1
            }
        }
    }

    private mutating func keep(_ element: Element) {
        builder.append(element)
        counts.kept += 1
    }

    private mutating func empty(_ element: Element) {
        let vr = vr(of: element)
        if vr == .sq {
            builder.beginSequence(element.tag)
            builder.endSequence()
        } else {
            builder.append(element.tag, vr)
        }
        counts.emptied += 1
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
        counts.replaced += 1
    }

    /// The VR to write: the element's own if the standard allows it for the attribute, else the standard's.
    private func vr(of element: Element) -> VR {
        let own = element.isSequence ? .sq : element.vr
        guard let allowed = DataDictionary.standard[element.tag]?.vrs, let first = allowed.first else { return own }
        return allowed.contains(own) ? own : first
    }
}
