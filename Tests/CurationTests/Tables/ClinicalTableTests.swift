import Curation
import Testing

@Suite("Clinical tables")
struct ClinicalTableTests {
    @Test("have the pseudonyms and shifts of the images")
    func pseudonyms() throws {
        let result = try Tables.run(
            "number,sex\n HOSP12345 ,F\n", "patient: {issuer: Saint Elsewhere}\ncolumns:\n  number: id\n  sex: sex\n")
        // The value that PseudonymTests has from Python's hmac.
        #expect(result.text == "number,sex\nB2PDSVBYZNNDMVH7,F\n")
    }

    @Test("lose every column that nobody has classified")
    func unclassified() throws {
        let result = try Tables.run("id,sex,surname\nP1,F,Miller\n", "columns:\n  id: id\n  sex: sex\n")
        #expect(!result.text.contains("Miller"))
        #expect(!result.text.contains("surname"))
        #expect(result.report.columns.last?.outcome == .refused)
        #expect(!result.report.isComplete)
        #expect(!result.report.text.contains("Miller"))
    }

    @Test("have ages above 89 as 90, in the unit they are in")
    func ages() throws {
        let years = try Tables.run(
            "id,age\nP1,45\nP2,89\nP3,90\nP4,102.5\nP5,67.3\nP6,90+\nP7,=1+1\n", "columns:\n  id: id\n  age: age\n")
        #expect(try Tables.column("age", of: years.text) == ["45", "89", "90", "90", "67.3", "90", ""])
        let months = try Tables.run(
            "id,age\nP1,600\nP2,1100\n", "columns:\n  id: id\n  age: {role: age, unit: months}\n")
        #expect(try Tables.column("age", of: months.text) == ["600", "1080"])
    }

    // 15 May 1950 to 14 May 2000 is a day less than 50 years; 1 January 1930 to 2021 is 91.
    @Test("have ages instead of birth dates")
    func birthDates() throws {
        let text = "id,born,seen\nP1,1950-05-15,2000-05-14\nP2,1930-01-01,2021-01-01\n"
        let ages = try Tables.run(
            text, "columns:\n  id: id\n  born: {role: birth_date, becomes: age, at: seen}\n  seen: date\n")
        #expect(try Tables.column("born", of: ages.text) == ["49.9", "90"])
        let none = try Tables.run(text, "columns:\n  id: id\n  born: birth_date\n  seen: date\n")
        #expect(!none.text.contains("born"))
        let years = try Tables.run(
            text, "columns:\n  id: id\n  born: {role: birth_date, becomes: year, at: seen}\n  seen: date\n")
        #expect(try Tables.column("born", of: years.text).last == "")
    }

    @Test("keep categories and refuse what only looks like one")
    func categories() throws {
        func outcome(_ values: [String], _ rule: String = "category") throws -> TableReport.Column? {
            let text = "id,what\n" + values.enumerated().map { "P\($0.offset / 2),\"\($0.element)\"\n" }.joined()
            return try Tables.run(text, "columns:\n  id: id\n  what: \(rule)\n").report.columns.last
        }
        #expect(try outcome(["yes", "no", "yes", "no", "yes"])?.outcome == .kept)
        #expect(try outcome(["Stage IIA", "Stage IIIB", "Stage IIA", "Stage IIIB"])?.outcome == .kept)
        #expect(try outcome((0..<150).map { "value \($0)" })?.outcome == .refused)
        #expect(try outcome((0..<60).map { "v\($0)" })?.explanation.contains("identifier") == true)
        #expect(
            try outcome(["the patient was seen by the family doctor on account of pain", "no"])?.outcome == .refused)
        #expect(try outcome(["2021-03-04", "2021-03-05", "2021-03-06", "2021-03-04"])?.outcome == .refused)
        #expect(try outcome(["jo@example.org", "no"])?.outcome == .refused)
        #expect(try outcome(["C50.9", "C50.1", "C50.9", "C50.1"], "code")?.outcome == .kept)
        #expect(try outcome(["left breast", "right breast"], "code")?.outcome == .refused)
    }

    @Test("do not keep names that stand among categories")
    func names() throws {
        let text = "id,stage\n" + (0..<30).map { "P\($0),\($0 % 2 == 0 ? "benign" : "malignant")\n" }.joined()
        let result = try Tables.run(text + "P90,Xaver Krzyzewski\n", "columns:\n  id: id\n  stage: category\n")
        #expect(!result.text.contains("Krzyz"))
        #expect(result.report.columns.last?.leftOut.first == [32])
        let listed = try Tables.run(
            text, "columns:\n  id: id\n  stage: {role: category, values: [benign]}\n")
        #expect(try Tables.column("stage", of: listed.text).prefix(2) == ["benign", ""])
    }

    // 254837009 is malignant neoplasm of breast in SNOMED CT; 254837008 has another check digit.
    @Test("keep rare codes of SNOMED CT, and not numbers that are as long")
    func rareCodes() throws {
        let text = "id,code\n" + (0..<30).map { "P\($0),C50.\($0 % 4)\n" }.joined()
        let result = try Tables.run(
            text + "P90,254837009\nP91,254837008\nP92,4711471\n", "columns:\n  id: id\n  code: code\n")
        #expect(try Tables.column("code", of: result.text).suffix(3) == ["254837009", "", ""])
        #expect(result.report.columns.last?.leftOut.first == [33, 34])
    }

    @Test("lose columns of people's names that come again and again")
    func staff() throws {
        let text = "id,by\n" + (0..<40).map { "P\($0),\($0 % 2 == 0 ? "Dr. Quentin" : "Dr. Halloran")\n" }.joined()
        let result = try Tables.run(text, "columns:\n  id: id\n  by: category\n")
        #expect(result.report.columns.last?.outcome == .refused)
    }

    @Test("lose telephone numbers and days among other numbers")
    func numbersAmongNumbers() throws {
        let text = "id,n\nP1,4.5\nP2,12000000\nP3,0301234567\nP4,20210304\nP5,7\nP6,8\nP7,9\nP8,1.5\n"
        let result = try Tables.run(text, "columns:\n  id: id\n  n: number\n")
        #expect(try Tables.column("n", of: result.text) == ["4.5", "12000000", "", "", "7", "8", "9", "1.5"])
    }

    @Test("do not keep names that stand among codes")
    func namesAmongCodes() throws {
        let text = "id,code\n" + (0..<30).map { "P\($0),\($0 % 2 == 0 ? "C50.9" : "C61.9")\n" }.joined()
        let result = try Tables.run(
            text + "P90,Krzyzewski\nP91,C56.9\n", "columns:\n  id: id\n  code: code\n")
        #expect(!result.text.contains("Krzyz"))
        #expect(try Tables.column("code", of: result.text).last == "C56.9")
        #expect(result.report.columns.last?.leftOut.first == [32])
    }

    @Test("keep numbers of four digits that are no years, and refuse those that are")
    func fourDigits() throws {
        func outcome(_ values: [Int]) throws -> TableReport.Outcome? {
            let text = "id,what\n" + values.enumerated().map { "P\($0.offset),\($0.element)\n" }.joined()
            return try Tables.run(text, "columns:\n  id: id\n  what: number\n").report.columns.last?.outcome
        }
        #expect(try outcome([4500, 9800, 6100, 7250]) == .kept)
        #expect(try outcome([1950, 1961, 1949, 1972]) == .refused)
    }

    @Test("lose columns that repeat the patients' numbers under another role")
    func repeatedNumbers() throws {
        let text = "id,code,lab\n" + (1000..<1012).map { "\($0),\($0),\($0)\n" }.joined()
        let result = try Tables.run(text, "columns:\n  id: id\n  code: code\n  lab: number\n")
        #expect(result.report.columns.map(\.outcome) == [.changed, .refused, .refused])
    }

    @Test("have areas of the first digits, and small ones together")
    func areas() throws {
        let large = (0..<5).map { "A\($0),1011\($0)\n" }.joined()
        // Four rows of one patient are one patient.
        let small = String(repeating: "B1,20095\n", count: 6) + "B2,20097\n"
        let yaml = "columns:\n  id: id\n  plz: {role: area, keep: 3, fewest: 5}\n"
        let result = try Tables.run("id,plz\n" + large + small, yaml)
        #expect(
            try Tables.column("plz", of: result.text) == Array(repeating: "101", count: 5)
                + Array(repeating: "other", count: 7))
        let listed = try Tables.run(
            "id,plz\n" + large, "columns:\n  id: id\n  plz: {role: area, keep: 3, fewest: 5, small: [101]}\n")
        #expect(try Tables.column("plz", of: listed.text) == Array(repeating: "other", count: 5))
    }

    @Test("have numbers without what is none")
    func numbers() throws {
        let result = try Tables.run(
            "id,psa\nP1,4.5\nP2,<0.1\nP3,-3e5\nP4,call Dr Smith\nP5,\"1,5\"\nP6,7\n",
            "columns:\n  id: id\n  psa: number\n")
        #expect(try Tables.column("psa", of: result.text) == ["4.5", "<0.1", "-3e5", "", "1,5", "7"])
        #expect(result.report.columns.last?.leftOut.first == [5])
        let phones = try Tables.run(
            "id,n\nP1,5551234567\nP2,5559876543\n", "columns:\n  id: id\n  n: number\n")
        #expect(phones.report.columns.last?.outcome == .refused)
    }

    @Test("refuse free text until it is allowed, and clean it then")
    func text() throws {
        let text = "id,name,note\nP77341,Krzyzewski Xaver,\"CT of the liver 2021-03-04, Krzyzewski, P77341\"\n"
        let refused = try Tables.run(text, "columns:\n  id: id\n  name: {role: drop, holds: name}\n  note: text\n")
        #expect(refused.report.columns.last?.outcome == .refused)
        let allowed = try Tables.run(
            text, "columns:\n  id: id\n  name: {role: drop, holds: name}\n  note: {role: text, allow_text: true}\n")
        let note = try #require(try Tables.column("note", of: allowed.text).first)
        #expect(note.contains("liver"))
        #expect(!note.contains("Krzyz"))
        #expect(!note.contains("77341"))
        #expect(!note.contains("2021-03-04"))
        let shift = try Objects.pseudonyms().dateShift(issuer: "", id: "P77341")
        let day = try #require(CivilDate(year: 2021, month: 3, day: 4).flatMap(shift.shifted))
        #expect(note.contains("\(day.dicom.prefix(4))-\(day.dicom.dropFirst(4).prefix(2))-\(day.dicom.suffix(2))"))
    }

    @Test("have identifiers and UIDs replaced as in images")
    func identifiers() throws {
        let result = try Tables.run(
            "id,accession,study,lab\nP1,A-77,1.2.3,X1\nP2,A-77,nothing,X1\n",
            """
            columns:
              id: id
              accession: {role: identifier, attribute: "0008,0050"}
              study: uid
              lab: identifier
            """)
        let pseudonyms = try Objects.pseudonyms()
        #expect(
            try Tables.column("accession", of: result.text).first == pseudonyms.identifier("A-77", tag: 0x0008_0050))
        // The value that PseudonymTests has from Python's hmac.
        #expect(try Tables.column("study", of: result.text) == ["2.25.77485970704588270857690224303569112507", ""])
        let lab = try Tables.column("lab", of: result.text)
        #expect(lab.first == lab.last)
        #expect(lab.first != "X1")
    }

    @Test("tell which patients have no images, and what would bring them together")
    func images() throws {
        let pseudonyms = try Objects.pseudonyms()
        let imaged = Set(["00012345", "00000077", "9"].map { pseudonyms.patientID(issuer: "", id: $0) })
        let text = "id,sex\n12345,F\n77,M\n9,F\n9,F\n4711,M\n"
        let report = try Tables.run(text, "columns:\n  id: id\n  sex: sex\n", imaged: imaged).report
        #expect(report.images?.withImages == 1)
        #expect(report.images?.withoutImages == 3)
        #expect(report.images?.imagesWithoutRow == 2)
        #expect(report.images?.rows.first == [2, 3, 6])
        #expect(report.images?.remedies == ["zero_pad: 8": 2])
        let padded = try Tables.run(
            text, "patient: {zero_pad: 8}\ncolumns:\n  id: id\n  sex: sex\n", imaged: imaged
        ).report
        #expect(padded.images?.withImages == 2)
    }

    @Test("lose rows of nobody, and say which")
    func nobody() throws {
        let result = try Tables.run("id,sex\nP1,F\n,M\nunknown,M\n,\n", "columns:\n  id: id\n  sex: sex\n")
        #expect(result.report.rows == 3)
        #expect(result.report.written == 1)
        #expect(result.report.refusedRows.first?.rows.first == [3, 4])
    }

    @Test("keep their own form: separator, line ends, mark")
    func form() throws {
        let text = "\u{FEFF}id;sex\r\nP1;F\r\n"
        let result = try Tables.run(text, "columns:\n  id: id\n  sex: sex\n")
        #expect(result.text.hasPrefix("\u{FEFF}id;sex\r\n"))
        #expect(result.text.hasSuffix(";F\r\n"))
    }
}
