/// What a look at one file found: whether it can be read, and what is wrong with it.
public struct Inspection: Sendable, Equatable {
    public enum Verdict: String, Sendable, Equatable, Codable {
        case ok
        /// Readable, with faults.
        case warnings
        /// DICOM, but not readable to the end.
        case damaged
        /// Another kind of file.
        case notDICOM
        /// The bytes could not be had.
        case unreadable
    }

    public var verdict: Verdict
    /// What stopped the reading.
    public var error: DICOMError?
    public var warnings: [DICOMError] = []
    /// How many warnings there were; `warnings` holds the first.
    public var warningCount = 0
    public var transferSyntax: TransferSyntax?

    public init(verdict: Verdict, error: DICOMError? = nil) {
        self.verdict = verdict
        self.error = error
    }

    /// Reads the header, walks the fragments of compressed pixel data (their bytes are not read), and compares what the
    /// object says about itself.
    public init(of source: some ByteSource, limits: Limits = .standard) {
        do {
            let file = try DICOMFile.readHeader(source, limits: limits)
            self.init(verdict: .ok)
            transferSyntax = file.transferSyntax
            warnings = file.warnings
            warningCount = file.warningCount
            for fault in Consistency.faults(of: file) + Inspection.pixelFaults(of: file, in: source, limits) {
                warnings.append(fault)
                warningCount += 1
            }
            if !warnings.isEmpty { verdict = .warnings }
        } catch {
            let verdict: Verdict =
                switch error.code {
                case .notDICOM, .empty: .notDICOM
                case .unreadable: .unreadable
                default: .damaged
                }
            self.init(verdict: verdict, error: error)
        }
    }

    private static func pixelFaults(
        of file: DICOMFile, in source: some ByteSource, _ limits: Limits
    ) -> [DICOMError] {
        guard let pixelData = file.pixelData, pixelData.isEncapsulated, !file.transferSyntax.isDeflated else {
            return []
        }
        do {
            _ = try pixelData.fragments(in: source, limits: limits)
            return []
        } catch {
            return [error]
        }
    }
}
