/// The risk as a section of a page, and as a page of its own: no scripts, nothing loaded, everything escaped.
public enum RiskSection {
    /// A `section` element for a page that has the styles of the quality report.
    public static func html(_ report: RiskReport) -> String {
        var page = Markup()
        add(report, &page)
        return page.html
    }

    /// The page as UTF-8 text.
    public static func page(_ report: RiskReport, title: String) -> String {
        var page = Markup()
        page.beginPage(
            title: "Risk of re-identification: \(title)", policy: "default-src 'none'; style-src 'unsafe-inline'")
        page.raw(css)
        page.raw("</style></head><body><header class=\"wrap\"><p class=\"over\">Risk of re-identification</p>")
        page.element("h1", text: title)
        page.raw("</header><main class=\"wrap\">")
        add(report, &page)
        page.raw("</main></body></html>\n")
        return page.html
    }

    static func add(_ report: RiskReport, _ page: inout Markup) {
        page.element("section", [("class", "risk")]) { section in
            section.element("h2", text: "Can patients be found again?")
            section.element("div", [("class", "card")]) { card in
                let verdict =
                    report.decision.passed ? "Passed: may be published." : "Not passed: must not be published as it is."
                card.element("p", [("class", "tier")], text: verdict)
                for sentence in report.decision.explanation { card.element("p", text: sentence) }
            }
            tiles(report, &section)
            section.element("h3", text: "How many records look the same")
            ClassSizeChart.add(report, &section)
            measures(report, &section)
            contributions(report, &section)
            suggestions(report, &section)
            records(report, &section)
        }
    }

    private static func tiles(_ report: RiskReport, _ page: inout Markup) {
        page.element("dl", [("class", "tiles")]) { tiles in
            func tile(_ kind: String, _ name: String, _ value: String) {
                tiles.element("div", [("class", "tile \(kind)")]) { tile in
                    tile.element("dt", text: name)
                    tile.element("dd", text: value)
                }
            }
            tile("plain", report.records == 1 ? "record" : "records", PageText.number(report.records))
            tile(
                report.smallest < report.gate.k ? "error" : "none", "in the smallest class",
                PageText.number(report.smallest))
            tile(report.atRisk > 0 ? "error" : "none", "at risk", PageText.number(report.atRisk))
            tile("plain", "average risk", PageText.percent(report.risk.prosecutor.average))
        }
    }

    private static func measures(_ report: RiskReport, _ page: inout Markup) {
        let facts = report.quasiIdentifiers.map(\.name).joined(separator: ", ")
        page.element("p", [("class", "muted small")], text: "Known to whoever looks: \(facts).")
        table(
            "Three people who might try", ["who", "highest", "average", "records above 1/\(report.gate.k)"],
            [("knows that the patient is in it (prosecutor)", report.risk.prosecutor)].map(row)
                + (report.risk.journalist.map { [row(("does not know that (journalist)", $0))] } ?? [])
                + [
                    [
                        "looks for as many as possible (marketer)", "",
                        PageText.percent(report.risk.marketerShare),
                        "\(PageText.expected(report.risk.marketer)) records expected",
                    ]
                ], &page)
        guard !report.diversity.isEmpty else { return }
        table(
            "What finding a class would tell",
            ["fact", "fewest values", "by entropy", "distance from all", "records told"],
            report.diversity.map { one in
                [
                    one.attribute, PageText.number(one.distinct), PageText.decimal(one.entropy, 2),
                    one.closeness.map { PageText.decimal($0, 3) } ?? "not measured", PageText.number(one.revealed),
                ]
            }, &page)
    }

    private static func row(_ who: (String, ReidentificationRisk.Attacker)) -> [String] {
        [
            who.0, PageText.percent(who.1.highest), PageText.percent(who.1.average),
            PageText.percent(who.1.recordsAboveThreshold),
        ]
    }

    private static func contributions(_ report: RiskReport, _ page: inout Markup) {
        guard report.atRisk > 0 else { return }
        table(
            "Records at risk if one fact were left out", ["fact", "values", "at risk without it"],
            report.contributions.map { [$0.name, PageText.number($0.values), PageText.number($0.atRiskWithout)] }, &page
        )
    }

    private static func suggestions(_ report: RiskReport, _ page: inout Markup) {
        guard report.atRisk > 0, !report.suggestions.isEmpty else { return }
        table(
            report.suggestionsAreOptimal
                ? "What would help, the way that loses least first"
                : "What would help (not all ways were looked at)",
            ["what to do", "loses", "smallest class then", "average risk then"],
            report.suggestions.map { one in
                [
                    one.sentence, PageText.percent(one.loss), PageText.number(one.smallest),
                    PageText.percent(one.averageRisk),
                ]
            }, &page)
    }

    /// Records on the page; the JSON has more.
    private static let listed = 200

    private static func records(_ report: RiskReport, _ page: inout Markup) {
        guard !report.listed.isEmpty else { return }
        page.element("details", [("class", "card")]) { details in
            details.element("summary", text: "The \(PageText.count(report.atRisk, "record")) at risk")
            table(
                "", ["pseudonym", "others like it", "given away most by"],
                report.listed.prefix(listed).map { one in
                    [one.pseudonym, PageText.number(one.classSize - 1), one.because ?? "several together"]
                }, &details)
            if report.atRisk > listed {
                details.element(
                    "p", [("class", "muted small")], text: "and \(PageText.number(report.atRisk - listed)) more")
            }
        }
    }

    private static func table(_ title: String, _ names: [String], _ rows: [[String]], _ page: inout Markup) {
        page.element("table", [("class", "figures")]) { table in
            if !title.isEmpty { table.element("caption", text: title) }
            table.element("thead") { head in
                head.element("tr") { row in
                    for name in names { row.element("th", [("scope", "col")], text: name) }
                }
            }
            table.element("tbody") { body in
                for cells in rows {
                    body.element("tr") { row in
                        for cell in cells { row.element("td", text: cell) }
                    }
                }
            }
        }
    }

    private static let css: StaticString = """
        .risk h3 { margin: 1.75rem 0 .5rem; }
        .risk .card p + p { margin-top: .5rem; }
        .risk .figures { margin-top: 1.5rem; }
        .risk .figures caption { font-weight: 620; }
        .risk .figures th, .risk .figures td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
        .risk .figures th { font-weight: 400; color: var(--muted); font-size: .875rem; }
        .risk figure svg { display: block; width: 100%; max-width: 44rem; height: auto; }
        .risk details { margin-top: 1.5rem; }
        """
}
