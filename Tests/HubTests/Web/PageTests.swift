import Cohort
import Testing
import WebPages

@testable import Hub

@Suite("Pages")
struct PageTests {
    private let pages: Pages

    init() throws {
        pages = try Pages()
    }

    /// One of each, of a federation whose names are hostile.
    private func every() throws -> [String] {
        var federation = PageFixtures.federation(PageFixtures.hostileName)
        federation.sites[0].name = PageFixtures.hostileName
        federation.sites[0].country = PageFixtures.hostileName
        federation.sites[0].card?.title = PageFixtures.hostileName
        federation.sites[0].card?.description = PageFixtures.hostileName
        federation.sites[0].card?.modalities = PageFixtures.modalities((PageFixtures.hostileName, .exact(7)))
        let answer = PageFixtures.answered(
            PageFixtures.counts(.exact(1), .exact(2)),
            facets: [PageFixtures.modalities((PageFixtures.hostileName, .exact(7)))])
        let question = try PageFixtures.question(
            "manufacturer = \"</textarea><script>x\"",
            [
                PageFixtures.result(PageFixtures.hostileName, .answered, answer: answer),
                PageFixtures.result("B", .failed, reason: PageFixtures.hostileName),
            ])
        let problem = QuestionProblem(
            message: PageFixtures.hostileName, position: 3, suggestions: [PageFixtures.hostileName])
        return [
            pages.explorer(federation), pages.explorer(federation, .asked(question)),
            pages.explorer(federation, .draft("</textarea>" + PageFixtures.hostileName, problem)),
            pages.about(federation: PageFixtures.hostileName),
            pages.failure(.unavailable(PageFixtures.hostileName), federation: PageFixtures.hostileName),
        ]
    }

    @Test("what sites call themselves never becomes markup, whatever its characters combine with")
    func hostileNames() throws {
        for page in try every().map(withoutData) {
            #expect(!page.unicodeScalars.contains("\u{0}"))
            #expect(!holds(page, "<script>"))
            #expect(!holds(page, "\" onload"))
            // A quotation mark with an accent on it is one character, and none that a search for quotation marks finds.
            let accented = "\"\u{301}"
            #expect(!holds(page, accented))
            #expect(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt;"))
        }
    }

    @Test("what the script reads beside the markup cannot end its element")
    func data() throws {
        for page in try every() {
            for data in page.matches(of: /<script type="application\/json"[^>]*>(.*?)<\/script>/) {
                #expect(!data.output.1.contains("<"))
                #expect(data.output.1.hasPrefix("[{") && data.output.1.hasSuffix("}]"))
            }
        }
    }

    /// A page without the JSON for its script, in which quotation marks are quotation marks.
    private func withoutData(_ page: String) -> String {
        page.replacing(/<script type="application\/json"[^>]*>.*?<\/script>/, with: "")
    }

    @Test("nothing on a page needs an exception from the policy: no inline script, no style, no handler")
    func strictPolicy() throws {
        for page in try every() {
            #expect(!page.contains("<style"))
            let style = page.firstMatch(of: /<[^>]*\sstyle=/)
            let handler = page.firstMatch(of: /<[a-z][^>"]*(?:"[^"]*"[^>"]*)*\son[a-z]+=/)
            let elsewhere = page.firstMatch(of: /(?:href|src)="(?:https?:)?\/\//)
            #expect(style == nil && handler == nil && elsewhere == nil)
            for script in page.matches(of: /<script[^>]*>/) {
                #expect(script.output.contains("src=\"/assets/") || script.output.contains("type=\"application/json\""))
            }
        }
        #expect(!SecurityHeaders.contentSecurityPolicy.contains("unsafe"))
    }

    @Test("the federation is told at a glance, hidden parts as such")
    func glance() throws {
        let page = pages.explorer(PageFixtures.federation())
        #expect(page.contains("Cancer images in 3 hospitals of 2 countries, searched as one"))
        #expect(page.contains("<dt>sites</dt><dd>3 <small>2 on line</small></dd>"))
        #expect(page.contains("<dt>data sets</dt><dd>2</dd>"))
        #expect(page.contains("<dt>patients</dt><dd>≥ 1,200</dd>"))
        #expect(page.contains("<dt>images</dt><dd>≥ 45,000</dd>"))
        #expect(page.contains("Germany off line, Spain 2 sites on line"))
        #expect(page.contains("Has not described its data set yet."))
        #expect(
            page.contains(
                "<p class=\"muted small\">MR, CT · 2015–2019 · described 2026-11-24 · hides counts under 5</p>"))
    }

    @Test("a federation without sites says what comes first")
    func empty() throws {
        let page = pages.explorer(FederationOverview(name: "New", sites: []))
        #expect(page.contains("No site has joined yet."))
        #expect(page.contains("<dt>patients</dt><dd>0</dd>"))
    }

    @Test(
        "a question that cannot be read comes back as it was written, marked at the place, with what may have been meant"
    )
    func problem() throws {
        let problem = QuestionProblem(
            message: "there is no attribute modalty", position: 2, length: 7, suggestions: ["modality"])
        let page = pages.explorer(PageFixtures.federation(), .draft("🫁 modalty = MR", problem))
        for wanted in ["\n🫁 modalty = MR</textarea>", "data-where=\"🫁 modality = MR\">modality</a>"] {
            #expect(page.contains(wanted))
        }
        #expect(page.contains(#"<mark data-is="wrong">modalty</mark>"#))
        #expect(page.contains(#"aria-invalid="true""#))
    }

    @Test("a place beyond the text, or none, is no trap", arguments: [nil, -1, 5, 6, Int.max])
    func oddPlaces(position: Int?) {
        let problem = QuestionProblem(message: "the question ends too early", position: position, suggestions: ["MR"])
        let view = ProblemView(text: "abc =", problem)
        #expect(view.before + view.wrong + view.after == (position == 5 ? "abc = " : "abc ="))
    }

    @Test("each kind of record has a page of its attributes, with all their values", arguments: CohortEntity.allCases)
    func attributes(_ entity: CohortEntity) {
        let page = pages.attributes(of: entity, federation: "Test")
        for attribute in CohortModel.attributes where attribute.entity == entity {
            #expect(page.contains("<code>\(attribute.name)</code>"))
            if let value = attribute.knownValues.last { #expect(page.contains("<li><code>\(value.code)</code>")) }
        }
        #expect(page.utf8.count < 100_000)
    }

    @Test("everything that a first visit needs is less than 100 kB, with thirty sites too")
    func size() throws {
        var federation = PageFixtures.federation()
        federation.sites = (0..<30).map { number in
            var site = federation.sites[0]
            site.id = "site\(number)"
            site.name = "Hospital number \(number) of a federation with a long name"
            return site
        }
        let results = federation.sites.map { site in
            SiteResult(
                site: .init(id: site.id, name: site.name, country: site.country), state: .answered,
                answer: PageFixtures.answered(PageFixtures.counts(.exact(1000), .exact(70_000))))
        }
        let assets = WebAsset.first.map(\.bytes.count).reduce(0, +)
        for page in [
            pages.explorer(federation),
            pages.explorer(federation, .asked(try PageFixtures.question("modality = MR", results))),
        ] {
            #expect(page.utf8.count + assets < 100_000)
        }
    }

    @Test("no two elements of a page have the same id")
    func identifiers() throws {
        for page in try every() {
            let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
            #expect(ids.count == Set(ids).count)
        }
    }

    /// Whether the scalars of `part` stand in `page`, one after the other, whatever characters they form.
    private func holds(_ page: String, _ part: String) -> Bool {
        let bytes = Array(page.utf8)
        let wanted = Array(part.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { start in
            bytes[start] == wanted[0] && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
