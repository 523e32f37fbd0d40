/// The minimum attributes: bars of how many series have them, and what is missing for the next tier.
enum CompletenessSection {
    static func add(_ completeness: Completeness, _ page: inout Markup) {
        guard completeness.imagingSeries > 0 else { return }
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
        page.raw("</div><table class=\"bars\"><caption class=\"muted small\">")
        page.text("Minimum attributes in \(PageText.number(completeness.imagingSeries)) series of images")
        page.raw(
            "</caption><thead class=\"quiet\"><tr><th scope=\"col\">Attribute</th><th scope=\"col\">Share</th><th scope=\"col\">Series</th></tr></thead><tbody>"
        )
        for share in completeness.shares { row(share, completeness.imagingSeries, &page) }
        page.raw("</tbody></table></div></section>")
    }

    private static func row(_ share: Completeness.Share, _ all: Int, _ page: inout Markup) {
        let percent = all > 0 ? share.series * 100 / all : 0
        page.element("tr") { row in
            row.element("th", [("scope", "row")], text: share.attribute.rawValue)
            row.element("td", [("class", "bar")]) { cell in
                cell.element(
                    "svg",
                    [
                        ("viewBox", "0 0 100 8"), ("preserveAspectRatio", "none"), ("role", "img"),
                        ("aria-label", "\(percent) percent"),
                    ]
                ) { svg in
                    svg.element(
                        "rect", [("class", "ground"), ("width", "100"), ("height", "8"), ("rx", "1")]
                    ) { _ in }
                    svg.element(
                        "rect",
                        [
                            ("class", share.series == all ? "full" : "part"),
                            ("width", "\(share.series > 0 ? max(percent, 1) : 0)"), ("height", "8"), ("rx", "1"),
                        ]
                    ) { _ in }
                }
            }
            row.element(
                "td", [("class", "figure")],
                text: share.series == all ? "all" : "\(PageText.number(share.series)) of \(PageText.number(all))")
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
