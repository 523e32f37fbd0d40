import Curation
import DICOM
import FoundationEssentials
import Testing

@Suite("Reports of risk")
struct RiskReportTests {
    @Test("say in words whether a data set may be published, and why not")
    func words() {
        let report = RiskAssessment(gate: ReleaseGate(k: 3)).report(RiskTables.small)
        #expect(!report.decision.passed)
        #expect(report.decision.explanation.first?.contains("3 records of 6 (50 %)") == true)
        #expect(report.text.hasPrefix("NOT passed"))
        #expect(report.text.contains("P6"))
        #expect(RiskAssessment(gate: ReleaseGate(k: 1)).report(RiskTables.small).text.hasPrefix("passed"))
        #expect(RiskAssessment(gate: ReleaseGate(k: 3, allowedShare: 0.5)).report(RiskTables.small).decision.passed)
    }

    @Test("hold no value of a patient")
    func values() throws {
        let rows = (0..<9).map { ["secret-\($0)", "\(30 + $0)"] }
        let table = RiskTables.table([QuasiIdentifier("place", .category), QuasiIdentifier("age", .age)], rows)
        let report = RiskAssessment(samplingFraction: 0.5).report(table)
        let json = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        for form in [report.text, RiskSection.html(report), json] { #expect(!form.contains("secret")) }
        #expect(try JSONDecoder().decode(RiskReport.self, from: JSONEncoder().encode(report)) == report)
    }

    @Test("as a page escape what comes from data, and load nothing")
    func page() {
        let evil = "<script>alert(1)</script>\"'&"
        let table = RiskTable(
            quasiIdentifiers: [QuasiIdentifier(evil, .category)], sensitive: [evil],
            records: [(pseudonym: evil, values: ["a", "b"]), (pseudonym: "P2", values: ["c", "d"])])
        let html = RiskSection.page(RiskAssessment().report(table), title: evil)
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;"))
        #expect(!html.contains("http:"))
        #expect(!html.contains("https:"))
        #expect(html.contains("<svg"))
    }

    // Classes of 1, 2, 3 and 8 records: bars "1", "2", "3", "4" below five and "5–9" above.
    @Test("draw a bar for every size below k, and for ranges above")
    func chart() {
        var rows: [[String]] = []
        for (value, size) in [("a", 1), ("b", 2), ("c", 3), ("d", 8)] { rows += Array(repeating: [value], count: size) }
        let html = RiskSection.html(
            RiskAssessment().report(RiskTables.table([QuasiIdentifier("x", .category)], rows)))
        #expect(html.contains("1: 1 record; 2: 2 records; 3: 3 records; 4: 0 records; 5–9: 8 records"))
        #expect(html.components(of: "<rect") == 5)
        #expect(html.components(of: "var(--error)") == 4)
    }

    @Test("put images and tables together by pseudonym")
    func together() throws {
        var builder = RiskTableBuilder()
        builder.declareImageTraits()
        for (patient, sex, age, modality, study) in [
            ("A", "F", "045Y", "MG", "1.2"), ("A", "F", "046Y", "MR", "1.3"), ("B", "M", "018M", "CT", "1.4"),
        ] {
            var object = DataSetBuilder()
            object.append(.patientID, .lo, string: patient)
            object.append(Tag(0x0010, 0x0040), .cs, string: sex)
            object.append(Tag(0x0010, 0x1010), .as, string: age)
            object.append(Tag(0x0008, 0x0060), .cs, string: modality)
            object.append(.studyInstanceUID, .ui, string: study)
            builder.add(image: try object.finish())
        }
        let table = Array("id;sex;stage\nA;female;II\nB;unknown;I\nC;male;I\n".utf8)
        try builder.add(
            table: MemorySource(table), patientColumn: "id",
            columns: [.init("sex", .category), .init("stage", .category, isSensitive: true)])
        let risk = builder.table
        #expect(risk.pseudonyms == ["A", "B", "C"])
        #expect(risk.quasiIdentifiers.map(\.name) == ["sex", "age at imaging", "modalities", "number of studies"])
        #expect(risk.sensitive == ["stage"])
        // One sex from both sources; the first visit's age; all modalities; two studies.
        #expect((0..<4).map { risk.value(0, $0) } == ["F", "45", "MG + MR", "2"])
        #expect((0..<4).map { risk.value(1, $0) } == ["M", "1", "CT", "1"])
        #expect((0..<4).map { risk.value(2, $0) } == ["M", "", "", "0"])
    }

    @Test("of a table without such a column say so")
    func column() {
        var builder = RiskTableBuilder()
        #expect(throws: TableError.self) {
            try builder.add(
                table: MemorySource(Array("id,sex\n1,F\n".utf8)), patientColumn: "id", columns: [.init("age", .age)])
        }
    }
}

extension String {
    fileprivate func components(of part: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
