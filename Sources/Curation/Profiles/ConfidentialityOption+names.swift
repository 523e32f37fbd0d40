/// How profile files and listings name the options.
extension ConfidentialityOption {
    /// "retain-safe-private".
    public var word: String {
        switch self {
        case .retainSafePrivate: "retain-safe-private"
        case .retainUIDs: "retain-uids"
        case .retainDeviceIdentity: "retain-device-identity"
        case .retainInstitutionIdentity: "retain-institution-identity"
        case .retainPatientCharacteristics: "retain-patient-characteristics"
        case .retainFullDates: "retain-full-dates"
        case .retainModifiedDates: "retain-modified-dates"
        case .cleanDescriptors: "clean-descriptors"
        case .cleanStructuredContent: "clean-structured-content"
        case .cleanGraphics: "clean-graphics"
        case .cleanPixelData: "clean-pixel-data"
        case .cleanRecognizableVisualFeatures: "clean-recognizable-visual-features"
        }
    }

    /// From its word.
    public init?(word: String) {
        guard let option = ConfidentialityOption.allCases.first(where: { $0.word == word }) else { return nil }
        self = option
    }
}
