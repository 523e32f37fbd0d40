public import DICOM

/// Everything that is done to one object before it may be released, in one pass: contradictions, what is known of the
/// patient, text in the pixels, de-identification, and the leak scan on what came out.
public struct ObjectCurator: Sendable {
    public let deidentifier: Deidentifier
    /// What is known of each patient; grows with every object.
    public let patients: PatientMemory
    private let scanners: LeakScannerCache
    private let kinds: Set<KnownIdentifiers.Kind>
    private let limits: Limits

    public init(deidentifier: Deidentifier, patients: PatientMemory = PatientMemory(), limits: Limits = .standard) {
        self.deidentifier = deidentifier
        self.patients = patients
        self.limits = limits
        kinds = deidentifier.profile.kindsOfLeaks
        scanners = LeakScannerCache()
    }

    /// The new form of an object, and what a person has to judge in it.
    ///
    /// - Parameters:
    ///   - file: the header, or the whole object.
    ///   - source: where its pixel data is read from.
    public func curate(_ file: DICOMFile, from source: some ByteSource) throws -> CuratedObject {
        try Contradictions.check(file)
        let found = KnownIdentifiers(gatheredFrom: file.dataSet)
        let patient = deidentifier.pseudonym(of: file.dataSet)
        let known = try patients.add(found, of: patient)

        let result = try deidentifier.deidentify(file, context: DeidentificationContext(known: known))
        let leaks = leaks(in: result, known, original: file.dataSet)
        return CuratedObject(
            deidentified: result, pixels: nil, findings: leaks.map { ReviewFinding(.leak, $0.sentence) }, pictures: [],
            framesLookedAt: 0)
    }

    /// What is left in what came out, of what is known of the patient and of what this object said.
    private func leaks(
        in result: Deidentified, _ known: KnownIdentifiers, original: DataSet
    ) -> [LeakFinding] {
        // A hospital may bear its scanner's name.
        let allowed = Set([Tag.manufacturer, .manufacturerModelName].compactMap { original[$0]?.string })
        let scanner = scanners.scanner(
            for: known, allowed: allowed.union([result.patientID]), shift: result.dateShift, kinds: kinds)
        return scanner.scan(dataSet: result.dataSet, meta: result.meta)
    }
}

extension ConfidentialityProfile {
    /// What the leak scan looks for: all but what the profile keeps on purpose.
    var kindsOfLeaks: Set<KnownIdentifiers.Kind> {
        var kinds = Set(KnownIdentifiers.Kind.allCases)
        if has(.retainUIDs) { kinds.remove(.uid) }
        if has(.retainDeviceIdentity) { kinds.remove(.device) }
        if has(.retainInstitutionIdentity) { kinds.remove(.institution) }
        if has(.retainFullDates) { kinds.remove(.studyDate) }
        return kinds
    }
}

/// Pixel data with text covered.
public struct CoveredPixels: Sendable {}
