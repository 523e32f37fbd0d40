/// What the basic profile does with an attribute: the codes of PS3.15 table E.1-1.
public enum ConfidentialityAction: String, Sendable, CaseIterable {
    /// Replace with a value that means nothing.
    case dummy = "D"
    /// Leave it without a value, or replace the value.
    case empty = "Z"
    /// Remove.
    case remove = "X"
    /// Replace with a UID that is the same wherever the original was the same.
    case remapUID = "U"
    /// Empty, unless the object must have a value here.
    case emptyOrDummy = "Z/D"
    /// Remove, unless the object must have the attribute.
    case removeOrEmpty = "X/Z"
    case removeOrDummy = "X/D"
    case removeEmptyOrDummy = "X/Z/D"
    /// Remove, or keep the sequence with the UIDs in it replaced.
    case removeOrRemapContent = "X/Z/U*"
}

/// What an option changes about an attribute.
public enum ConfidentialityException: Character, Sendable {
    case keep = "K"
    /// Replace with something of similar meaning that identifies nobody.
    case clean = "C"
}

/// The options of the profile: the columns of table E.1-1 from left to right, and two that concern pixels only.
public enum ConfidentialityOption: Int, Sendable, CaseIterable {
    case retainSafePrivate, retainUIDs, retainDeviceIdentity, retainInstitutionIdentity, retainPatientCharacteristics,
        retainFullDates, retainModifiedDates, cleanDescriptors, cleanStructuredContent, cleanGraphics
    case cleanPixelData, cleanRecognizableVisualFeatures

    /// The columns of the table.
    static let columns = 10
}
