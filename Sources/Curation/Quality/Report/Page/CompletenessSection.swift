/// The minimum attributes: bars of how many series have them, and what is missing for the next tier.
enum CompletenessSection {
    static func add(_ completeness: Completeness, _ page: inout Markup) {
        guard completeness.imagingSeries > 0 || !completeness.clinical.isEmpty else { return }
        page.raw("<section><h2>Completeness</h2><div class=\"card split\"><div>")
        page.element("p", [("class", "tier")]) { line in
            line.text("Tier ")
            line.element("strong", text: "\(completeness.tier)")
            line.element("span", [("class", "muted")], text: " of 3")
        }
        page.element("p", text: meaning(completeness.tier))
        if !completeness.missing.isEmpty {
            page.element("p", [("class", "muted small")], text: "Missing for tier \(completeness.tier + 1):")
            page.element("ul", [("class", "missing small")]) { list in
                for sentence in completeness.missing { list.element("li", text: sentence) }
            }
        }
        page.raw("</div><div class=\"tables\">")
        table(
            "Minimum attributes in \(PageText.number(completeness.imagingSeries)) series of images", of: "Series",
            completeness.shares.map { ($0.attribute.rawValue, $0.series, nil) }, completeness.imagingSeries, &page)
        if !completeness.clinical.isEmpty {
            table(
                "Minimum attributes of \(PageText.count(completeness.clinicalPatients, "patient")) in the clinical table",
                of: "Patients",
                completeness.clinical.map { ($0.attribute.rawValue, $0.patients, $0.hasColumn ? nil : "no column") },
                completeness.clinicalPatients, &page)
        }
        page.raw("</div></div></section>")
    }

    private static func table(
        _ caption: String, of what: String, _ rows: [(name: String, count: Int, note: String?)], _ all: Int,
        _ page: inout Markup
    ) {
        page.element("table", [("class", "bars")]) { table in
            table.element("caption", [("class", "muted small")], text: caption)
            table.element("thead", [("class", "quiet")]) { head in
                head.element("tr") { row in
                    for title in ["Attribute", "Share", what] {
                        row.element("th", [("scope", "col")], text: title)
                    }
                }
            }
            table.element("tbody") { body in
                for row in rows { add(row, all, &body) }
            }
        }
    }

    private static func add(_ entry: (name: String, count: Int, note: String?), _ all: Int, _ page: inout Markup) {
        let percent = all > 0 ? min(entry.count, all) * 100 / all : 0
        page.element("tr") { row in
            row.element("th", [("scope", "row")], text: entry.name)
            row.element("td", [("class", "bar")]) { cell in
                cell.element(
                    "svg",
                    [
                        ("viewBox", "0 0 100 8"), ("preserveAspectRatio", "none"), ("role", "img"),
                        ("aria-label", "\(percent) percent"),
                    ]
                ) { svg in
                    svg.element("rect", [("class", "ground"), ("width", "100"), ("height", "8"), ("rx", "1")]) { _ in }
                    svg.element(
                        "rect",
                        [
                            ("class", entry.count == all ? "full" : "part"),
                            ("width", "\(entry.count > 0 ? max(percent, 1) : 0)"), ("height", "8"), ("rx", "1"),
                        ]
                    ) { _ in }
                }
            }
            let figure = "\(PageText.number(entry.count)) of \(PageText.number(all))"
            row.element(
                "td", [("class", "figure")], text: entry.note ?? (entry.count == all && all > 0 ? "all" : figure))
        }
    }

    private static func meaning(_ tier: Int) -> String {
        switch tier {
        case 0: "Not every series says whose it is and what modality it has: the data set cannot be described truly."
        case 1: "The data set can be described in the catalogue."
        case 2: "The data set can be described, and answers cohort queries."
        default: "The data set can be described, answers cohort queries, and is fit for analyses."
        }
    }
}
