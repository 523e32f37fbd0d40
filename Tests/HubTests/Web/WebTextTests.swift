import Cohort
import Testing
import WebPages

@testable import Hub

@Suite("Numbers, addresses and files of the page")
struct WebTextTests {
    @Test(
        "numbers have their thousands apart",
        arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-45_000, "-45,000")])
    func grouped(number: Int, text: String) {
        #expect(CountText.grouped(number) == text)
    }

    @Test(
        "a range says what is known",
        arguments: [
            (CountRange(low: 12, high: 12), "12", "12"), (CountRange(low: 0, high: 0), "0", "0"),
            (CountRange(low: 0, high: 4), "<5", "<5"), (CountRange(low: 1230, high: 1234), "1,230–1,234", "≥ 1,230"),
            (CountRange(low: 96, high: nil), "≥ 96", "≥ 96"), (CountRange(low: 0, high: nil), "≥ 0", "≥ 0"),
        ])
    func ranges(range: CountRange, text: String, brief: String) {
        #expect(CountText.text(range) == text)
        #expect(CountText.brief(range) == brief)
    }

    @Test("addresses carry any question there and back")
    func addresses() {
        let text = "manufacturer = \"Ö & Co. +1%\" and not (age >= 50)\n# 🫁"
        let link = WebLink.question(text, id: "a&b")
        let query = String(link.drop { $0 != "?" }.dropFirst())
        #expect(!query.contains(" ") && !query.contains("\""))
        #expect(QueryString.value(of: "where", in: query) == text)
        #expect(QueryString.value(of: "id", in: query) == "a&b")
    }

    @Test(
        "a form's address is read as forms write it, and nonsense is nothing",
        arguments: [
            ("where=modality+%3D+MR&x=1", "modality = MR"), ("x=1&where=", ""), ("where", ""), ("x=1", nil), ("", nil),
            ("where=%", nil), ("where=%zz", nil), ("where=%+1", nil), ("where=%ff", nil), ("where=a=b", "a=b"),
        ] as [(String, String?)])
    func forms(query: String, value: String?) {
        #expect(QueryString.value(of: "where", in: query) == value)
    }

    @Test("assets are found by name and by version; what is not there is not there")
    func assets() throws {
        let current = try #require(WebAsset.at("\(WebAsset.version)/atles.css"))
        #expect(current.asset.contentType == "text/css; charset=utf-8")
        #expect(current.cacheControl.contains("immutable"))
        #expect(WebAsset.link("atles.css") == "/assets/\(WebAsset.version)/atles.css")
        // An older page's link gets today's file, but must not keep it as if it were the older one.
        #expect(WebAsset.at("0000000000000000/atles.js")?.cacheControl == "no-cache")
        #expect(WebAsset.at("logo.svg")?.asset.contentType == "image/svg+xml")
        for path in ["", "/", "nothing.js", "a/b/atles.css", "layout.mustache", "../../Package.swift"] {
            #expect(WebAsset.at(path) == nil)
        }
    }

    @Test("every asset has a tag of its own")
    func tags() {
        #expect(Set(WebAsset.all.map(\.etag)).count == WebAsset.all.count)
    }
}
