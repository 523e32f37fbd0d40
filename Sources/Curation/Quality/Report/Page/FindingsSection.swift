/// The findings, rule by rule: what it means, what to do, and where.
enum FindingsSection {
    /// Places shown of a rule; the JSON has more.
    private static let shown = 10

    static func add(_ report: QualityReport, _ page: inout Markup) {
        page.raw("<section><h2>Findings</h2>")
        if report.rules.isEmpty {
            page.element("p", [("class", "card calm")], text: "No rule found anything.")
        }
        // A series that has a card below is a link to it.
        let cards = Set(report.series.map(\.series))
        for result in report.rules { add(result, cards, &page) }
        page.raw("</section>")
    }

    private static func add(_ result: RuleResult, _ cards: Set<String>, _ page: inout Markup) {
        let rule = result.rule
        page.element("article", [("class", "card finding \(rule.severity.rawValue)"), ("id", rule.id)]) { card in
            card.raw("<div class=\"finding-head\">")
            card.element("span", [("class", "badge")], text: rule.severity.rawValue)
            card.element("h3", text: rule.title)
            card.element("code", [("class", "muted")], text: rule.id)
            card.raw("</div>")
            card.element("p", text: rule.explanation)
            card.element("p", [("class", "remedy")]) { line in
                line.element("strong", text: "What to do: ")
                line.text(rule.remedy)
            }
            if result.attributes.count > 1 { attributes(result.attributes, &card) }
            card.element("details", result.findings <= shown && rule.severity != .notice ? [("open", "")] : []) {
                list in
                list.element("summary", text: total(result))
                list.raw("<ul class=\"places\">")
                for finding in result.listed.prefix(shown) { place(finding, cards, &list) }
                list.raw("</ul>")
                let rest = result.findings - min(result.listed.count, shown)
                if rest > 0 {
                    list.element(
                        "p", [("class", "muted small")],
                        text: "and \(PageText.number(rest)) more: the report for programs (JSON) lists them")
                }
            }
        }
    }

    /// Which attributes the rule is about, and how often.
    private static func attributes(_ counts: [String: Int], _ page: inout Markup) {
        page.element("ul", [("class", "counts small")]) { list in
            for (name, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(16) {
                list.element("li") { item in
                    item.element("code", text: name)
                    item.text(" \(PageText.number(count))")
                }
            }
        }
    }

    private static func total(_ result: RuleResult) -> String {
        let places =
            result.rule.level == .patient
            ? PageText.count(result.findings, "patient") : PageText.count(result.findings, "place")
        return result.count == result.findings ? places : "\(places), \(PageText.number(result.count)) times"
    }

    private static func place(_ finding: QualityFinding, _ cards: Set<String>, _ page: inout Markup) {
        page.element("li") { item in
            item.element("span", [("class", "detail")], text: finding.detail)
            for (number, place) in finding.places.enumerated() {
                item.element("span", [("class", "where")]) { line in
                    add(place, cards, &line)
                    if finding.count > 1, number == 0, finding.places.count == 1 {
                        line.element("span", text: "\(PageText.number(finding.count)) times")
                    }
                }
            }
        }
    }

    /// The identifiers of a place, as far as it has them.
    static func add(_ place: QualityPlace, _ cards: Set<String>, _ page: inout Markup) {
        func part(_ name: String, _ value: String?, isUID: Bool = false, link: String? = nil) {
            guard let value, !value.isEmpty else { return }
            page.element("span", [("class", "part")]) { part in
                part.text("\(name) ")
                let shown = isUID ? PageText.short(value) : value
                if let link {
                    part.element("a", [("href", link), ("title", value)]) { $0.element("code", text: shown) }
                } else {
                    part.element("code", [("title", value)], text: shown)
                }
            }
        }
        part("patient", place.patient)
        let link = place.series.flatMap { cards.contains($0) ? "#series-\($0)" : nil }
        part("series", place.series, isUID: true, link: link)
        part("object", place.instance, isUID: true)
        part("frame", place.frame.map { "\($0)" })
        part("attribute", place.attribute)
    }
}
