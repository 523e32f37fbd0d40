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
    private let cleaner = TextCleaner()

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
    public func deidentify(
        _ file: DICOMFile, context: DeidentificationContext = DeidentificationContext()
    ) throws(CurationError) -> Deidentified {
        let original = file.dataSet
        try ReleaseRules(profile: profile, pixels: context.pixels).check(original)
        let subject = Subject(original, pseudonyms: pseudonyms)

        var pass = DeidentificationPass(
            rules: rules, profile: profile, pseudonyms: pseudonyms, subject: subject,
            text: TextTreatment(profile: profile, known: context.known, cleaner: cleaner),
            keepsRecord: context.keepsRecord)
        pass.run(original)
        SelfDescription(profile: profile, pixels: context.pixels).append(to: &pass, of: original)

        let (counts, record) = (pass.counts, pass.record)
        let dataSet: DataSet
        do {
            dataSet = try pass.finish()
        } catch {
            throw CurationError(.cannotBuild, tag: error.tag, error.detail)
        }
        let syntax = file.transferSyntax.forStorage
        let meta = try FileMeta.make(for: dataSet, transferSyntax: syntax)
        return Deidentified(
            meta: meta, dataSet: dataSet, transferSyntax: syntax, patientID: subject.pseudonym,
            dateShift: shift(of: subject), counts: counts,
            record: record)
    }

    /// Refuses objects that cannot be made safe, whatever their pixels are like: before those are looked at.
    public func check(_ dataSet: DataSet) throws(CurationError) {
        try ReleaseRules(profile: profile, pixels: profile.pixels == .look ? .free : .notLookedAt).check(dataSet)
    }

    /// The pseudonym of the patient whom an object is of, and by how much the dates are moved; 0 where they are not.
    public func patient(of dataSet: DataSet) -> (pseudonym: String, shift: DateShift) {
        let subject = Subject(dataSet, pseudonyms: pseudonyms)
        return (subject.pseudonym, shift(of: subject))
    }

    private func shift(of subject: Subject) -> DateShift {
        profile.has(.retainModifiedDates) ? subject.shift : DateShift(days: 0)
    }

    /// 16 hexadecimal digits that change when anything about the results would: key, profile or table.
    public var fingerprint: String {
        let parts = profile.settings + [ConfidentialityTable.standard.edition, Deidentifier.version]
        return pseudonyms.digest(.fingerprint, parts).prefix(8)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Raised when the same object would come out otherwise than before.
    private static let version = "2"
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
    /// By how much its dates were moved; 0 where they were not.
    public let dateShift: DateShift
    public let counts: DeidentificationCounts
    /// What was done with each attribute; empty unless it was asked for.
    public let record: [ActionRecord]
}

extension TransferSyntax {
    /// Data sets are kept in little endian and not deflated; frames stay compressed as they are.
    var forStorage: TransferSyntax { isBigEndian || isDeflated ? .explicitLittleEndian : self }
}

/// Whom an object is of.
struct Subject: Sendable {
    let issuer: String
    let pseudonym: String
    /// By how much the dates of the patient are moved.
    let shift: DateShift

    /// An object without a patient's number gets a pseudonym for its study: two studies that may be of two patients are
    /// never taken for one.
    init(_ dataSet: DataSet, pseudonyms: Pseudonymizer) {
        issuer = dataSet[.issuerOfPatientID]?.string?.trimmed ?? ""
        // A backslash in a number makes two values of it: both belong to it.
        let id = dataSet[.patientID]?.strings.joined(separator: "\\").trimmed ?? ""
        if !id.isEmpty {
            pseudonym = pseudonyms.patientID(issuer: issuer, id: id)
            shift = pseudonyms.dateShift(issuer: issuer, id: id)
        } else {
            let study = dataSet[.studyInstanceUID]?.string?.trimmed ?? ""
            pseudonym = pseudonyms.identifier(study, tag: Tag.studyInstanceUID.packed)
            shift = pseudonyms.dateShift(issuer: "study", id: study)
        }
    }
}
