/// A code of PS3.16 CID 7050: which profile and options an object was de-identified with.
public struct MethodCode: Sendable, Equatable {
    public let value: String
    public let meaning: String

    /// The coding scheme of them all.
    public static let scheme = "DCM"

    public static let basicProfile = MethodCode(value: "113100", meaning: "Basic Application Confidentiality Profile")
}

extension ConfidentialityOption {
    public var code: MethodCode {
        switch self {
        case .cleanPixelData: MethodCode(value: "113101", meaning: "Clean Pixel Data Option")
        case .cleanRecognizableVisualFeatures:
            MethodCode(value: "113102", meaning: "Clean Recognizable Visual Features Option")
        case .cleanGraphics: MethodCode(value: "113103", meaning: "Clean Graphics Option")
        case .cleanStructuredContent: MethodCode(value: "113104", meaning: "Clean Structured Content Option")
        case .cleanDescriptors: MethodCode(value: "113105", meaning: "Clean Descriptors Option")
        case .retainFullDates:
            MethodCode(value: "113106", meaning: "Retain Longitudinal Temporal Information Full Dates Option")
        case .retainModifiedDates:
            MethodCode(value: "113107", meaning: "Retain Longitudinal Temporal Information Modified Dates Option")
        case .retainPatientCharacteristics:
            MethodCode(value: "113108", meaning: "Retain Patient Characteristics Option")
        case .retainDeviceIdentity: MethodCode(value: "113109", meaning: "Retain Device Identity Option")
        case .retainUIDs: MethodCode(value: "113110", meaning: "Retain UIDs Option")
        case .retainSafePrivate: MethodCode(value: "113111", meaning: "Retain Safe Private Option")
        case .retainInstitutionIdentity: MethodCode(value: "113112", meaning: "Retain Institution Identity Option")
        }
    }
}
