import DICOM

/// Which profile and options of PS3.15 annex E objects are de-identified with.
///
/// It decides what may be claimed of an object: the codes in (0012,0064) come from here, and nothing is in them that was
/// not done.
public struct ConfidentialityProfile: Sendable, Equatable {
    /// "basic": how a configuration file names it.
    public let name: String
    public let options: [ConfidentialityOption]
    /// The attributes that the options leave in place. Fewer than an option names, when it is followed only in part.
    let retained: Set<Tag>
    /// What (0012,0063) says besides the table: at most 64 characters each.
    let remarks: [String]

    /// Objects with Burned In Annotation YES are taken in, although nobody has looked at their pixels.
    public var allowsBurnedInText = false
    /// PDF, CDA and other documents are taken in, their content replaced by nothing.
    public var allowsEncapsulatedDocuments = false

    /// The basic profile, nothing but.
    public static let basic = ConfidentialityProfile(name: "basic", options: [], retained: [], remarks: [])

    /// The basic profile with what cohorts are chosen by: sex, age (90 and above as 90), size and weight.
    public static let research = ConfidentialityProfile(
        name: "research", options: [.retainPatientCharacteristics],
        retained: [.patientSex, .patientAge, .patientSize, .patientWeight],
        remarks: ["Patient characteristics kept: sex, age to 90, size, weight only"])

    public static let all = [basic, research]
}

extension ConfidentialityProfile {
    /// The values of (0012,0063).
    var methods: [String] {
        ["Atles: PS3.15 table E.1-1, edition of \(ConfidentialityTable.standard.edition)"] + remarks
    }

    /// The items of (0012,0064).
    var codes: [MethodCode] { [.basicProfile] + options.map(\.code) }

    /// What (0028,0303) says.
    var temporalInformation: String {
        if options.contains(.retainFullDates) { return "UNMODIFIED" }
        return options.contains(.retainModifiedDates) ? "MODIFIED" : "REMOVED"
    }
}
