import Curation
import DICOM
import TestSupport
import Testing

@Suite("What must not come out of tables")
struct TableLeakTests {
    /// A name, a number, an address of e-mail, a telephone number, a day, one among good values each.
    private static let planted = [
        "Krzyzewski", "Xaver Krzyzewski", "H0090210", "xk@example.org", "0301234567", "1971-08-23", "Lindenstrasse 12",
    ]

    private static let roles: [(role: String, good: [String])] = [
        ("identifier", ["A1", "A2"]), ("date", ["2021-03-04", "2021-04-05"]),
        ("datetime", ["2021-03-04 08:15", "2021-04-05 09:30"]),
        ("{role: date, format: dd/mm/yyyy}", ["04/03/2021", "15/04/2021"]), ("age", ["45", "67"]),
        ("birth_date", ["1950-01-01"]),
        ("{role: birth_date, becomes: age, at: seen}", ["1950-01-01", "1960-02-02"]), ("sex", ["F", "M"]),
        ("number", ["4.5", "<0.1"]), ("code", ["C50.1", "C61.9"]), ("category", ["benign", "malignant"]),
        ("area", ["10115", "20095"]),
        ("text", ["liver lesion"]), ("{role: text, allow_text: true}", ["liver lesion", "no lesion"]),
        ("uid", ["1.2.840.99.1"]),
        ("drop", ["x"]),
    ]

    @Test("is what identifies somebody among the values of a column, whatever its role", arguments: roles.indices)
    func planted(_ index: Int) throws {
        let (role, good) = Self.roles[index]
        for planted in Self.planted {
            // Days belong into columns of days, where they are moved; what is planted there is the others.
            if planted.hasPrefix("19"), role.contains("date") { continue }
            let rows = (0..<60).map { number in
                let value = number == 31 ? planted : good[number % good.count]
                return "H\(9_090_000 + number),2020-01-01,\"\(value)\"\n"
            }
            let result = try Tables.run(
                "pid,seen,what\n" + rows.joined(), "columns:\n  pid: id\n  seen: date\n  what: \(role)\n")
            #expect(!result.text.contains(planted), "\(role)")
            #expect(!result.text.contains("Krzyzewski"), "\(role)")
            #expect(!result.report.text.contains("Krzyzewski"))
            #expect(!result.text.contains("H9090"))
        }
    }

    @Test("are days that several patients have among codes")
    func sharedDays() throws {
        let text = "pid,code\n" + (0..<60).map { "P\($0),\($0 % 20 == 7 ? "1971-08-23" : "C50.\($0 % 3)")\n" }.joined()
        for role in ["code", "category"] {
            let result = try Tables.run(text, "columns:\n  pid: id\n  code: \(role)\n")
            #expect(!result.text.contains("1971"))
            #expect(result.text.contains("C50.1"))
        }
    }

    @Test("are the patient's own number and birth date in a text that may stay")
    func ownNumber() throws {
        let text = "pid,born,note\nH-90210,1971-08-23,\"born 1971-08-23, number H-90210, lesion of the liver\"\n"
        let result = try Tables.run(
            text, "columns:\n  pid: id\n  born: birth_date\n  note: {role: text, allow_text: true}\n")
        #expect(!result.text.contains("90210"))
        #expect(!result.text.contains("1971"))
        #expect(result.text.contains("liver"))
    }

    @Test("is anything at all, when a table is damaged: it ends in an error or in rows")
    func damaged() throws {
        let whole = Array("pid;seen;what\r\nP1;2020-01-01;\"a \"\"b\"\"\nc\"\r\nP2;2021-01-01;d\r\n".utf8)
        var random = SeededGenerator(seed: 11)
        for _ in 0..<4_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1:
                    bytes.insert(
                        [0x22, 0x3B, 0x0D, 0x0A, 0xFF, 0xFE, 0][Int.random(in: 0..<7, using: &random)], at: place)
                default: bytes.remove(at: place)
                }
            }
            do {
                let rows = try Tables.rows(bytes)
                #expect(rows.allSatisfy { $0.count == rows[0].count })
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }
}
