import Cohort
import Curation
import DICOM
import Testing

@Suite("Tables that are damaged")
struct BadTableTests {
    private static let records = "- entity: condition\n  once: true\n  values: {pT: t}"

    private func refusal(_ bytes: [UInt8]) -> (message: String, given: Int) {
        var given = 0
        do {
            let mapper = FactMapper(
                try FactMapping(yaml: Mappings.yaml(records: Self.records)), pseudonyms: try Objects.pseudonyms(),
                today: Mappings.today)
            _ = try mapper.run([MappingInput(name: "t.csv", source: MemorySource(bytes))]) { given += $0.count }
            return ("none", given)
        } catch { return ("\(error)", given) }
    }

    @Test("are refused with file and row, and nothing of them is given on")
    func explained() {
        for (text, expected) in [
            ("id,t\nA,T1\nB,T2,extra\n", "t.csv: row 3: there are 3 fields and 2 columns"),
            ("id,t\nA,\"T1\n", "t.csv: row 2: a quote is opened and never closed"),
            ("id,id\nA,T1\n", "t.csv: row 1: columns 1 and 2 have the same name"),
            ("", "the file is empty"),
        ] {
            let (message, given) = refusal(Array(text.utf8))
            #expect(message.contains(expected), "\(message)")
            #expect(given == 0)
        }
    }

    @Test("in another encoding say which one to name, and are read when it is named")
    func encodings() throws {
        // "mujer" and "varón" in Windows-1252.
        let bytes = Array("id,t\nA,var".utf8) + [0xF3] + Array("n\n".utf8)
        #expect(refusal(bytes).message.contains("`encoding: windows-1252`"))
        let yaml =
            "mapping: m\nsources:\n  t:\n    patient: id\n    encoding: windows-1252\n    records:\n      - entity: patient\n        values: {sex: t}\n"
        let result = try Mappings.run(yaml, [MappingInput(name: "t.csv", source: MemorySource(bytes))])
        #expect(result.texts("patient.sex") == ["M"])
        var utf16: [UInt8] = [0xFF, 0xFE]
        for unit in "id\tt\nA\tT1\n".utf16 { utf16 += [UInt8(unit & 255), UInt8(unit >> 8)] }
        #expect(refusal(utf16).message == "none")
    }
}
