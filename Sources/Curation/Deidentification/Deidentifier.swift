public import DICOM

/// Takes out of an object what leads back to a patient, by PS3.15's basic profile and the options of its own profile.
///
/// The same object, key and profile always give the same result, byte for byte: a second intake of a folder, or of half a
/// folder after a crash, lands on the objects that are there already.
///
/// Conditional actions (X/Z, X/D …) leave as little as the object's SOP class allows (``AttributeTypes``). Pixels are not
/// looked at: objects that say that text is burned into them, and documents, are refused unless the profile allows them.
public struct Deidentifier: Sendable {
    public let profile: ConfidentialityProfile
    public let pseudonyms: Pseudonymizer
    private let rules: AttributeRules

    public init(profile: ConfidentialityProfile = .research, pseudonyms: Pseudonymizer) {
        self.profile = profile
        self.pseudonyms = pseudonyms
        rules = AttributeRules(profile: profile)
    }

    public init(profile: ConfidentialityProfile = .research, key: PseudonymKey) {
        self.init(profile: profile, pseudonyms: Pseudonymizer(key: key))
    }

    /// The object without what identifies; of a header scan, the header. Pixel data that the data set does not hold is
    /// none of its concern.
    public func deidentify(_ file: DICOMFile) throws(CurationError) -> Deidentified {
        let original = file.dataSet
        try ReleaseRules(profile: profile).check(original)
        let subject = Subject(original, pseudonyms: pseudonyms)

        var pass = DeidentificationPass(rules: rules, pseudonyms: pseudonyms, subject: subject)
        pass.run(original)
        describe(&pass, original)

        let counts = pass.counts
        let dataSet: DataSet
        do {
            dataSet = try pass.finish()
        } catch {
            throw CurationError(.cannotBuild, tag: error.tag, error.detail)
        }
        let syntax = file.transferSyntax.forStorage
        let meta = try FileMeta.make(for: dataSet, transferSyntax: syntax)
        return Deidentified(
            meta: meta, dataSet: dataSet, transferSyntax: syntax, patientID: subject.pseudonym, counts: counts)
    }

    /// 16 hexadecimal digits that change when anything about the results would: key, profile or table.
    public var fingerprint: String {
        let parts = [
            profile.name, "\(profile.allowsBurnedInText)", "\(profile.allowsEncapsulatedDocuments)",
            ConfidentialityTable.standard.edition, Deidentifier.version,
        ]
        return pseudonyms.digest(.fingerprint, parts).prefix(8)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Raised when the same object would come out otherwise than before.
    private static let version = "1"

    /// What the object says about itself from now on: that and how it was de-identified (PS3.15 E.1.1 step 10).
    private func describe(_ pass: inout DeidentificationPass, _ original: DataSet) {
        pass.builder.append(.patientIdentityRemoved, .cs, string: "YES")
        pass.builder.append(.deidentificationMethod, .lo, strings: profile.methods)
        pass.builder.beginSequence(.deidentificationMethodCodeSequence)
        for code in profile.codes {
            pass.builder.beginItem()
            DummyItem.code(code.value, MethodCode.scheme, code.meaning, &pass.builder)
            pass.builder.endItem()
        }
        pass.builder.endSequence()
        pass.builder.append(.longitudinalTemporalInformationModified, .cs, string: profile.temporalInformation)

        // Cohorts are found by patient and age: both are there afterwards, where the object allows them to be.
        pass.builder.append(.patientID, .lo, string: pass.subject.pseudonym)
        if profile.retained.contains(.patientAge), original[.patientAge].flatMap(PatientCharacteristics.value) == nil,
            let age = PatientCharacteristics.age(
                born: original[.patientBirthDate]?.string, studied: original[.studyDate]?.string)
        {
            pass.builder.append(.patientAge, .as, string: age)
        }
    }
}

/// An object without what identifies a patient.
public struct Deidentified: Sendable {
    public let meta: DataSet
    /// Little endian, whatever the original was.
    public let dataSet: DataSet
    /// The original's, or explicit little endian where that was big endian or deflated.
    public let transferSyntax: TransferSyntax
    /// The patient's pseudonym, as in the data set.
    public let patientID: String
    public let counts: DeidentificationCounts
}

extension TransferSyntax {
    /// Data sets are kept in little endian and not deflated; frames stay compressed as they are.
    var forStorage: TransferSyntax { isBigEndian || isDeflated ? .explicitLittleEndian : self }
}

/// Whom an object is of.
struct Subject: Sendable {
    let issuer: String
    let pseudonym: String

    /// An object without a patient's number gets a pseudonym for its study: two studies that may be of two patients are
    /// never taken for one.
    init(_ dataSet: DataSet, pseudonyms: Pseudonymizer) {
        issuer = dataSet[.issuerOfPatientID]?.string?.trimmed ?? ""
        // A backslash in a number makes two values of it: both belong to it.
        let id = dataSet[.patientID]?.strings.joined(separator: "\\").trimmed ?? ""
        if !id.isEmpty {
            pseudonym = pseudonyms.patientID(issuer: issuer, id: id)
        } else {
            pseudonym = pseudonyms.identifier(
                dataSet[.studyInstanceUID]?.string?.trimmed ?? "", tag: Tag.studyInstanceUID.packed)
        }
    }
}
