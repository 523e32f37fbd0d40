import Curation
import DICOM
import Testing

@Suite("The leak scan")
struct LeakScannerTests {
    private typealias Value = KnownIdentifiers.Value

    private let scanner = LeakScanner(
        known: KnownIdentifiers([
            Value(.patientName, "Müller^Anna Lena"), Value(.patientName, "Wu^Li"), Value(.patientID, "HOSP12345"),
            Value(.patientID, "4711008"), Value(.birthDate, "19410803"), Value(.studyDate, "20240317"),
            Value(.accession, "A4711"), Value(.phone, "+34 93 123 45 67"), Value(.phone, "erika.muster@example.org"),
            Value(.address, "Carrer de Mallorca 401^Barcelona"), Value(.institution, "Hospital Sant Pau"),
            Value(.staffName, "Gregory^House^^Dr"), Value(.device, "SN-88123"),
            Value(.uid, "1.3.6.1.4.1.9590.100.1.2.77"),
        ]))

    private func findings(_ tag: DICOMTag, _ vr: VR, _ text: String) throws -> [LeakFinding] {
        var builder = DataSetBuilder()
        builder.append(.specificCharacterSet, .cs, string: "ISO_IR 192")
        builder.append(tag, vr, string: text)
        return scanner.scan(dataSet: try builder.finish())
    }

    @Test(
        "finds names in any order, case and spelling",
        arguments: [
            "MULLER", "Mueller, A.", "anna", "ct for MÜLLER^ANNA", "lena", "wu li", "LI^WU", "Li, Wu", "LiWu",
            "seen by house", "Dr.House", "M\u{FC}ller", "Mu\u{308}ller", "ＭＵＬＬＥＲ", "annalenamuller2",
        ])
    func names(text: String) throws {
        let found = try findings(.imageComments, .lt, text)
        #expect(found.contains { $0.kind == .patientName || $0.kind == .staffName })
        #expect(found.allSatisfy { $0.place == .attribute("(0020,4000)") })
    }

    @Test(
        "finds numbers with or without what groups them",
        arguments: [
            ("HOSP12345", KnownIdentifiers.Kind.patientID), ("hosp 12345", .patientID), ("xHOSP12345y", .patientID),
            ("4711008", .patientID), ("471-1008", .patientID), ("ID:004711008", .patientID),
            ("a4711", .accession), ("A-4711", .accession), ("931234567", .phone), ("+34-93.123.45.67", .phone),
            ("(0034) 93 123 45 67", .phone), ("ERIKA.MUSTER@EXAMPLE.ORG", .phone), ("erika muster", .phone),
            ("SN88123", .device), ("carrer mallorca", .address), ("BARCELONA", .address),
            ("sant pau hospital", .institution),
        ])
    func numbers(text: String, kind: KnownIdentifiers.Kind) throws {
        #expect(try findings(.imageComments, .lt, text).map(\.kind).contains(kind))
    }

    @Test(
        "finds days in the forms in which days are written",
        arguments: [
            "20240317", "20240317081500", "2024-03-17", "2024/3/17", "17.03.2024", "17.3.2024", "17/03/2024",
            "03/17/2024",
            "3-17-2024", "17032024", "17.03.24", "03/17/24", "24-03-17", "17 Mar 2024", "17MAR2024", "17-MAR-24",
            "March 17, 2024", "march 17th 2024", "17. März 2024", "17 de marzo de 2024", "17 de març del 2024",
            "17 mars 2024", "le 17 mars 2024", "17 μαρτίου 2024", "17 марта 2024 г.", "2024年3月17日", "IMG20240317_1.dcm",
            "2024 03 17", "2024-03-17T08:15", "17 Maerz 2024", "2024-Mar-17",
        ])
    func dates(text: String) throws {
        #expect(try findings(.imageComments, .lt, text).map(\.kind) == [.studyDate])
    }

    @Test(
        "takes nothing for an identifier that only looks like one",
        arguments: [
            "sleeve", "annals", "housed", "mullers", "2.4711008", "47110081", "147110080", "20240318", "17.04.2024",
            "1.17.03.24", "171.03.24", "20240317123456789012345678901234", "wu", "li", "A47110", "BA4711",
            "1.3.6.1.4.1.9590.100.1.2.7", "hospital", "93123456", "Mar 2024", "March 18, 2024", "LISTING",
            "mulled wine",
        ])
    func chance(text: String) throws {
        #expect(try findings(.imageComments, .lt, text) == [])
    }
}
