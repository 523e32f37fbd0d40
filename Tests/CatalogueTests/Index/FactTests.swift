import Cohort
import TestSupport
import Testing

@testable import Catalogue

@Suite("Clinical facts in the index")
struct FactTests {
    private let folder = TemporaryFolder("facts")

    private func record(_ patient: String, _ key: String, _ values: [String: CohortValue]) -> ClinicalRecord {
        ClinicalRecord(entity: .patient, patient: patient, key: key, values: values.mapValues { [$0] })
    }

    @Test("a batch replaces what its source said before, and nothing of other sources")
    func replace() throws {
        let index = try Index.open(path: folder.file("replace.sqlite"))
        _ = try index.add([Records.record("A", "1", "1.1", 1)])
        let first = try index.replaceFacts(
            FactBatch(
                source: "register",
                records: [
                    record("A", "1", ["patient.sex": .text("F")]), record("B", "1", ["patient.sex": .text("M")]),
                ]))
        #expect((first.added, first.changed, first.unchanged, first.removed) == (2, 0, 0, 0))
        #expect(first.patientsWithoutImages == 1)
        _ = try index.replaceFacts(FactBatch(source: "other", records: [record("C", "1", ["patient.sex": .text("F")])]))
        #expect(
            try index.answer(CohortQuery(text: "sex = F")).counts
                == Counts(patients: 2, studies: 1, series: 1, images: 1, withoutImages: 1))
        #expect(try index.totals().patients == 3)

        let second = try index.replaceFacts(
            FactBatch(source: "register", records: [record("A", "1", ["patient.sex": .text("O")])]))
        #expect((second.added, second.changed, second.unchanged, second.removed) == (0, 1, 0, 1))
        // B was known from the register alone.
        #expect(try index.totals().patients == 2)
        #expect(try index.answer(CohortQuery(text: "sex = F")).counts.patients == 1)
        #expect(try index.factSources().map(\.records) == [1, 1])
    }

    @Test("the same batch again changes nothing, not even the state")
    func again() throws {
        let index = try Index.open(path: folder.file("again.sqlite"))
        let batch = FactBatch(source: "register", records: [record("A", "1", ["patient.sex": .text("F")])])
        _ = try index.replaceFacts(batch)
        let token = try index.changeToken()
        #expect(try index.replaceFacts(batch).unchanged == 1)
        #expect(try index.changeToken() == token)
    }

    @Test("what the images say of a patient's sex comes before what a table says")
    func imagesFirst() throws {
        let index = try Index.open(path: folder.file("first.sqlite"))
        _ = try index.add([Records.record("A", "1", "1.1", 1) { $0.sex = "M" }])
        _ = try index.replaceFacts(FactBatch(source: "t", records: [record("A", "1", ["patient.sex": .text("F")])]))
        #expect(try index.answer(CohortQuery(text: "sex = M")).counts.patients == 1)
        #expect(try index.answer(CohortQuery(text: "sex = F")).counts.patients == 0)
    }

    @Test(
        "values are written and read back",
        arguments: [
            [], [FactCoding.Value(attribute: 1, value: .word(1))],
            [
                .init(attribute: 127, value: .word(128)), .init(attribute: 1 << 40, value: .number(-0.1)),
                .init(attribute: 128, value: .word(.max)),
            ],
        ])
    func coding(_ values: [FactCoding.Value]) throws {
        #expect(try FactCoding.values(FactCoding.bytes(values)) == values)
    }

    @Test(
        "bytes that end too early or have another mark are damage",
        arguments: [[1], [1, 2, 0], [1, 1, 0, 0], [1, 0]])
    func damage(_ bytes: [UInt8]) {
        #expect(throws: IndexError.damaged) { try FactCoding.values(bytes) }
    }

    @Test(
        "days are those of the calendar",
        arguments: [
            // Reference: Python's datetime.date(y, m, d).toordinal() - 719163.
            (19700101.0, 0), (20000229.0, 11016), (20240301.0, 19783), (19000228.0, -25509),
        ])
    func days(_ date: Double, _ days: Int) {
        #expect(DayNumber.days(of: date) == Int32(days))
    }
}
