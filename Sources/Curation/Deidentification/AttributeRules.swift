import DICOM

/// Decides for each element what is done with it: the table of the standard where it has a row, and rules of our own for
/// the attributes it leaves in place.
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
        if tag.isPrivate { return .remove }
        if profile.retained.contains(tag) { return .characteristic }
        if let row = table[tag] { return listed(element, row.action, need: needs?[tag]) }
        return UnlistedAttributes.disposal(of: element)
    }

    private func listed(
        _ element: Element, _ action: ConfidentialityAction, need: AttributeTypes.Need?
    ) -> Disposal {
        let tag = element.tag
        if tag == .patientID { return .patientPseudonym }
        if AttributeRules.identifiers.contains(tag) { return .identifierPseudonym }
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
            if disposal == .dummy, tag == .referencedPerformedProcedureStepSequence { return .keep }
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
    static let referencedPerformedProcedureStepSequence = Tag(0x0008, 0x1111)
}
