import DICOM
import Synchronization
import Testing

/// The error of a piece of work that must fail with one.
func error(of work: () throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation) -> DICOMError? {
    do {
        _ = try work()
        Issue.record("this should have been refused", sourceLocation: sourceLocation)
    } catch let error as DICOMError {
        return error
    } catch {
        Issue.record("another kind of error: \(error)", sourceLocation: sourceLocation)
    }
    return nil
}

/// A source that counts what is asked of it.
final class CountingSource: ByteSource {
    private let source: MemorySource
    private let total: Int?
    private let asked = Mutex(0)

    /// `total`: claims a size that the bytes do not have; what lies beyond them reads as zeros.
    init(_ bytes: [UInt8], total: Int? = nil) {
        source = MemorySource(bytes)
        self.total = total
    }

    var count: Int { total ?? source.count }
    var bytesRead: Int { asked.withLock { $0 } }

    func read(at offset: Int, count wanted: Int) throws -> [UInt8] {
        let clamped = min(wanted, max(count - offset, 0))
        asked.withLock { $0 += clamped }
        let bytes = try source.read(at: offset, count: clamped)
        return bytes + [UInt8](repeating: 0, count: clamped - bytes.count)
    }
}

extension DICOMFile {
    /// Codes of the warnings.
    var warningCodes: [DICOMError.Code] { warnings.map(\.code) }
}
