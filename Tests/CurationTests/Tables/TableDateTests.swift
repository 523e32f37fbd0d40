import Curation
import Testing

@Suite("Days in tables")
struct TableDateTests {
    private func moved(_ cells: [String], _ rule: String = "date") throws -> (cells: [String], report: TableReport) {
        let text = "id,day\n" + cells.map { "P1,\"\($0)\"\n" }.joined()
        let result = try Tables.run(text, "columns:\n  id: id\n  day: \(rule)\n")
        return (try Tables.column("day", of: result.text), result.report)
    }

    /// The shift of patient P1 as PseudonymTests' documentation defines it, taken from the type that images use.
    private func shift() throws -> Int { try Objects.pseudonyms().dateShift(issuer: "", id: "P1").days }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(dicom: text)) }

    @Test(
        "are moved by the patient's shift and written as they were",
        arguments: [
            ("2021-03-04", "20210304"), ("2021/03/04", "20210304"), ("20210304", "20210304"),
            ("04.03.2021", "20210304"),
            ("2021-03-04 00:00:00", "20210304"), ("04-Mar-2021", "20210304"), ("04-OCT-2021", "20211004"),
            ("04MAR2021", "20210304"), ("31/12/2020", "20201231"), ("12/31/2020", "20201231"),
        ])
    func forms(_ text: String, _ original: String) throws {
        let new = try moved([text]).cells
        let expected = try #require(try day(original).daysSince1970 + shift() as Int?)
        let date = try #require(CivilDate(daysSince1970: expected))
        let (y, m, d) = (
            String(date.dicom.prefix(4)), String(date.dicom.dropFirst(4).prefix(2)), String(date.dicom.suffix(2))
        )
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let name = names[date.month - 1]
        let forms: [String: String] = [
            "2021-03-04": "\(y)-\(m)-\(d)", "2021/03/04": "\(y)/\(m)/\(d)", "20210304": "\(y)\(m)\(d)",
            "04.03.2021": "\(d).\(m).\(y)", "2021-03-04 00:00:00": "\(y)-\(m)-\(d) 00:00:00",
            "04-Mar-2021": "\(d)-\(name)-\(y)", "04-OCT-2021": "\(d)-\(name.uppercased())-\(y)",
            "04MAR2021": "\(d)\(name.uppercased())\(y)", "31/12/2020": "\(d)/\(m)/\(y)", "12/31/2020": "\(m)/\(d)/\(y)",
        ]
        #expect(new == [forms[text] ?? ""])
    }

    // Excel counts 4 March 2021 as 44259 (25,569 is 1 January 1970).
    @Test("of spreadsheets are numbers, moved as such")
    func serial() throws {
        #expect(try moved(["44259", "44260"]).cells == ["\(44259 + (try shift()))", "\(44260 + (try shift()))"])
        #expect(
            try moved(["44259.34375"], "{role: datetime, format: excel}").cells == ["\(44259 + (try shift())).34375"])
    }

    @Test("that can be read in two ways are refused until somebody says which")
    func ambiguous() throws {
        let column = try #require(try moved(["03/04/2021", "05/06/2021"]).report.columns.last)
        #expect(column.outcome == .refused)
        #expect(column.explanation.contains("dd/mm/yyyy"))
        #expect(column.explanation.contains("mm/dd/yyyy"))
        let said = try moved(["03/04/2021"], "{role: date, format: dd/mm/yyyy}").cells
        let expected = try #require(CivilDate(daysSince1970: try day("20210403").daysSince1970 + shift()))
        #expect(said == ["\(expected.dicom.suffix(2))/\(expected.dicom.dropFirst(4).prefix(2))/\(expected.year)"])
    }

    @Test("decide together: one day above 12 tells the order of all")
    func together() throws {
        #expect(
            try moved(["03/04/2021", "13/04/2021"]).report.columns.last?.explanation.contains("dd/mm/yyyy") == true)
        #expect(
            try moved(["03/04/2021", "04/13/2021"]).report.columns.last?.explanation.contains("mm/dd/yyyy") == true)
        #expect(try moved(["13/04/2021", "04/13/2021"]).report.columns.last?.outcome == .refused)
    }

    @Test("keep their intervals, across columns, forms and tables")
    func intervals() throws {
        let result = try Tables.run(
            "id,one,two,three\nP1,2020-02-28,01.03.2020,29/02/2020 13:45\n",
            """
            columns:
              id: id
              one: date
              two: date
              three: {role: datetime, format: dd/mm/yyyy}
            """)
        let cells = try #require(try Tables.rows(result.text).last)
        let one = try day(cells[1].filter { $0 != "-" })
        let two = try day(String(cells[2].suffix(4) + cells[2].dropFirst(3).prefix(2) + cells[2].prefix(2)))
        let third = cells[3].split(separator: " ")
        let three = try day(String(third[0].suffix(4) + third[0].dropFirst(3).prefix(2) + third[0].prefix(2)))
        // 2020 is a leap year: 28 February, 29 February, 1 March.
        #expect(two.daysSince1970 - one.daysSince1970 == 2)
        #expect(three.daysSince1970 - one.daysSince1970 == 1)
        #expect(third[1] == "13:45")
        #expect(one.daysSince1970 - (try day("20200228")).daysSince1970 == (try shift()))
    }

    @Test("that are none are left empty, with their rows in the report")
    func mistakes() throws {
        let result = try moved(
            ["2021-03-04", "2021-02-30", "soon", "unknown", "2021-03-05"], "{role: date, format: yyyy-mm-dd}")
        #expect(Array(result.cells.dropFirst().prefix(3)) == ["", "", "unknown"])
        #expect(result.report.columns.last?.leftOut.first == [3, 4])
        #expect(result.report.columns.last?.missing == 1)
        #expect(!result.report.isComplete)
    }

    @Test("with a time of day are no plain days: their time would stay unseen")
    func times() throws {
        let mixed = try moved(["2021-03-04 08:15", "2021-03-04", "2021-03-05"], "{role: date, format: yyyy-mm-dd}")
        #expect(mixed.cells.first == "")
        #expect(mixed.report.columns.last?.leftOut.first == [2])
        #expect(try moved(["2021-03-04T08:15:30"], "datetime").cells.first?.hasSuffix("T08:15:30") == true)
    }

    @Test("of months and years are moved as the first day that they have")
    func parts() throws {
        let month = try #require(CivilDate(daysSince1970: try day("20210301").daysSince1970 + shift()))
        #expect(try moved(["2021-03", "2021-11"]).cells.first == "\(month.year)-\(month.dicom.dropFirst(4).prefix(2))")
        let year = try #require(CivilDate(daysSince1970: try day("20210101").daysSince1970 + shift()))
        #expect(try moved(["2021"]).cells == ["\(year.year)"])
    }
}
