import Foundation
import Rounds
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Pictures are well-formed, say in words what they show, and carry nothing that runs.
@Suite("Pictures", .needsCancerTables)
struct PictureTests {
    /// Collects an SVG's elements and texts.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [String: Int] = [:]
        var texts: [String] = []
        private var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements[name, default: 0] += 1
            text = ""
        }
        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            if name == "text" || name == "title" || name == "desc" { texts.append(text) }
        }
    }

    private func read(_ picture: Picture) throws -> (elements: [String: Int], texts: [String]) {
        let reader = Reader()
        let parser = XMLParser(data: Data(picture.svg.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(picture.name) is well-formed")
        #expect(reader.elements["script"] == nil && reader.elements["style"] == nil && reader.elements["a"] == nil)
        #expect(reader.elements["title"] == 1 && reader.elements["desc"] == 1)
        #expect(!picture.svg.contains("NaN") && !picture.svg.contains("nan\""))
        return (reader.elements, reader.texts)
    }

    @Test("of survival curves have the numbers at risk of R below the axis")
    func survival() throws {
        let plan = KaplanMeier(SurvivalTime(time: "time", event: "cens"), group: "horTh")
        let outcome = try LocalRun(plan).run(SurvivalData.gbsg().split(into: 3)).outcome
        let picture = try #require(outcome.pictures.first)
        let (elements, texts) = try read(picture)
        // R: summary(survfit(Surv(time, cens) ~ horTh), times = ceiling(365.25 * 0:7))$n.risk
        for count in ["440", "379", "281", "195", "124", "63", "18", "246", "223", "177", "136", "104", "58"] {
            #expect(texts.contains(count))
        }
        #expect(texts.contains("Number at risk") && texts.contains("Time (years)"))
        #expect(texts.contains("Log-rank p = 0.003"))
        // Two bands and two curves.
        #expect(elements["path"] == 4)
    }

    @Test("of hazard ratios have a line for each covariate")
    func forest() throws {
        let plan = try CoxRegression(try Formula("time, cens ~ horTh + age + tsize + pnodes + progrec"))
        let outcome = try LocalRun(plan).run(SurvivalData.gbsg().split(into: 3)).outcome
        let (elements, texts) = try read(try #require(outcome.pictures.first))
        // exp(-0.345352 ± 1.959964 · 0.127902)
        #expect(texts.contains("0.71 (0.55–0.91)"))
        #expect(texts.contains("horTh: yes") && texts.contains("0.007") && texts.contains("< 0.001"))
        #expect(elements["rect"] == 5)
        #expect(outcome.tables.map(\.rows.count) == [5, 3, 6])
    }

    @Test("escape what a level's name may hold")
    func escaped() throws {
        let name = "</text><script>alert(1)</script>&\"\u{0}\u{1B}"
        let bars = BarPicture(title: name, measure: name, bars: [.init(label: name, value: 3, text: name)])
        let (elements, texts) = try read(bars.picture)
        // Four ticks from 0 to 3, the axis' title, the label and the number.
        #expect(elements["text"] == 7)
        #expect(texts.first == "</text><script>alert(1)</script>&\"")
    }

    @Test("of counts leave out what may not be shown")
    func hidden() throws {
        let counts = [3, 0, 12].map { ProtectedCount($0, minimumCell: 5) }
        let picture = HistogramPicture(title: "Age", variable: "years", edges: [0, 10, 20, 30], counts: counts).picture
        let (elements, texts) = try read(picture)
        #expect(elements["rect"] == 3)
        #expect(texts.contains("Dashed: a number that may not be shown"))
        #expect(texts[1] == "0 to 10: <5. 10 to 20: 0. 20 to 30: 12")
    }

    @Test("survive numbers that are none")
    func odd() throws {
        let row = ForestPicture.Row(label: "x", ratio: .infinity, lower: 0, upper: .infinity, p: .nan)
        _ = try read(ForestPicture(title: "t", measure: "m", rows: [row]).picture)
        _ = try read(ForestPicture(title: "t", measure: "m", rows: []).picture)
        _ = try read(HistogramPicture(title: "t", variable: "v", edges: [], counts: []).picture)
        _ = try read(BarPicture(title: "t", measure: "m", bars: [.init(label: "x", value: .nan, text: "–")]).picture)
        _ = try read(CalibrationPicture(title: "t", groups: []).picture)
        let roc = ROCPicture.Curve(label: "m", points: [(0, 0), (.nan, 0.5), (1, 1)], area: 0.75)
        let (_, texts) = try read(ROCPicture(title: "t", curves: [roc]).picture)
        #expect(texts.contains("AUC 0.750"))
    }
}
