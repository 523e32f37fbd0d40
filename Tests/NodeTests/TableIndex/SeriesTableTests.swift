import Catalogue
import Cohort
import Curation
import Foundation
import Node
import Runtime
import TestSupport
import Testing

/// A node without a federation, and tables beside it.
private struct TableNode {
    let place = TemporaryFolder("table-node")
    let node: Node

    init(settings: String? = nil) async throws {
        let folder = NodeFolder(place.file("node"))
        _ = try await Node.create(in: folder, invitation: nil, title: "Archive")
        if let settings { try settings.write(toFile: folder.configuration, atomically: true, encoding: .utf8) }
        node = try Node.open(folder)
    }

    func file(_ text: String, _ name: String = "series.csv") throws -> String {
        try bytes(Array(text.utf8), name)
    }

    func bytes(_ bytes: [UInt8], _ name: String = "series.csv") throws -> String {
        let path = place.file(name)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    @discardableResult
    func load(_ text: String, _ name: String = "series.csv") throws -> SeriesTableReport {
        try #require(try node.index(.init(series: file(text, name))).series)
    }

    func index() throws -> Index { try Index.open(path: node.folder.index) }

    func counts(_ question: String) throws -> Counts {
        let all = Set(CohortModel.attributes.map(\.name))
        guard
            case .counted(let cohort, _) = try index().cohort(
                CohortQuery(text: question), answerable: all, rule: .standard)
        else { throw IndexError.failed("a condition that the index cannot apply") }
        return cohort.answer.counts
    }

    var pseudonyms: Pseudonymizer {
        get throws {
            Pseudonymizer(key: try PseudonymKey(SecretFile.read(node.folder.pseudonymKey, in: PosixFileSystem())))
        }
    }
}

@Suite("Loading a table of series")
struct SeriesTableTests {
    private static let header =
        "dataset,PatientID,StudyInstanceUID,SeriesInstanceUID,PatientSex,PatientAge,StudyDate,"
        + "Modality,BodyPartExamined,SliceThickness,NumberOfSeriesRelatedInstances"

    private static let table = """
        \(header)
        one,P1,1.2.1,1.2.1.1,F,045Y,2016-04-18,CT,CHEST,2.5,100
        one,P1,1.2.1,1.2.1.2,F,045Y,2016-04-18,SEG,,,1
        one,P2,1.2.2,1.2.2.1,M,095Y,20170101,MR,BREAST,1,30
        two,P1,1.2.3,1.2.3.1,M,050Y,2018-02-03,CT,ABDOMEN,5,200

        """

    @Test("counts its patients, studies, series and images")
    func counts() async throws {
        let site = try await TableNode()
        let report = try site.load(Self.table)
        #expect(report.rows == 4 && report.changes.added == 4 && report.isComplete)
        #expect(report.unusedColumns.isEmpty)
        // P1 of data set two is another patient than P1 of data set one.
        #expect(try site.index().totals() == Counts(patients: 3, studies: 3, series: 4, images: 331))
        #expect(try site.counts("modality = CT") == Counts(patients: 2, studies: 2, series: 2, images: 300))
        #expect(try site.counts("sliceThickness <= 2.5 mm").series == 2)
        #expect(try site.counts("sex = F").patients == 1)
    }

    @Test("ages of 90 and over are 90, as with images")
    func highAges() async throws {
        let site = try await TableNode()
        try site.load(Self.table)
        #expect(try site.counts("age = 90").patients == 1)
        #expect(try site.counts("age > 90").patients == 0)
    }

    @Test("a PatientID in two data sets is one patient where the site says so")
    func spanning() async throws {
        let site = try await TableNode()
        var request = Node.TableIndexRequest(series: try site.file(Self.table))
        request.patientsSpanDataSets = true
        let report = try #require(try site.node.index(request).series)
        #expect(try site.index().totals().patients == 2)
        // Data set two says another sex of P1: the first stays, and the row is named.
        let finding = try #require(report.findings.first)
        #expect(finding.column == "PatientSex" && finding.rows == [5] && !finding.setsRowAside)
    }

    @Test("pseudonyms are those that images and clinical tables with the node's key get")
    func pseudonyms() async throws {
        let site = try await TableNode()
        try site.load(Self.table)
        let expected = try site.pseudonyms
        #expect(
            try site.index().patients() == [
                expected.patientID(issuer: "one", id: "P1"), expected.patientID(issuer: "one", id: "P2"),
                expected.patientID(issuer: "two", id: "P1"),
            ])
    }

    @Test("no identifier, UID or date of the table is in the index's file")
    func nothingOriginal() async throws {
        let site = try await TableNode()
        try site.load(
            """
            \(Self.header)
            one,MUSTERMANN77,1.2.840.99999.4711,1.2.840.99999.4711.1,F,045Y,2016-04-18,CT,CHEST,2.5,100

            """)
        for suffix in ["", "-wal"] {
            let bytes = (try? PosixFileSystem().read(site.node.folder.index + suffix, limit: 1 << 26)) ?? []
            for text in ["MUSTERMANN77", "1.2.840.99999", "20160418", "2016-04-18"] {
                #expect(bytes.firstRange(of: Array(text.utf8)) == nil, "\(text) in index\(suffix)")
            }
        }
    }

    @Test("the same table again changes nothing")
    func again() async throws {
        let site = try await TableNode()
        try site.load(Self.table)
        let token = try site.index().changeToken()
        #expect(try site.load(Self.table).isUnchanged)
        #expect(try site.index().changeToken() == token)
        // The same rows in another order are another file, and say the same.
        let lines = Self.table.split(separator: "\n")
        let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
        let report = try site.load(turned)
        #expect(
            report.changes
                == {
                    var same = ListingChanges(); same.unchanged = 4; return same
                }())
        #expect(try site.index().changeToken() == token)
    }

    @Test("a new form of the table adds, changes and removes")
    func changed() async throws {
        let site = try await TableNode()
        try site.load(Self.table)
        let report = try site.load(
            """
            \(Self.header)
            one,P1,1.2.1,1.2.1.1,M,045Y,2016-04-18,CT,LUNG,2.5,100
            one,P1,1.2.1,1.2.1.3,,045Y,2016-04-18,PT,,,7
            two,P1,1.2.3,1.2.3.1,M,050Y,2018-02-03,CT,ABDOMEN,5,200

            """)
        #expect(report.changes.added == 1 && report.changes.changed == 1 && report.changes.unchanged == 1)
        #expect(report.changes.removed == 2)
        #expect(try site.index().totals() == Counts(patients: 2, studies: 2, series: 3, images: 307))
        #expect(try site.counts("bodyPart = LUNG").series == 1)
        #expect(try site.counts("sex = F").series == 0)
        #expect(try site.counts("sex = M and modality = PT").series == 1)
    }

    @Test("tables of two names stand side by side")
    func twoTables() async throws {
        let site = try await TableNode()
        try site.load(Self.table)
        let report = try site.load(
            """
            \(Self.header)
            three,P9,1.2.9,1.2.9.1,F,045Y,2016-04-18,MG,BREAST,,4
            one,P1,1.2.1,1.2.1.1,F,045Y,2016-04-18,MG,CHEST,2.5,100

            """, "mammography.csv")
        #expect(report.changes.added == 1 && report.setAside == 1)
        #expect(try site.counts("modality = MG").series == 1)
        try site.load(Self.header + "\n", "mammography.csv")
        #expect(try site.index().totals().series == 4)
    }

    @Test("a row with too many fields is set aside with its number, and the others are loaded")
    func malformedRow() async throws {
        let site = try await TableNode()
        let report = try site.load(Self.table + "one,P3,1.2.4,1.2.4.1,F,045Y,2016-04-18,CT,CHEST, left,2.5,100\n")
        #expect(report.setAside == 1 && report.changes.added == 4)
        #expect(report.findings.map(\.rows) == [[6]])
    }

    @Test("bad values are left out with row and column, and nothing of them is told")
    func badValues() async throws {
        let site = try await TableNode()
        let report = try site.load(
            """
            \(Self.header)
            one,P1,1.2.1,1.2.1.1,female,45,18.4.2016,CT,CHEST,"2,5",many
            one,P2,1.2.2,not-a-uid,F,045Y,2016-04-18,CT,CHEST,2.5,1
            one,P3,1.2E+30,1.2.3.1,F,045Y,2016-04-18,CT,CHEST,2.5,1

            """)
        #expect(report.changes.added == 1 && report.setAside == 2)
        #expect(
            Set(report.findings.compactMap(\.column)) == [
                "PatientSex", "PatientAge", "StudyDate", "SliceThickness", "NumberOfSeriesRelatedInstances",
                "SeriesInstanceUID", "StudyInstanceUID",
            ])
        #expect(report.text.contains("decimal comma"))
        for value in ["female", "18.4.2016", "not-a-uid", "many"] { #expect(!report.text.contains(value)) }
    }

    @Test("contradictory rows of one series: the first stays, the other is set aside")
    func contradiction() async throws {
        let site = try await TableNode()
        let report = try site.load(
            Self.table + "one,P1,1.2.1,1.2.1.1,F,045Y,2016-04-18,MR,CHEST,2.5,100\n"
                + "one,P2,1.2.2,1.2.2.1,M,095Y,20170101,MR,BREAST,1,30\n")
        #expect(report.setAside == 1 && report.repeated == 1)
        #expect(report.findings.map(\.rows) == [[6]])
        #expect(try site.counts("modality = MR").series == 1)
    }

    @Test("a table that cannot be read to its end leaves the index as it was")
    func nothingHalfLoaded() async throws {
        let site = try await TableNode()
        try site.load(Self.table)
        let token = try site.index().changeToken()
        let rows = (0..<500).map { "one,Q\($0),1.3.\($0),1.3.\($0).1,F,045Y,2016-04-18,CT,CHEST,2.5,1\n" }.joined()
        #expect(throws: NodeError.self) { try site.load(Self.header + "\n" + rows + "\"never closed") }
        let latin = Array((Self.header + "\n" + rows).utf8) + [0x4D, 0xFC, 0x0A]
        #expect(throws: NodeError.self) { try site.node.index(.init(series: site.bytes(latin))) }
        #expect(try site.index().changeToken() == token)
        #expect(try site.index().totals().series == 4)
    }

    @Test("semicolons, tabs, byte order marks and UTF-16 are read", arguments: [";", "\t"])
    func forms(separator: String) async throws {
        let site = try await TableNode()
        let text = "\u{FEFF}" + Self.table.replacing(",", with: separator).replacing("\n", with: "\r\n")
        #expect(try site.load(text).changes.added == 4)
        let other = try await TableNode()
        let wide = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try other.node.index(.init(series: other.bytes(wide))).series?.changes.added == 4)
    }

    @Test("zero bytes, with which DICOM pads values, are no part of a value")
    func padding() async throws {
        let site = try await TableNode()
        let report = try site.load(Self.table.replacing("CHEST", with: "CHEST\u{0}"))
        #expect(report.changes.added == 4 && report.isComplete)
        #expect(try site.counts("bodyPart = CHEST").series == 1)
    }

    @Test("columns that have no place are listed")
    func unusedColumns() async throws {
        let site = try await TableNode()
        let report = try site.load("PatientID,StudyInstanceUID,SeriesInstanceUID,Shoe Size\nA,1.2,1.3,44\n")
        #expect(report.unusedColumns == ["Shoe Size"])
    }

    @Test("without the columns that every table needs nothing is loaded")
    func missingColumn() async throws {
        let site = try await TableNode()
        #expect(throws: NodeError.self) { try site.load("PatientID,StudyInstanceUID\nA,1.2\n") }
        #expect(throws: NodeError.self) { try site.load("") }
    }

    @Test("the basic profile keeps no sex, age and date, of tables as of images")
    func basicProfile() async throws {
        let site = try await TableNode(settings: "title: Archive\nprofile: basic\n")
        let report = try site.load(Self.table)
        #expect(report.removedColumns == ["PatientSex", "PatientAge", "StudyDate"] && report.isComplete)
        #expect(try site.counts("exists sex").series == 0)
        #expect(try site.counts("exists age").series == 0)
        #expect(try site.counts("exists study.date").series == 0)
        #expect(try site.counts("modality = CT").series == 2)
    }

    @Test("descriptions of data sets are kept, and replaced by the next table")
    func dataSets() async throws {
        let site = try await TableNode()
        let path = try site.file("dataset,title,provider,extra\none,The first,Clinic,x\ntwo,The second,,y\n", "d.csv")
        let report = try site.node.index(.init(series: nil, dataSets: path))
        #expect(report.dataSets?.count == 2 && report.dataSets?.unusedColumns == ["extra"])
        #expect(try site.index().dataSets().map(\.title) == ["The first", "The second"])
        #expect(try site.node.index(.init(series: nil, dataSets: path)).dataSets?.isChanged == false)
    }
}
