import Cohort
import Curation
import Testing

@Suite("Mapped tables")
struct TableMappingTests {
    @Test("become records with codes in their stored spelling, in any language")
    func codes() throws {
        let result = try Mappings.run(
            table: "id,sexo,sitio,t\nA,Mujer,c50.4,pT1c\nB,varón,C61.9,T2\n",
            records: """
                - entity: patient
                  values: {sex: sexo}
                - entity: condition
                  once: true
                  values: {topography: sitio, pT: t}
                """)
        #expect(result.texts("patient.sex") == ["F", "M"])
        #expect(result.texts("condition.topography") == ["C50.4", "C61.9"])
        #expect(result.texts("condition.pT") == ["T1c", "T2"])
        #expect(result.report.isComplete)
    }

    @Test("have the pseudonyms and date shifts of the images")
    func pseudonyms() throws {
        let result = try Mappings.run(
            table: "id,dx\n007,2021-03-04\n",
            records: "- entity: condition\n  values: {dateOfDiagnosis: dx}",
            more: "patient: {issuer: H, drop_zeros: true}")
        let pseudonyms = try Objects.pseudonyms()
        let record = try #require(result.records.first)
        #expect(record.patient == pseudonyms.patientID(issuer: "H", id: "7"))
        let day = try #require(CivilDate(year: 2021, month: 3, day: 4))
        let moved = try #require(pseudonyms.dateShift(issuer: "H", id: "7").shifted(day))
        #expect(result.numbers("condition.dateOfDiagnosis") == [try #require(Double(moved.dicom))])
    }

    @Test("have ages of 90 where people are older than 89, and none where nobody can be so old")
    func ages() throws {
        let result = try Mappings.run(
            table: "id,age\nA,89\nB,89.5\nC,104\nD,61.27\nE,140\nF,>89\n",
            records: "- entity: condition\n  once: true\n  values: {ageAtDiagnosis: age}")
        #expect(result.numbers("condition.ageAtDiagnosis") == [89, 90, 90, 61.3, 90])
        #expect(result.problems(.impossibleAge).map(\.rows.first) == [[6]])
    }

    @Test("have ages made from a birth date that is kept nowhere")
    func birth() throws {
        let result = try Mappings.run(
            table: "id,dx,born\nA,2021-07-02,1960-07-02\nB,2021-01-01,2021-02-01\n",
            records: "- entity: condition\n  values: {ageAtDiagnosis: {column: dx, born: born}}")
        #expect(result.numbers("condition.ageAtDiagnosis") == [61])
        #expect(result.problems(.impossibleDate).first?.message.contains("before the birth") == true)
    }

    @Test("have numbers in the attribute's unit, by the mapping, by a column or in the cell")
    func units() throws {
        let result = try Mappings.run(
            table: "id,size,u,psa\nA,2.5,cm,4.5 ng/mL\nB,12,mm,0.7 ug/L\nC,3,kg,\"4,2\"\n",
            records: """
                - entity: tumour
                  values: {size: {column: size, unit_column: u}}
                - entity: marker
                  values: {PSA: psa}
                """)
        #expect(result.numbers("tumour.size") == [25, 12])
        #expect(result.numbers("marker.PSA") == [4.5, 0.7, 4.2])
        let wrong = try #require(result.problems(.wrongUnit).first)
        #expect(wrong.rows.first == [4])
        #expect(wrong.column == "size")
        #expect(wrong.message.contains("“kg”") && wrong.message.contains("mm, cm"))
    }

    @Test("have decimal commas where the mapping says so, and are asked about where nobody can know")
    func commas() throws {
        let table = "id;v\nA;1,234\nB;1.234,5\nC;0,5\n"
        let records = "- entity: marker\n  values: {PSA: v}"
        let unsaid = try Mappings.run(table: table, records: records)
        #expect(unsaid.numbers("marker.PSA") == [0.5])
        #expect(
            unsaid.problems(.notANumber).contains { $0.message.contains("`decimals: comma`") && $0.rows.first == [2] })
        let said = try Mappings.run(table: table, records: records, more: "decimals: comma")
        #expect(said.numbers("marker.PSA") == [1.234, 1234.5, 0.5])
    }

    @Test("keep the bound of “<0.1” and say so")
    func bounds() throws {
        let result = try Mappings.run(table: "id,v\nA,<0.1\n", records: "- entity: marker\n  values: {PSA: v}")
        #expect(result.numbers("marker.PSA") == [0.1])
        #expect(result.problems(.approximated).count == 1)
        #expect(result.report.isComplete)
    }

    @Test("have days in the form that the mapping names; days that were not are listed")
    func days() throws {
        let table = "id,d\nA,03/04/2021\nB,31/02/2021\nC,01/01/2031\nD,01/01/1850\n"
        let records = "- entity: condition\n  values: {dateOfDiagnosis: d}"
        let unsaid = try Mappings.run(table: table, records: records)
        #expect(unsaid.records.isEmpty)
        #expect(unsaid.problems(.ambiguousDate).first?.message.contains("dd/mm/yyyy") == true)
        let said = try Mappings.run(table: table, records: records, more: "dates: dd/mm/yyyy")
        #expect(said.records.count == 1)
        #expect(said.problems(.impossibleDate).flatMap(\.rows.first).sorted() == [3, 4, 5])
    }

    @Test("have relative days as they stand, in any unit of time, and between two columns")
    func relativeDays() throws {
        let result = try Mappings.run(
            table: "id,weeks,dx,op\nA,3,2021-01-01,2021-02-01\n",
            records: """
                - entity: followUp
                  values: {survivalDays: {column: weeks, unit: weeks}}
                - entity: treatment
                  values: {type: {constant: surgery}, startDay: {column: op, days_since: dx}}
                """)
        #expect(result.numbers("followUp.survivalDays") == [21])
        #expect(result.numbers("treatment.startDay") == [31])
    }

    @Test("give a row's columns of zeros and ones one value, and none where two are one")
    func oneHot() throws {
        let result = try Mappings.run(
            table: "id,t_T1,t_T2,t_T3\nA,0,1,0\nB,1.0,0,0\nC,0,0,0\nD,1,0,1\n",
            records: "- entity: condition\n  values: {pT: {one_hot: t_}}")
        #expect(result.texts("condition.pT") == ["T2", "T1"])
        #expect(result.problems(.contradiction).map(\.rows.first) == [[5]])
    }

    @Test("make records of the rows that `when` chooses, and several for one row")
    func conditions() throws {
        let result = try Mappings.run(
            table: "id,kind,er,psa_1,psa_2\nA,breast,pos,,\nB,prostate,,4,6\n",
            records: """
                - entity: marker
                  when: {column: kind, is: breast}
                  values: {ER: {column: er, map: {pos: positive, neg: negative}}}
                - for_each: [1, 2]
                  entity: marker
                  when: [{column: kind, is: "pro*"}, {column: "psa_{each}", filled: true}]
                  values: {PSA: "psa_{each}"}
                """)
        #expect(result.texts("marker.ER") == ["positive"])
        #expect(result.numbers("marker.PSA") == [4, 6])
    }

    @Test("leave missing values out without a word")
    func missing() throws {
        let result = try Mappings.run(
            table: "id,t\nA,NA\nB,\nC,9999\nD,T2\n", records: "- entity: condition\n  values: {pT: t}",
            more: "missing: [\"9999\"]")
        #expect(result.texts("condition.pT") == ["T2"])
        #expect(result.report.isComplete)
    }
}
