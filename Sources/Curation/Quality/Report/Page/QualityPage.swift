/// The report as one page that needs nothing else: no network, no scripts, pictures inside.
public enum QualityPage {
    /// The page as UTF-8 text. Everything that came from data is escaped.
    public static func html(_ report: QualityReport) -> String {
        var page = Markup()
        page.beginPage(
            title: "Quality of \(report.title)", policy: "default-src 'none'; img-src data:; style-src 'unsafe-inline'")
        page.raw("</style></head><body><header class=\"wrap\">")
        head(report, &page)
        page.raw("</header><main class=\"wrap\">")
        tiles(report, &page)
        CompletenessSection.add(report.completeness, &page)
        FindingsSection.add(report, &page)
        PairsSection.add(report.pairs, &page)
        SeriesSection.add(report, &page)
        rules(report, &page)
        page.raw("</main></body></html>\n")
        return page.html
    }

    private static func head(_ report: QualityReport, _ page: inout Markup) {
        page.element("p", [("class", "over")], text: "Quality and integrity")
        page.element("h1", text: report.title)
        page.element("p", [("class", "lead")], text: verdict(report))
        let depth =
            report.checked.isDeep ? "every frame decoded" : "first, middle and last frame of each series decoded"
        page.element("p", [("class", "muted small")]) { line in
            line.text("Checked")
            if let made = report.made {
                line.raw(" ")
                line.element("time", [("datetime", made)], text: PageText.moment(made))
            }
            line.text(
                " · \(depth) (\(PageText.number(report.checked.framesDecoded)) of \(PageText.number(report.checked.frames)))"
            )
        }
        for limitation in report.limitations { page.element("p", [("class", "muted small")], text: limitation) }
    }

    private static func verdict(_ report: QualityReport) -> String {
        if report.checked.objects == 0 { return "There is nothing to check yet." }
        if report.errors > 0 {
            return "\(PageText.count(report.errors, "finding")) of severity error to settle before the data is used."
        }
        return report.warnings > 0
            ? "No errors; \(PageText.count(report.warnings, "warning")) worth a look." : "No errors and no warnings."
    }

    private static func tiles(_ report: QualityReport, _ page: inout Markup) {
        page.raw("<section aria-label=\"Summary\"><dl class=\"tiles\">")
        func tile(_ kind: String, _ name: String, _ value: Int) {
            page.element("div", [("class", "tile \(value == 0 && kind != "plain" ? "none" : kind)")]) { tile in
                tile.element("dt", text: name)
                tile.element("dd", text: PageText.number(value))
            }
        }
        tile("error", report.errors == 1 ? "error" : "errors", report.errors)
        tile("warning", report.warnings == 1 ? "warning" : "warnings", report.warnings)
        tile("notice", report.notices == 1 ? "notice" : "notices", report.notices)
        tile("plain", report.checked.patients == 1 ? "patient" : "patients", report.checked.patients)
        tile("plain", report.checked.studies == 1 ? "study" : "studies", report.checked.studies)
        tile("plain", "series", report.checked.series)
        tile("plain", report.checked.objects == 1 ? "object" : "objects", report.checked.objects)
        page.raw("</dl></section>")
    }

    private static func rules(_ report: QualityReport, _ page: inout Markup) {
        let met = Set(report.rules.map(\.rule.id))
        page.raw("<section><h2>What was looked for</h2><details class=\"card rules\"><summary>")
        page.text("All \(QualityRule.all.count) rules")
        page.raw("</summary><ul>")
        for rule in QualityRule.all {
            page.element("li") { item in
                item.element("code", text: rule.id)
                item.text(" \(rule.title)")
                item.element(
                    "span", [("class", "muted")],
                    text: met.contains(rule.id) ? " – \(rule.severity.rawValue), found" : " – \(rule.severity.rawValue)"
                )
            }
        }
        page.raw("</ul></details></section>")
    }
}

/// Numbers and moments as people read them.
enum PageText {
    /// "1,044,191".
    static func number(_ number: Int) -> String {
        var text = ""
        for (position, digit) in String(number.magnitude).reversed().enumerated() {
            if position > 0, position % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + String(text.reversed())
    }

    /// "1 finding", "2 findings".
    static func count(_ number: Int, _ noun: String) -> String {
        "\(self.number(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// "2026-11-24 10:15 UTC" of RFC 3339.
    static func moment(_ text: String) -> String {
        guard text.utf8.count >= 16 else { return text }
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// A UID short enough for a line: its last 12 digits.
    static func short(_ uid: String) -> String {
        uid.utf8.count <= 16 ? uid : "…\(uid.suffix(12))"
    }
}
