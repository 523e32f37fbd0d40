import Curation
import DICOM
import Testing

@Suite("Scanners of patients that were met already")
struct LeakScannerCacheTests {
    private typealias Value = KnownIdentifiers.Value

    private func findings(_ scanner: LeakScanner, _ text: String) throws -> [KnownIdentifiers.Kind] {
        var builder = DataSetBuilder()
        builder.append(.imageComments, .lt, string: text)
        return scanner.scan(dataSet: try builder.finish()).map(\.kind)
    }

    @Test("know what is new of a patient, the UIDs of each object, and what each call allows")
    func changes() throws {
        let cache = LeakScannerCache(capacity: 2)
        var known = KnownIdentifiers([Value(.patientName, "Mustermann"), Value(.uid, "1.3.6.1.4.1.9590.1")])
        #expect(try findings(cache.scanner(for: known), "mustermann 1.3.6.1.4.1.9590.1") == [.patientName, .uid])
        let other = KnownIdentifiers([Value(.patientName, "Mustermann"), Value(.uid, "1.3.6.1.4.1.9590.2")])
        #expect(try findings(cache.scanner(for: other), "mustermann 1.3.6.1.4.1.9590.1") == [.patientName])
        known.insert(.patientID, "HOSP12345")
        #expect(try findings(cache.scanner(for: known), "HOSP12345") == [.patientID])
        #expect(try findings(cache.scanner(for: known, allowed: ["HOSP12345"]), "HOSP12345") == [])
        #expect(try findings(cache.scanner(for: known, kinds: [.uid]), "HOSP12345 mustermann") == [])
    }

    @Test("are the same from many threads and beyond the capacity")
    func threads() async throws {
        let cache = LeakScannerCache(capacity: 3)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let name = "Name\(String(UnicodeScalar(UInt8(97 + number % 8))))x"
                    let scanner = cache.scanner(for: KnownIdentifiers([Value(.patientName, name)]))
                    return try findings(scanner, "of \(name), seen") == [.patientName]
                        && findings(scanner, "of Namezx") == []
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test("of a patient with thousands of values are made, and find the last of them")
    func many() throws {
        var known = KnownIdentifiers()
        for number in 0..<5_000 { known.insert(.accession, "ACC\(number)X\(number)") }
        #expect(try findings(LeakScanner(known: known), "ACC4999X4999") == [.accession])
    }

    @Test("take any bytes for a value without ending the program")
    func anyBytes() throws {
        var state: UInt64 = 1
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let scanner = LeakScanner(
            known: KnownIdentifiers([
                Value(.patientName, "Люксембург^Роза=山田^太郎"), Value(.studyDate, "20240317"),
                Value(.phone, "+4922147108"),
                Value(.uid, "1.3.6.1.4.1.9590.1"), Value(.patientID, "00471100"),
                Value(.patientName, "=^=^\u{0301}^ ^-"),
                Value(.address, "\u{1F}^\\;"), Value(.device, "\u{FFFD}"), Value(.phone, "@"), Value(.birthDate, "x"),
            ]))
        // Bytes that are likelier in text than chance would have them.
        let alphabet =
            Array("0123456789./-: ^=aprmayMAR20240317".utf8) + [
                0, 0xFF, 0xE5, 0xB9, 0xB4, 0x1B, 0x24, 0x42, 0xD0, 0x30,
            ]
        for _ in 0..<2_000 {
            let bytes = (0..<Int(next() % 120)).map { _ in
                next() % 4 == 0 ? UInt8(next() & 255) : alphabet[Int(next()) % alphabet.count]
            }
            _ = scanner.scan(bytes: bytes)
            _ = scanner.scan(recognisedText: String(decoding: bytes, as: UTF8.self), frame: 0)
            var builder = DataSetBuilder()
            builder.append(
                .specificCharacterSet, .cs, string: ["ISO_IR 192", "GB18030", "\\ISO 2022 IR 87"][Int(next() % 3)])
            for (index, vr) in VR.allCases.enumerated() where vr != .sq {
                builder.append(DICOMTag(0x0071, 0x1000 + UInt16(index)), vr, bytes: bytes)
            }
            let data = try builder.finish()
            _ = scanner.scan(dataSet: data)
            _ = KnownIdentifiers(gatheredFrom: data)
        }
    }
}
