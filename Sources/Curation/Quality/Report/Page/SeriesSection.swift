/// The series, with pictures: those with findings first.
enum SeriesSection {
    static func add(_ report: QualityReport, _ page: inout Markup) {
        let found = report.series.filter { card in card.rules.contains { isWorthALook($0) } }
        let good = report.series.filter { card in !card.rules.contains { isWorthALook($0) } }
        section("Series to look at", found, report, &page)
        section(found.isEmpty ? "Series" : "Other series", good, report, &page)
        let rest = report.checked.series - report.series.count
        if rest > 0 {
            page.element(
                "p", [("class", "muted small")], text: "\(PageText.number(rest)) more series are not pictured here.")
        }
    }

    private static func isWorthALook(_ id: String) -> Bool {
        QualityRule.named(id).map { $0.severity != .notice } ?? false
    }

    private static func section(
        _ title: String, _ cards: [SeriesCard], _ report: QualityReport, _ page: inout Markup
    ) {
        guard !cards.isEmpty else { return }
        page.raw("<section>")
        page.element("h2", text: title)
        page.raw("<div class=\"series\">")
        for card in cards { add(card, report.pictures[card.series] ?? [], &page) }
        page.raw("</div></section>")
    }

    private static func add(_ card: SeriesCard, _ pictures: [SeriesPicture], _ page: inout Markup) {
        page.element("article", [("class", "card one"), ("id", "series-\(card.series)")]) { article in
            article.element("h3") { head in
                head.text("\(card.modality.isEmpty ? "No modality" : card.modality) ")
                head.element("span", [("class", "muted plain")], text: size(card))
            }
            article.element("p", [("class", "small ids")]) { line in
                for (name, value) in [("patient", card.patient), ("series", card.series)] {
                    line.element("span", [("class", "part")]) { part in
                        part.text("\(name) ")
                        part.element("code", text: value)
                    }
                }
            }
            if !pictures.isEmpty {
                article.element("div", [("class", "strip")]) { strip in
                    for picture in pictures { frame(picture, card, &strip) }
                }
            }
            if let slices = card.slices { SlicePlot.add(slices, &article) }
            if !card.rules.isEmpty {
                article.element("ul", [("class", "tags")]) { list in
                    for id in card.rules { tag(id, &list) }
                }
            }
        }
    }

    private static func size(_ card: SeriesCard) -> String {
        let objects = PageText.count(card.objects, "object")
        return card.frames > card.objects ? "\(objects), \(PageText.count(card.frames, "frame"))" : objects
    }

    private static func frame(_ picture: SeriesPicture, _ card: SeriesCard, _ page: inout Markup) {
        let alternative = "\(card.modality) picture, object \(PageText.short(picture.instance)), frame \(picture.frame)"
        page.element("figure") { figure in
            PageImage.add(picture, alternative, &figure)
        }
    }

    private static func tag(_ id: String, _ page: inout Markup) {
        guard let rule = QualityRule.named(id) else { return }
        page.element("li", [("class", "tag \(rule.severity.rawValue)")]) { item in
            item.element("a", [("href", "#\(id)")], text: rule.title)
        }
    }
}
