import DICOM

/// Decides for each element what is done with it: the profile's own exceptions, the table of the standard with the
/// options, and rules of our own for the attributes it leaves in place.
struct AttributeRules: Sendable {
    private let profile: ConfidentialityProfile
    private let table = ConfidentialityTable.standard

    init(profile: ConfidentialityProfile) {
        self.profile = profile
    }

    /// `needs`: what the object's SOP class asks for; nil where that is not known, as inside sequences.
    func disposal(of element: Element, needs: AttributeTypes.Needs?) -> Disposal {
        let tag = element.tag
        // Group lengths, and the groups of commands and of the file itself, have no place in a data set.
        if tag.isGroupLength || tag.group == 0x0000 || tag.group == 0x0002 { return .remove }
        if tag.isPrivate { return profile.has(.retainSafePrivate) ? .safePrivate : .remove }
        if let exception = profile.exceptions[tag] { return excepted(element, exception.treatment, needs?[tag]) }
        if let row = table[tag] { return listed(element, row, need: needs?[tag]) }
        return UnlistedAttributes.disposal(of: element, profile: profile)
    }

    /// Whether UIDs stay as they are.
    var keepsUIDs: Bool { profile.has(.retainUIDs) }

    /// A date of a private element as it may stay; nil where it may not.
    func date(_ element: Element, _ vr: VR, shift: DateShift) -> String? {
        let text = String(decoding: element.bytes, as: UTF8.self).trimmed
        if profile.has(.retainFullDates) { return text }
        guard profile.has(.retainModifiedDates) else { return nil }
        switch vr {
        case .da: return shift.shifted(dicomDate: text)
        case .dt: return shift.shifted(dicomDateTime: text)
        default: return DateShift.isTime(text) ? text : nil
        }
    }

    private func excepted(
        _ element: Element, _ treatment: ProfileException.Treatment, _ need: AttributeTypes.Need?
    ) -> Disposal {
        switch treatment {
        // The very old are few, whoever wants their age.
        case .keep where PatientCharacteristics.knows(element.tag): .characteristic
        case .keep: .retain
        case .remove: .remove
        case .empty: .empty
        case .replace(let value): element.isSequence ? .remove : .replace(value)
        case .clean: cleaned(element, orElse: .empty)
        }
    }

    private func listed(_ element: Element, _ row: ConfidentialityTable.Row, need: AttributeTypes.Need?) -> Disposal {
        let tag = element.tag
        if tag == .patientID { return .patientPseudonym }
        if AttributeRules.identifiers.contains(tag) { return .identifierPseudonym }
        return optional(element, row, need: need) ?? basic(element, row.action, need: need)
    }

    /// What the profile's options make of a row; nil where none of them changes it.
    private func optional(
        _ element: Element, _ row: ConfidentialityTable.Row, need: AttributeTypes.Need?
    ) -> Disposal? {
        var keeps = false
        var cleans = false
        for option in profile.options {
            switch row.exception(of: option) {
            case nil: continue
            // What moves dates goes before what would keep them as they are: a device's dates among the others'.
            case .clean where option == .retainModifiedDates: return dated(element, row, need: need)
            case .some where option == .retainPatientCharacteristics && !stays(element.tag): continue
            case .clean: cleans = true
            case .keep where PatientCharacteristics.knows(element.tag): return .characteristic
            case .keep: keeps = true
            }
        }
        if keeps { return .retain }
        guard cleans else { return nil }
        // Lines and letters drawn as bits: nobody can tell what is in them, so cleaning them is leaving them out.
        if element.tag.isDrawnInBits { return .remove }
        if element.vr == .ae { return .identifierPseudonym }
        return cleaned(element, orElse: fallback(element, row.action, need: need))
    }

    /// Whether the profile names a characteristic of the patient among those that stay.
    private func stays(_ tag: Tag) -> Bool { profile.characteristics?.contains(tag) ?? true }

    private func dated(
        _ element: Element, _ row: ConfidentialityTable.Row, need: AttributeTypes.Need?
    ) -> Disposal {
        return element.isSequence ? .keep : .shift(orElse: fallback(element, row.action, need: need))
    }

    /// A sequence stays and its content is looked at; of codes and numbers there is nothing to clean.
    private func cleaned(_ element: Element, orElse fallback: Disposal.Fallback) -> Disposal {
        if element.isSequence { return .keep }
        switch element.vr {
        case .da, .dt: return .shift(orElse: fallback)
        case .lo, .sh, .lt, .st, .ut, .uc, .un: return .clean(orElse: fallback)
        // Reason for the Attribute Modification: a code of two, or somebody's own word.
        case .cs where ["COERCE", "CORRECT"].contains(element.string): return .retain
        default:
            switch fallback {
            case .remove: return .remove
            case .empty: return .empty
            case .dummy: return .dummy
            }
        }
    }

    /// What the basic profile would do, for values that cannot be cleaned.
    private func fallback(
        _ element: Element, _ action: ConfidentialityAction, need: AttributeTypes.Need?
    ) -> Disposal.Fallback {
        switch basic(element, action, need: need) {
        case .empty: .empty
        case .dummy: .dummy
        default: .remove
        }
    }

    private func basic(
        _ element: Element, _ action: ConfidentialityAction, need: AttributeTypes.Need?
    ) -> Disposal {
        switch action {
        case .remove: return .remove
        case .empty: return .empty
        case .dummy: return .dummy
        case .remapUID: return .remapUID
        case .removeOrRemapContent: return element.isSequence ? .keep : .remove
        case .emptyOrDummy, .removeOrEmpty, .removeOrDummy, .removeEmptyOrDummy:
            let disposal = conditional(action, need: need)
            // A value that was not there before was not needed, or the object was never valid.
            if disposal == .dummy, element.isEmpty, need == nil { return .empty }
            // References to procedure steps stand for themselves once their UIDs are replaced.
            if disposal == .dummy, element.tag == .referencedPerformedProcedureStepSequence { return .keep }
            return disposal
        }
    }

    /// As little as the object's type allows; the strictest form where the type is not known, which is always valid.
    private func conditional(_ action: ConfidentialityAction, need: AttributeTypes.Need?) -> Disposal {
        switch (action, need) {
        case (.emptyOrDummy, .nothing?), (.emptyOrDummy, .attribute?): .empty
        case (.removeOrEmpty, .nothing?), (.removeOrDummy, .nothing?), (.removeEmptyOrDummy, .nothing?): .remove
        case (.removeOrEmpty, _): .empty
        case (.removeEmptyOrDummy, .attribute?): .empty
        default: .dummy
        }
    }

    /// Attributes with action D whose dummy is a pseudonym: two specimens of a patient stay two, the same one the same.
    private static let identifiers: Set<Tag> = [
        Tag(0x0012, 0x0040),  // Clinical Trial Subject ID
        Tag(0x0012, 0x0042),  // Clinical Trial Subject Reading ID
        Tag(0x0040, 0x0512),  // Container Identifier
        Tag(0x0040, 0x0551),  // Specimen Identifier
    ]
}

extension Tag {
    static let timezoneOffsetFromUTC = Tag(0x0008, 0x0201)
    static let referencedPerformedProcedureStepSequence = Tag(0x0008, 0x1111)

    /// Overlays and curves.
    fileprivate var isDrawnInBits: Bool { group & 0xFF00 == 0x6000 || group & 0xFF00 == 0x5000 }
}
