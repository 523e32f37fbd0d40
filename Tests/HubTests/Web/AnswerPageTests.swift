import Cohort
import Testing

@testable import Hub

@Suite("The page of an answer, rendered by the hub alone")
struct AnswerPageTests {
    private let pages: Pages

    init() throws {
        pages = try Pages()
    }

    private func page(_ text: String, _ results: SiteResult...) throws -> String {
        pages.explorer(PageFixtures.federation(), .asked(try PageFixtures.question(text, results), written: text))
    }

    @Test("a count that a site hides stays hidden, and makes the total a range")
    func hidden() throws {
        let page = try page(
            "modality = MR",
            PageFixtures.result(
                "A", .answered, answer: PageFixtures.answered(PageFixtures.counts(.exact(1212), .exact(3400)))),
            PageFixtures.result(
                "B", .answered, answer: PageFixtures.answered(PageFixtures.counts(.fewerThan(5), .fewerThan(5)))))
        #expect(page.contains(#"data-is="patients">1,212</td>"#))
        #expect(page.contains(#"data-is="patients">&lt;5</td>"#))
        // Studies, series and images are hidden with their patients.
        #expect(page.contains(#"data-is="images">hidden</td>"#))
        #expect(page.contains(#"data-total="images">≥ 3,400</dd>"#))
        // 1212 + 0 … 1212 + 4
        #expect(page.contains(#"data-total="patients">1,212–1,216</dd>"#))
        #expect(page.contains("A number like “&lt;5” means fewer than 5 patients at that site"))
    }

    @Test("where every site hides, so does the total")
    func allHidden() throws {
        let hidden = PageFixtures.answered(PageFixtures.counts(.fewerThan(5), .fewerThan(1_000_000)))
        let page = try page(
            "modality = MR", PageFixtures.result("A", .answered, answer: hidden),
            PageFixtures.result("B", .answered, answer: hidden))
        // 0 … 4 and 0 … 4
        #expect(page.contains(#"data-total="patients">&lt;9</dd>"#))
        #expect(page.contains(#"data-total="images">hidden</dd>"#))
        #expect(!page.contains("1,000,000"))
    }

    @Test("nearly everything has no upper bound")
    func nearlyEverything() throws {
        let page = try page(
            "modality = MR",
            PageFixtures.result(
                "A", .answered, answer: PageFixtures.answered(PageFixtures.counts(.moreThan(95), .moreThan(950)))))
        #expect(page.contains(#"data-is="patients">&gt;95</td>"#))
        #expect(page.contains(#"data-total="patients">≥ 96</dd>"#))
    }

    @Test("no answer is no sum, not even zero")
    func nothingYet() throws {
        let page = try page("modality = MR", PageFixtures.result("A", .waiting))
        #expect(page.contains(#"data-total="patients">–</dd>"#))
        #expect(page.contains("0 of 1 site answered; 1 is still counting."))
    }

    @Test("a site that cannot apply a condition names it, and adds nothing")
    func cannotApply() throws {
        let refusal = SiteAnswer(
            outcome: .cannotApply,
            conditions: [
                ConditionReport(text: "modality = CT", status: .applied),
                ConditionReport(
                    text: "sliceThickness <= 2 mm", status: .unsupported, reason: "it is not recorded here"),
            ],
            counts: nil, facets: [], threshold: 5)
        let page = try page(
            "modality = CT and sliceThickness <= 2 mm",
            PageFixtures.result("A", .cannotApply, reason: "whatever", answer: refusal),
            PageFixtures.result(
                "B", .answered, answer: PageFixtures.answered(PageFixtures.counts(.exact(7), .exact(70)))))
        #expect(page.contains("cannot apply “sliceThickness &lt;= 2 mm”"))
        #expect(page.contains("it is not recorded here"))
        #expect(page.contains(#"data-total="patients">7</dd>"#))
        #expect(page.contains("1 of 2 sites answered; 1 cannot apply the question."))
    }

    @Test(
        "every other state is said in words, with its reason",
        arguments: [
            (SiteResult.State.offline, "off line"), (.late, "late"), (.failed, "failed"),
            (.waiting, "waiting for its answer"),
        ])
    func states(state: SiteResult.State, words: String) throws {
        let page = try page("modality = MR", PageFixtures.result("A", state, reason: "because of the weather"))
        let wanted = "<span data-is=\"state\">\(words)</span><small data-is=\"reason\">because of the weather</small>"
        #expect(page.contains(wanted))
    }

    @Test("values that are not recorded are told of, unless that number is hidden itself")
    func notRecorded() throws {
        let page = try page(
            "age >= 50",
            PageFixtures.result(
                "A", .answered,
                answer: PageFixtures.answered(
                    PageFixtures.counts(.exact(50), .exact(70)),
                    conditions: [
                        ConditionReport(text: "age >= 50", status: .applied, unknown: .exact(1400)),
                        ConditionReport(text: "sex = F", status: .applied, unknown: .fewerThan(5)),
                    ])))
        #expect(page.contains("“age &gt;= 50”: not recorded for 1,400 patients, who are not counted"))
        #expect(!page.contains("“sex = F”"))
    }

    @Test("bars are summed over sites; the hatched end is what hidden numbers may add; a bar narrows the question")
    func facets() throws {
        let page = try page(
            "modality in (CT, MR) or sex = F",
            PageFixtures.result(
                "A", .answered,
                answer: PageFixtures.answered(
                    PageFixtures.counts(.exact(30), .exact(70)),
                    facets: [PageFixtures.modalities(("CT", .exact(10)), ("MR", .exact(16)))])),
            PageFixtures.result(
                "B", .answered,
                answer: PageFixtures.answered(
                    PageFixtures.counts(.exact(30), .exact(70)),
                    facets: [PageFixtures.modalities(("MR", .fewerThan(5)), ("CT", .exact(5)))])))
        // MR: 16 and 0…4 of at most 20; CT: 15 of 20.
        #expect(page.contains(#"class="sure" width="80.0%""#))
        #expect(page.contains(#"class="maybe" x="80.0%" width="20.0%""#))
        #expect(page.contains(#"data-is="count">16–20</span>"#))
        #expect(page.contains(#"class="sure" width="75.0%""#))
        let href = "href=\"\(WebLink.question("(modality in (CT, MR) or sex = F) and modality = CT"))\""
        #expect(page.contains(href))
    }

    @Test("a value that a site does not list may be there, with fewer patients than its threshold")
    func unlisted() throws {
        let page = try page(
            "modality in (CT, MR)",
            PageFixtures.result(
                "A", .answered,
                answer: PageFixtures.answered(
                    PageFixtures.counts(.exact(30), .exact(70)), facets: [PageFixtures.modalities(("CT", .exact(10)))])),
            PageFixtures.result(
                "B", .answered,
                answer: PageFixtures.answered(
                    PageFixtures.counts(.exact(30), .exact(70)), facets: [PageFixtures.modalities(("MR", .exact(16)))]))
        )
        #expect(page.contains(#"data-is="count">10–14</span>"#))
        #expect(page.contains(#"data-is="count">16–20</span>"#))
    }

    @Test("the link to a question names it, so that looking again asks no site twice")
    func link() throws {
        let page = try page("modality = MR", PageFixtures.result("A", .offline))
        #expect(
            page.contains(
                #"<a id="share" href="/query?where=modality%20%3D%20MR&amp;id=0123456789abcdef0123456789abcdef">"#))
        #expect(page.contains(#"href="/api/v1/queries/0123456789abcdef0123456789abcdef""#))
        #expect(page.contains("Look again"))
    }
}
