import Curation
import DICOM
import Testing

/// Conditional actions leave what the object's SOP class asks for; the types are those of PS3.3.
@Suite("An object stays valid")
struct ConformanceTests {
    private func result(_ sopClass: String, _ fill: (inout DataSetBuilder) -> Void) throws -> DataSet {
        try Objects.deidentifier().deidentify(try Objects.file(sopClass: sopClass, fill)).dataSet
    }

    @Test("a series date is type 1 in PET and gets a dummy, type 3 in CT and goes")
    func seriesDate() throws {
        let fill: (inout DataSetBuilder) -> Void = { $0.append(.seriesDate, .da, string: "20240317") }
        #expect(try result(Objects.pet, fill)[.seriesDate]?.string == "19000101")
        #expect(try result(Objects.ct, fill)[.seriesDate] == nil)
    }

    @Test("a content date is type 1 in segmentations and reports, type 2C in CT")
    func contentDate() throws {
        let fill: (inout DataSetBuilder) -> Void = { $0.append(.contentDate, .da, string: "20240317") }
        #expect(try result(Objects.segmentation, fill)[.contentDate]?.string == "19000101")
        #expect(try result(Objects.report, fill)[.contentDate]?.string == "19000101")
        #expect(try result(Objects.ct, fill)[.contentDate]?.isEmpty == true)
    }

    @Test("a serial number is type 1 in enhanced CT and segmentations, type 3 in CT")
    func serialNumber() throws {
        let fill: (inout DataSetBuilder) -> Void = { $0.append(.deviceSerialNumber, .lo, string: "SN-4711") }
        #expect(try result("1.2.840.10008.5.1.4.1.1.2.1", fill)[.deviceSerialNumber]?.string == "REMOVED")
        #expect(try result(Objects.segmentation, fill)[.deviceSerialNumber]?.string == "REMOVED")
        #expect(try result(Objects.ct, fill)[.deviceSerialNumber] == nil)
    }

    @Test("operators are type 2 in radiotherapy and stay without a name")
    func operators() throws {
        let fill: (inout DataSetBuilder) -> Void = { $0.append(DICOMTag(0x0008, 0x1070), .pn, string: "DOE") }
        #expect(try result("1.2.840.10008.5.1.4.1.1.481.3", fill)[DICOMTag(0x0008, 0x1070)]?.isEmpty == true)
        #expect(try result(Objects.ct, fill)[DICOMTag(0x0008, 0x1070)] == nil)
    }

    @Test("of a class that nobody knows, the strictest form is kept")
    func unknownClass() throws {
        let unknown = try result("1.3.12.2.1107.5.99.3.10") { builder in
            builder.append(.seriesDate, .da, string: "20240317")
            builder.append(.deviceSerialNumber, .lo, string: "SN-4711")
            builder.append(.acquisitionDate, .da, string: "20240317")
            builder.append(.stationName, .sh)
        }
        #expect(unknown[.seriesDate]?.string == "19000101")
        #expect(unknown[.deviceSerialNumber]?.string == "REMOVED")
        #expect(unknown[.acquisitionDate]?.isEmpty == true)
        // What had no value before gets none.
        #expect(unknown[.stationName]?.isEmpty == true)
    }

    @Test("two specimens stay two, and the same one the same")
    func specimens() throws {
        func specimen(_ id: String) throws -> String? {
            try result(Objects.ct) { builder in
                builder.sequence(DICOMTag(0x0040, 0x0560)) { $0.append(DICOMTag(0x0040, 0x0551), .lo, string: id) }
            }.item(DICOMTag(0x0040, 0x0560))?[DICOMTag(0x0040, 0x0551)]?.string
        }
        #expect(try specimen("S24-1") != specimen("S24-2"))
        #expect(try specimen("S24-1") == specimen("S24-1"))
        #expect(try specimen("S24-1")?.contains("S24") == false)
    }

    @Test("a patient without a number gets one for each study")
    func noPatientID() throws {
        func pseudonym(_ study: String) throws -> String? {
            try result(Objects.ct) { builder in
                builder.append(.patientID, .lo)
                builder.append(.studyInstanceUID, .ui, string: study)
            }[.patientID]?.string
        }
        #expect(try pseudonym("1.2.3") == pseudonym("1.2.3"))
        #expect(try pseudonym("1.2.3") != pseudonym("1.2.4"))
        #expect(try pseudonym("1.2.3")?.count == 16)
    }

    @Test("two numbers that differ behind a backslash are two patients")
    func backslash() throws {
        func pseudonym(_ id: String) throws -> String? {
            try result(Objects.ct) { $0.append(.patientID, .lo, string: id) }[.patientID]?.string
        }
        #expect(try pseudonym("A\\1") != pseudonym("A\\2"))
        #expect(try pseudonym("A ") == pseudonym("A"))
    }
}
