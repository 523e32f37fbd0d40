import Curation
import DICOM

/// Objects for tests, made in memory.
enum Objects {
    static let key: [UInt8] = Array(0..<32)

    static func pseudonyms(_ key: [UInt8] = Objects.key) throws -> Pseudonymizer {
        Pseudonymizer(key: try PseudonymKey(key))
    }

    static func deidentifier(_ profile: ConfidentialityProfile = .basic) throws -> Deidentifier {
        Deidentifier(profile: profile, pseudonyms: try pseudonyms())
    }

    static let ct = "1.2.840.10008.5.1.4.1.1.2"
    static let pet = "1.2.840.10008.5.1.4.1.1.128"
    static let segmentation = "1.2.840.10008.5.1.4.1.1.66.4"
    static let report = "1.2.840.10008.5.1.4.1.1.88.11"

    /// An object with the UIDs that every object has, and what `fill` adds.
    static func file(
        sopClass: String = ct, syntax: TransferSyntax = .explicitLittleEndian, _ fill: (inout DataSetBuilder) -> Void
    ) throws -> DICOMFile {
        var builder = DataSetBuilder()
        builder.append(.sopClassUID, .ui, string: sopClass)
        builder.append(.sopInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.3")
        builder.append(.studyInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.1")
        builder.append(.seriesInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.2")
        builder.append(.patientID, .lo, string: "HOSP12345")
        fill(&builder)
        return DICOMFile(meta: DataSet(), dataSet: try builder.finish(), transferSyntax: syntax)
    }

    /// The file that a result is written as.
    static func bytes(_ result: Deidentified) throws -> [UInt8] {
        try DICOMWriter.file(meta: result.meta, dataSet: result.dataSet, transferSyntax: result.transferSyntax)
    }
}

extension DataSetBuilder {
    /// A sequence of one item.
    mutating func sequence(_ tag: Tag, _ item: (inout DataSetBuilder) -> Void) {
        beginSequence(tag)
        beginItem()
        item(&self)
        endItem()
        endSequence()
    }
}

extension DataSet {
    /// The first item of a sequence.
    func item(_ tag: Tag) -> DataSet? { self[tag]?.items.first }
}

extension [UInt8] {
    /// Whether the bytes of a text are anywhere in these.
    func holds(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}

/// Testing has a `Tag` of its own.
typealias DICOMTag = DICOM.Tag

extension DICOM.Tag {
    static let contributing = DICOM.Tag(0x0018, 0xA001)
    static let referencedInstanceSequence = DICOM.Tag(0x0008, 0x114A)
    static let derivationImageSequence = DICOM.Tag(0x0008, 0x9124)
}
