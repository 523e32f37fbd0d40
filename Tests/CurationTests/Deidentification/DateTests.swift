import Curation
import DICOM
import Testing

@Suite("Dates of a patient")
struct DateTests {
    private static let study = DICOMTag(0x0008, 0x0020)
    private static let when = DICOMTag(0x0008, 0x002A)

    /// By how many days the dates of the patient of ``Objects/file(sopClass:syntax:_:)`` are moved.
    private func shift() throws -> Int { try Objects.pseudonyms().dateShift(issuer: "", id: "HOSP12345").days }

    private func moved(_ date: String, _ days: Int) throws -> String {
        let day = try #require(CivilDate(dicom: date)).daysSince1970 + days
        return try #require(CivilDate(daysSince1970: day)).dicom
    }

    private func deidentify(_ fill: (inout DataSetBuilder) -> Void) throws -> DataSet {
        try Objects.deidentifier(.research).deidentify(try Objects.file(fill)).dataSet
    }

    @Test("are moved by whole weeks into the past, one to 208 of them, always the same for a patient")
    func shifts() throws {
        let pseudonyms = try Objects.pseudonyms()
        var seen: Set<Int> = []
        for patient in 0..<400 {
            let days = pseudonyms.dateShift(issuer: "A", id: "\(patient)").days
            #expect(days % 7 == 0 && (-1456 ... -7).contains(days))
            #expect(pseudonyms.dateShift(issuer: "A", id: "\(patient)").days == days)
            seen.insert(days)
        }
        #expect(seen.count > 100)
        #expect(try shift() == pseudonyms.dateShift(issuer: "", id: "HOSP12345").days)
    }

    @Test("are moved wherever they stand, so that intervals stay what they were")
    func everywhere() throws {
        let days = try shift()
        let result = try deidentify { builder in
            builder.append(Self.study, .da, string: "20240317")
            builder.append(DICOMTag(0x0008, 0x0022), .da, string: "20240318")
            // Radiopharmaceutical Information Sequence: what SUV is worked out from.
            builder.sequence(DICOMTag(0x0054, 0x0016)) { item in
                item.append(DICOMTag(0x0018, 0x1078), .dt, string: "20240317073000.25+0100")
            }
            // Not in the table: RT treatment date in a record, and a date three sequences deep.
            builder.append(DICOMTag(0x0014, 0x1020), .da, string: "20240229")
            builder.sequence(.contributing) { item in
                item.sequence(.contributing) {
                    $0.append(DICOMTag(0x0018, 0x1200), .da, strings: ["20240101", "20231231"])
                }
            }
        }
        #expect(result[Self.study]?.string == (try moved("20240317", days)))
        #expect(result[DICOMTag(0x0008, 0x0022)]?.string == (try moved("20240318", days)))
        #expect(
            result.item(DICOMTag(0x0054, 0x0016))?[DICOMTag(0x0018, 0x1078)]?.string
                == (try moved("20240317", days)) + "073000.25+0100")
        #expect(result[DICOMTag(0x0014, 0x1020)]?.string == (try moved("20240229", days)))
        let calibrations = result.item(.contributing)?.item(.contributing)?[DICOMTag(0x0018, 0x1200)]
        #expect(calibrations?.strings == [try moved("20240101", days), try moved("20231231", days)])
    }

    @Test(
        "with less than a day keep their precision",
        arguments: [("2024", 4), ("202403", 6), ("202403+0100", 11), ("2024-0500", 9)])
    func precision(text: String, length: Int) throws {
        let new = try #require(try deidentify { $0.append(Self.when, .dt, string: text) }[Self.when]?.string)
        #expect(new.count == length)
        let whole = text.prefix { $0.isNumber }.padding(8)
        let expected = try moved(whole, try shift()).prefix(text.prefix { $0.isNumber }.count)
        #expect(new.hasPrefix(expected) && new.hasSuffix(text.drop { $0.isNumber }))
    }

    @Test(
        "that are none go, whatever they are instead",
        arguments: [
            "20240230", "MUSTERMANN", "17.03.2024", "20240317-19410803", "20240317X", "2024031", "20240317250000",
            "20240317081500.19410803", "20240317081500+9900", "202403170815001",
        ])
    func malformed(text: String) throws {
        let result = try deidentify { builder in
            builder.append(Self.when, .dt, string: text)
            builder.append(Self.study, .da, string: text)
        }
        #expect(
            try !Objects.bytes(
                Objects.deidentifier(.research).deidentify(Objects.file { $0.append(Self.when, .dt, string: text) })
            ).holds(text))
        #expect(result[Self.study]?.isEmpty == true)
        #expect(result[Self.when]?.isEmpty != false)
    }

    @Test(
        "are not hidden in times",
        arguments: [
            ("081500", true), ("081500.123456", true), ("0815", true), ("08", true), ("08:15:00", true),
            ("235960", true), ("19410803", false), ("20240317", false), ("2024:0317", false), ("246000", false),
            ("081500.1234567", false), ("0815.5", false), ("ERIKA", false),
        ])
    func times(text: String, stays: Bool) throws {
        let result = try deidentify { $0.append(DICOMTag(0x0008, 0x0030), .tm, string: text) }
        #expect(result[DICOMTag(0x0008, 0x0030)]?.string == (stays ? text : nil))
    }

    @Test(
        "say from which time zone they are only where that is what it is",
        arguments: [("+0100", true), ("ERIKA", false)])
    func zones(text: String, stays: Bool) throws {
        let tag = DICOMTag(0x0008, 0x0201)
        #expect(try deidentify { $0.append(tag, .sh, string: text) }[tag]?.string == (stays ? text : nil))
    }

    @Test("stay as they are with full dates, and go under the basic profile")
    func otherProfiles() throws {
        let file = try Objects.file { $0.append(Self.study, .da, string: "20240317") }
        let full = ConfidentialityProfile(name: "full", options: [.retainFullDates])
        let kept = try Objects.deidentifier(full).deidentify(file)
        #expect(kept.dataSet[Self.study]?.string == "20240317" && kept.dateShift.days == 0)
        #expect(kept.dataSet[.longitudinalTemporalInformationModified]?.string == "UNMODIFIED")
        let basic = try Objects.deidentifier(.basic).deidentify(file)
        #expect(basic.dataSet[Self.study]?.isEmpty == true && basic.dateShift.days == 0)
    }

    @Test("in text are moved, taken out or left, as those elsewhere")
    func text() throws {
        let file = try Objects.file { builder in
            builder.append(DICOMTag(0x0020, 0x4000), .lt, string: "MRI 20240317 abdomen")
        }
        func comment(_ options: [ConfidentialityOption]) throws -> String? {
            let profile = ConfidentialityProfile(name: "one", options: options + [.cleanDescriptors])
            return try Objects.deidentifier(profile).deidentify(file).dataSet[DICOMTag(0x0020, 0x4000)]?.string
        }
        #expect(try comment([.retainModifiedDates])?.contains(try moved("20240317", try shift())) == true)
        #expect(try comment([.retainFullDates])?.contains("20240317") == true)
        let none = try #require(try comment([]))
        #expect(!none.contains("2024") && none.contains("abdomen"))
    }

    @Test("of an object without a patient's number are moved by its study")
    func noPatient() throws {
        func study(_ uid: String) throws -> Int {
            let file = try Objects.file { builder in
                builder.append(.patientID, .lo)
                builder.append(.studyInstanceUID, .ui, string: uid)
            }
            return try Objects.deidentifier(.research).deidentify(file).dateShift.days
        }
        #expect(try study("1.2.3") == study("1.2.3"))
        #expect(try (Set((1...20).map { try study("1.2.3.\($0)") })).count > 5)
    }
}

extension Substring {
    /// The first day of a month or year that is given without one.
    fileprivate func padding(_ count: Int) -> String { String((self + "0101").prefix(count)) }
}
