import Curation
import DICOM
import Foundation
import Testing

@Suite("The report of a check")
struct QualityReportTests {
    /// Series with one finding of each severity and pictures.
    private var dataSet: MemoryDataSet {
        get throws {
            var slices = Slice.stack(heights(20, without: [7])) + Slice.stack(heights(5), series: 2)
            for index in slices.indices where slices[index].series == "1.2.3.1.2" {
                slices[index].change = { $0.append(.bodyPartExamined, .cs, string: "LEBER") }
            }
            slices[3].change = { $0.append(.kvp, .ds, string: "0") }
            return try MemoryDataSet(slices)
        }
    }

    @Test("survives a round through JSON, without its pictures")
    func json() throws {
        let report = try dataSet.check()
        #expect((report.errors, report.warnings, report.notices) == (1, 1, 1))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(report)
        var bare = report
        bare.pictures = [:]
        #expect(try JSONDecoder().decode(QualityReport.self, from: data) == bare)
        #expect(!String(decoding: data, as: UTF8.self).contains("jpeg") && data.count < 20_000)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "version", "title", "checked", "errors", "warnings", "notices", "completeness", "rules", "series",
                "pairs", "limitations",
            ])
    }

    @Test("is the same however many threads made it")
    func threads() async throws {
        let one = try dataSet.check()
        for _ in 0..<5 {
            let check = try QualityCheck(source: try dataSet)
            await withTaskGroup { group in
                for _ in 0..<4 { group.addTask { check.work() } }
            }
            #expect(try check.report(made: nil) == one)
        }
    }

    @Test("lists findings up to a number, and counts all")
    func many() throws {
        let slices = (1...8).flatMap { series in
            Slice.stack(heights(3), series: series) { $0.change = { $0.append(.kvp, .ds, string: "0") } }
        }
        var options = QualityOptions()
        options.listedPerRule = 5
        let report = try MemoryDataSet(slices).check(options)
        #expect(report["range.implausible"]?.findings == 8 && report["range.implausible"]?.listed.count == 5)
        #expect(report.warnings == 8)
    }

    @Test("of nothing says so")
    func empty() throws {
        let report = try MemoryDataSet().check()
        #expect(report.checked.objects == 0 && report.completeness.tier == 0 && !report.hasErrors)
        #expect(QualityPage.html(report).contains("There is nothing to check yet."))
    }

    @Test("ends with the reason when it is cancelled")
    func cancelled() throws {
        let check = try QualityCheck(source: try dataSet)
        check.cancel()
        check.work()
        #expect(throws: CancellationError.self) { try check.report(made: nil) }
    }

    @Test("the page needs nothing else, and shows pictures and gaps")
    func page() throws {
        let report = try dataSet.check()
        let html = QualityPage.html(report)
        for foreign in ["http:", "https:", "<script", "<link", "@import", "url(", "javascript:"] {
            #expect(!html.contains(foreign), "\(foreign)")
        }
        #expect(html.components(separatedBy: "data:image/jpeg;base64,").count - 1 == 6)
        #expect(html.contains("missing-gap") && html.contains("geometry.missing-slice"))
        #expect(html.contains("Fetch the series again; if the archive has no more"))
    }

    @Test("what came from objects cannot become markup")
    func escaping() throws {
        let evil = "<script>alert(1)</script>\"'&"
        var slices = Slice.stack(heights(20, without: [7]))
        for index in slices.indices { slices[index].patient = evil }
        var dataSet = try MemoryDataSet(slices)
        dataSet.title = evil
        let report = try dataSet.check()
        let html = QualityPage.html(report)
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"))
        #expect(!html.contains("<script"))
    }

    @Test("the text names what to do and where, and leaves the rest to the JSON")
    func text() throws {
        let text = try dataSet.check().text
        #expect(text.contains("found        1 error, 1 warning, 1 notice"))
        #expect(text.contains("error  Slices are missing  [geometry.missing-slice]"))
        #expect(text.contains("- 1 of 20 slices are not there: after slice 7 (5 mm)."))
    }

    @Test("rules have ids of one form, each once, with an explanation and a remedy")
    func rules() {
        let ids = QualityRule.all.map(\.id)
        #expect(Set(ids).count == ids.count && ids.count > 40)
        for rule in QualityRule.all {
            #expect(rule.id.wholeMatch(of: /[a-z]+\.[a-z]+(-[a-z]+)*/) != nil, "\(rule.id)")
            #expect(rule.explanation.hasSuffix(".") && rule.remedy.hasSuffix("."), "\(rule.id)")
            #expect(!rule.title.hasSuffix(".") && QualityRule.named(rule.id) == rule)
        }
        #expect(QualityRule.text(width: 80).split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
