import DICOM
import Foundation
import TestSupport

/// Files for intakes: small CT objects with what identifies a patient in them, and files that are something else.
struct Corpus {
    static let name = "MUSTERMANN^ERIKA"
    static let patientID = "HOSP-4711"

    let folder: TemporaryFolder

    init() { folder = TemporaryFolder("corpus") }

    var path: String { folder.path }

    func write(_ bytes: [UInt8], _ name: String) throws {
        let path = folder.file(name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// `count` CT slices of one series.
    @discardableResult
    func slices(_ count: Int, series: String = "1.3.6.1.4.1.9590.1.2", in folder: String = "series") throws -> Corpus {
        for number in 0..<count {
            try write(
                try Self.slice("\(series).\(number + 1)", series: series, number: number), "\(folder)/\(number).dcm")
        }
        return self
    }

    static func slice(
        _ uid: String, series: String = "1.3.6.1.4.1.9590.1.2", number: Int = 0,
        syntax: TransferSyntax = .explicitLittleEndian, pixels: [UInt8]? = nil,
        _ fill: (inout DataSetBuilder) -> Void = { _ in }
    ) throws -> [UInt8] {
        var builder = DataSetBuilder()
        builder.append(.sopClassUID, .ui, string: "1.2.840.10008.5.1.4.1.1.2")
        builder.append(.sopInstanceUID, .ui, string: uid)
        builder.append(.studyInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.1")
        builder.append(.seriesInstanceUID, .ui, string: series)
        builder.append(.modality, .cs, string: "CT")
        builder.append(.patientName, .pn, string: name)
        builder.append(.patientID, .lo, string: patientID)
        builder.append(.patientSex, .cs, string: "F")
        builder.append(.patientAge, .as, string: "061Y")
        builder.append(.instanceNumber, .is, string: "\(number)")
        builder.append(.rows, .us, ints: [16])
        builder.append(.columns, .us, ints: [16])
        builder.append(.samplesPerPixel, .us, ints: [1])
        builder.append(.bitsAllocated, .us, ints: [16])
        builder.append(.photometricInterpretation, .cs, string: "MONOCHROME2")
        builder.append(.pixelData, .ow, bytes: pixels ?? Self.pixels(number))
        fill(&builder)
        return try DICOMWriter.file(meta: DataSet(), dataSet: try builder.finish(), transferSyntax: syntax)
    }

    /// 16 × 16 × 16 bit that differ from slice to slice.
    static func pixels(_ number: Int) -> [UInt8] {
        (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number &* 7) }
    }
}
