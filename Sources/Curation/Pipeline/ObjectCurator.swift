public import DICOM
import DICOMImaging

/// Everything that is done to one object before it may be released, in one pass: contradictions, what is known of the
/// patient, text in the pixels, de-identification, and the leak scan on what came out.
public struct ObjectCurator: Sendable {
    public let deidentifier: Deidentifier
    /// What is known of each patient; grows with every object.
    public let patients: PatientMemory
    private let inspector: PixelInspector?
    private let scanners: LeakScannerCache
    private let kinds: Set<KnownIdentifiers.Kind>
    private let keepsRecord: Bool
    private let limits: Limits

    /// - Parameters:
    ///   - inspector: looks at pixels; nil where the profile believes what objects say of themselves.
    ///   - keepsRecord: whether ``Deidentified/record`` is filled.
    public init(
        deidentifier: Deidentifier, patients: PatientMemory = PatientMemory(), inspector: PixelInspector? = nil,
        keepsRecord: Bool = false, limits: Limits = .standard
    ) {
        self.deidentifier = deidentifier
        self.patients = patients
        self.inspector = inspector
        self.keepsRecord = keepsRecord
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
        try deidentifier.check(file.dataSet)
        let capture = deidentifier.profile.allowsReportCaptures ? nil : ReportCapture(file.dataSet)
        try capture?.checkHeader()
        let found = KnownIdentifiers(gatheredFrom: file.dataSet)
        let patient = deidentifier.patient(of: file.dataSet)
        let known = try patients.add(found, of: patient.pseudonym)
        // A hospital may bear its scanner's name; what no maker is called is no maker, wherever it stands.
        let makers = [Tag.manufacturer, .manufacturerModelName].compactMap { file.dataSet[$0]?.string }
            .filter(CommonWords.areOfMakers)
        let scanner = scanners.scanner(
            for: known, allowed: Set(makers + [patient.pseudonym]), shift: patient.shift, kinds: kinds)

        let outcome =
            try inspector?.inspect(file, source: source, limits: limits) {
                !scanner.scan(recognisedText: $0, frame: 0).isEmpty
            } ?? .notLookedAt
        if let covered = outcome.coveredPixels {
            try capture?.checkPixels(file, source: source, covered: covered.covered, limits: limits)
        }
        var result = try deidentifier.deidentify(
            file, context: DeidentificationContext(known: known, pixels: outcome.statement, keepsRecord: keepsRecord))
        if let covered = outcome.coveredPixels { result = try result.replacingPixels(covered) }

        let header = try DICOMWriter.header(
            meta: result.meta, dataSet: result.dataSet, transferSyntax: result.transferSyntax)
        let told = scanner.scan(dataSet: result.dataSet, meta: result.meta)
        // The bytes as they will lie on the disk are a net that needs no reader of DICOM. What attributes have told already is
        // not told twice.
        let leaks = told + scanner.scan(bytes: header).filter { hit in !told.contains { $0.kind == hit.kind } }
        var findings = outcome.findings
        if case .free = outcome, !deidentifier.profile.allowsBurnedInText,
            file.dataSet[.burnedInAnnotation]?.string?.uppercased() == "YES"
        {
            findings.append(
                ReviewFinding(
                    .textInPixels, "the object says that there is text in its pixels, and none was found: look at it"))
        }
        if let group = file.dataSet.overlayInPixels {
            findings.append(
                ReviewFinding(
                    .textInPixels,
                    "overlay \(group) is drawn in bits of the pixels that the image does not use; nobody has looked at it: have it removed at the source, or reject the object"
                ))
        }
        findings += leaks.map { ReviewFinding(.leak, $0.sentence) }
        return CuratedObject(
            deidentified: result, header: header, pixels: outcome.coveredPixels, findings: findings,
            pictures: findings.isEmpty
                ? []
                : PicturePair.pairs(
                    of: file, source: source, findings: findings, covered: outcome.coveredPixels, limits: limits),
            framesLookedAt: outcome.frames)
    }
}

extension PixelOutcome {
    /// What the header may claim.
    var statement: PixelStatement {
        switch self {
        case .notLookedAt: .notLookedAt
        case .free: .free
        case .covered(let pixels, _):
            .covered(
                pixels.isLossless
                    ? .lossless : .lossy(ratio: pixels.compressionRatio, method: "ISO_10918_1"))
        // Until a person has decided, nothing is claimed.
        case .review: .notLookedAt
        }
    }

    var coveredPixels: CoveredPixelData? {
        switch self {
        case .covered(let pixels, _): pixels
        case .review(_, let pixels, _): pixels
        default: nil
        }
    }

    var findings: [ReviewFinding] {
        if case .review(let findings, _, _) = self { return findings }
        return []
    }

    var frames: Int {
        switch self {
        case .notLookedAt: 0
        case .free(let frames), .covered(_, let frames), .review(_, _, let frames): frames
        }
    }
}

extension Deidentified {
    /// With other pixel data, whole and in the transfer syntax that it has.
    func replacingPixels(_ pixels: CoveredPixelData) throws(CurationError) -> Deidentified {
        var builder = DataSetBuilder()
        builder.append(contentsOf: dataSet)
        pixels.append(to: &builder)
        let new: DataSet
        do {
            new = try builder.finish()
        } catch {
            throw CurationError(.cannotBuild, tag: error.tag, error.detail)
        }
        return Deidentified(
            meta: try FileMeta.make(for: new, transferSyntax: pixels.transferSyntax), dataSet: new,
            transferSyntax: pixels.transferSyntax, patientID: patientID, dateShift: dateShift, counts: counts,
            record: record)
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

extension DataSet {
    /// The group of an overlay that lies in unused bits of the pixel data (retired; PS3.3 C.9.2 of 2004); nil where there is
    /// none.
    fileprivate var overlayInPixels: String? {
        guard elements.contains(where: { (0x6000...0x601E).contains($0.tag.group) }) else { return nil }
        for number in 0..<16 {
            let group = UInt16(0x6000 + 2 * number)
            guard self[Tag(group, 0x3000)] == nil, let position = self[Tag(group, 0x0102)]?.int, position > 0 else {
                continue
            }
            return "\(Tag(group, 0x0102).hex.prefix(4))"
        }
        return nil
    }
}
