import Cohort
import Curation
import Testing

@Suite("Mapping again")
struct RepeatedMappingTests {
    private static let records = """
        - entity: condition
          key: case
          values: {pT: t}
        - entity: marker
          values: {PSA: psa}
        - entity: treatment
          row: tr
          values: {type: kind}
        """
    private static let rows = ["A,1,T1,4,x1,surgery", "A,2,T2,5,x2,radiotherapy", "B,1,T3,6,x3,surgery"]

    private func run(_ rows: [String]) throws -> [ClinicalRecord] {
        try Mappings.run(table: "id,case,t,psa,tr,kind\n" + rows.joined(separator: "\n") + "\n", records: Self.records)
            .records.sorted { ($0.entity.rawValue, $0.key) < ($1.entity.rawValue, $1.key) }
    }

    @Test("gives the same records under the same keys, in whatever order the rows stand")
    func order() throws {
        let one = try run(Self.rows)
        #expect(one.count == 9)
        #expect(Set(one.map { $0.entity.rawValue + $0.patient + $0.key }).count == 9)
        #expect(try run(Self.rows.reversed()) == one)
    }

    @Test("changes the record of a row that was corrected, and no other")
    func correction() throws {
        let before = try run(Self.rows)
        let after = try run([Self.rows[0].replacing("T1", with: "T1c")] + Self.rows.dropFirst())
        #expect(before.map(\.key) == after.map(\.key))
        #expect(zip(before, after).count { $0 != $1 } == 1)
    }

    @Test("does not double rows that stand in the table twice")
    func twice() throws {
        #expect(try run(Self.rows + Self.rows).count == 9)
        let result = try Mappings.run(
            table: "id,tr,kind\nA,1,surgery\nA,1,radiotherapy\n",
            records: "- entity: treatment\n  row: tr\n  values: {type: kind}")
        #expect(result.texts("treatment.type") == ["surgery"])
        #expect(result.problems(.duplicate).map(\.rows.first) == [[3]])
    }

    @Test("brings rows of several tables together in one record")
    func merging() throws {
        let yaml = """
            mapping: m
            sources:
              dx:
                patient: id
                records: [{entity: condition, key: c, values: {topography: site}}]
              path:
                patient: p.id
                joins: {p: {file: people.csv, on: {person: person}}}
                records: [{entity: condition, key: c, values: {pN: n}}]
            """
        let result = try Mappings.run(
            yaml,
            [
                "dx.csv": "id,c,site\nA,1,C50.4\n", "path.csv": "person,c,n\n12.0,1,N1\n99,2,N0\n",
                "people.csv": "person,id\n12,A\n",
            ])
        #expect(result.records.count == 1)
        #expect(result.texts("condition.topography") == ["C50.4"])
        #expect(result.texts("condition.pN") == ["N1"])
        #expect(result.problems(.missingReference).map(\.rows.first) == [[3]])
        #expect(result.problems(.noPatient).map(\.file) == ["path.csv"])
    }

    @Test("adds days from the diagnosis to records that have dates")
    func relativeDays() throws {
        var records = try Mappings.run(
            table: "id,dx,op,last\nA,2021-01-01,2021-02-01,2022-01-01\n",
            records: """
                - entity: condition
                  once: true
                  values: {dateOfDiagnosis: dx}
                - entity: treatment
                  values: {startDate: op}
                - entity: followUp
                  values: {lastContactDate: last}
                """
        ).records
        RelativeDays.add(to: &records)
        let values = records.flatMap { $0.values }
        #expect(values.first { $0.key == "treatment.startDay" }?.value == [.number(31)])
        #expect(values.first { $0.key == "followUp.lastContactDay" }?.value == [.number(365)])
        #expect(values.first { $0.key == "condition.day" }?.value == [.number(0)])
    }
}
