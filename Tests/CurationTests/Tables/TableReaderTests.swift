import Curation
import DICOM
import Testing

@Suite("Tables of text")
struct TableReaderTests {
    // The cases of RFC 4180 section 2.
    @Test("are read by the rules of RFC 4180")
    func rules() throws {
        #expect(try Tables.rows("a,b\r\n1,2\r\n") == [["a", "b"], ["1", "2"]])
        #expect(try Tables.rows("a,b\r\n1,2") == [["a", "b"], ["1", "2"]])
        #expect(try Tables.rows("a,b\n\"1\",\"x,y\"\n") == [["a", "b"], ["1", "x,y"]])
        #expect(try Tables.rows("a,b\n1,\"two\r\nlines\"\n") == [["a", "b"], ["1", "two\r\nlines"]])
        #expect(try Tables.rows("a,b\n1,\"say \"\"so\"\"\"\n") == [["a", "b"], ["1", "say \"so\""]])
        #expect(try Tables.rows("a,b\n,\n") == [["a", "b"], ["", ""]])
    }

    @Test("of spreadsheets have byte order marks, semicolons, tabs and old line ends")
    func spreadsheets() throws {
        #expect(try Tables.rows([0xEF, 0xBB, 0xBF] + Array("a;b\r\n1,5;2\r\n".utf8)) == [["a", "b"], ["1,5", "2"]])
        #expect(try Tables.rows("a\tb\n1\t2\n") == [["a", "b"], ["1", "2"]])
        #expect(try Tables.rows("a,b\r1,2\r") == [["a", "b"], ["1", "2"]])
        #expect(try Tables.rows("\"a;b\",c\n1,2\n") == [["a;b", "c"], ["1", "2"]])
        #expect(try Tables.rows("a,b\n\n1,2\n\n\n") == [["a", "b"], ["1", "2"]])
    }

    @Test("in UTF-16 are read where a mark says so, in either order and with characters of two units")
    func utf16() throws {
        let text = "név;b\r\nŐ𝒳;2\r\n"
        for (mark, isLittle) in [([UInt8](arrayLiteral: 0xFF, 0xFE), true), ([0xFE, 0xFF], false)] {
            var bytes = mark
            for unit in text.utf16 {
                let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
                bytes += isLittle ? pair : pair.reversed()
            }
            #expect(try Tables.rows(bytes) == [["név", "b"], ["Ő𝒳", "2"]])
        }
    }

    @Test("in UTF-16 stay whole where a character lies across two pieces of the file")
    func utf16Pieces() throws {
        // 0xD835 0xDCB3 is U+1D4B3; the file is read in pieces of 262,144 bytes.
        for padding in 131_060...131_075 {
            let text = "a;b\n" + String(repeating: "x", count: padding) + "𝒳;2\n"
            let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            let rows = try Tables.rows(bytes)
            #expect(rows.last?.first?.hasSuffix("x𝒳") == true)
        }
    }

    @Test("of older Windows programs are refused until somebody says what they are")
    func windows() throws {
        let bytes = Array("id,name\n1,M".utf8) + [0xFC, 0x6C, 0x80, 0x0A]
        #expect(throws: TableError.self) { try Tables.rows(bytes) }
        #expect(try Tables.rows(bytes, encoding: .windows1252) == [["id", "name"], ["1", "Mül€"]])
    }

    @Test("that are no text say what to do")
    func workbooks() {
        #expect(Tables.error("PK\u{3}\u{4}…")?.code == .notText)
        #expect(Tables.error("PK\u{3}\u{4}…")?.message.contains("CSV UTF-8") == true)
        #expect(throws: TableError.self) { try Tables.rows([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) }
        #expect(Tables.error("")?.code == .header)
    }

    @Test("that do not hold together name the row and what to look for, and no cell")
    func errors() {
        let short = Tables.error("id,name,age\n1,Miller,30\n2,Smith\n")
        #expect(short?.code == .form)
        #expect(short?.row == 3)
        #expect(short?.column == "age")
        #expect("\(String(describing: short))".contains("Smith") == false)
        #expect(Tables.error("a,b\n1,2,3\n")?.row == 2)
        #expect(Tables.error("a,b\n1,\"open\n2,3\n")?.code == .form)
        #expect(Tables.error("a,b\n1,\"x\"y\n")?.code == .form)
        #expect(Tables.error("a,b,a\n1,2,3\n")?.code == .header)
        #expect(Tables.error("a,,b\n1,2,3\n")?.code == .header)
        #expect(Tables.error("a,b\n1,\0\n")?.code == .encoding)
    }

    @Test("take bounded memory, whatever a quote that is never closed would swallow")
    func limits() {
        var limits = TableLimits()
        limits.fieldBytes = 100
        let text = Array("a,b\n1,\"\(String(repeating: "x", count: 200))".utf8)
        #expect { try Tables.rows(text, limits: limits) } throws: { ($0 as? TableError)?.code == .tooLarge }
        limits.columns = 3
        #expect { try Tables.rows(Array("a,b,c,d\n".utf8), limits: limits) } throws: {
            ($0 as? TableError)?.code == .tooLarge
        }
    }

    @Test("that were written read back as they were")
    func writer() throws {
        let rows = [
            ["id", "remark;s"], ["1", "say \"so\"; twice"], ["2", "two\nlines"], ["", " spaced "], ["3", "a,b"],
        ]
        for form in [TableForm(separator: .semicolon, hasByteOrderMark: true, endsLinesInCRLF: true), TableForm()] {
            var bytes: [UInt8] = []
            var writer = TableWriter(form: form) { bytes += $0 }
            for row in rows { try writer.write(row) }
            try writer.finish()
            #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]) == form.hasByteOrderMark)
            // The names of columns lose the space around them; these have none.
            #expect(try Tables.rows(bytes, separator: form.separator) == rows)
        }
    }
}
