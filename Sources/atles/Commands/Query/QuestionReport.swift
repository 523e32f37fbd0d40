import Cohort
import Foundation
import Hub

/// The answer to a question as a person reads it in a terminal: sites, total, facets, and what could not be counted.
enum QuestionReport {
    static func text(_ question: QuestionDocument) -> String {
        var parts = ["Question: \(Terminal.plain(question.text))", sites(question)]
        parts += question.facets.compactMap(facet)
        let open = question.results.filter { $0.state != .answered }
        if !open.isEmpty {
            parts.append(
                "Not in the total:\n"
                    + open.map { "  " + Terminal.plain("\($0.site.name): \(state(of: $0))") }.joined(separator: "\n"))
        }
        let unknown = folded(question.results.map(unrecorded))
        let approximated = folded(question.results.map(approximated))
        if !approximated.isEmpty { parts.append("Approximated:\n" + approximated.joined(separator: "\n")) }
        if !unknown.isEmpty { parts.append("Not recorded:\n" + unknown.joined(separator: "\n")) }
        parts.append(
            """
            A site shows groups below its threshold as "<5" (none included); totals are then a range. A patient who was \
            seen at two sites counts twice.
            """)
        return parts.joined(separator: "\n\n")
    }

    /// What is to be said of a condition at a site.
    private struct Remark {
        var site: String
        var condition: String
        var text: String
    }

    /// So many sites are named for each condition; of thirty, nobody reads a line each.
    private static let mostSites = 3

    /// The remarks by condition, in the order of the question.
    private static func folded(_ remarks: [[Remark]]) -> [String] {
        let all = remarks.flatMap { $0 }
        var conditions: [String] = []
        for remark in all where !conditions.contains(remark.condition) { conditions.append(remark.condition) }
        return conditions.flatMap { condition -> [String] in
            let here = all.filter { $0.condition == condition }
            let told = here.count > mostSites + 1 ? here.prefix(mostSites) : here[...]
            var lines = told.map { Terminal.plain("  \($0.site): \($0.condition)\($0.text)") }
            if told.count < here.count {
                lines.append(Terminal.plain("  … and at \(here.count - told.count) more sites: \(condition) (--json)"))
            }
            return lines
        }
    }

    /// The conditions that a site applied only nearly, and how.
    private static func approximated(_ result: SiteResult) -> [Remark] {
        (result.answer?.conditions ?? []).filter { $0.status == .approximated }.map { condition in
            Remark(
                site: result.site.name, condition: condition.text, text: condition.reason.map { ": \($0)" } ?? "")
        }
    }

    /// For how many patients of a site an attribute of the question is not recorded.
    private static func unrecorded(_ result: SiteResult) -> [Remark] {
        (result.answer?.conditions ?? []).compactMap { condition in
            guard let unknown = condition.unknown, unknown.range.low > 0 else { return nil }
            return Remark(
                site: result.site.name, condition: condition.text, text: ": for \(CountText.words(unknown)) patients")
        }
    }

    /// Where a site stands, in words.
    static func state(of result: SiteResult) -> String {
        switch result.state {
        case .waiting: return "has not answered yet"
        case .answered:
            let time = result.milliseconds.map {
                " in \($0 < 10 ? String(format: "%.1f", $0) : String(format: "%.0f", $0)) ms"
            }
            return "answered\(time ?? "")"
        case .cannotApply: return "cannot apply \(result.reason ?? "a condition")"
        case .offline: return "off line: \(result.reason ?? "not connected")"
        case .late: return "late: \(result.reason ?? "no answer yet")"
        case .failed: return "failed: \(result.reason ?? "it gave no reason")"
        }
    }

    private static func sites(_ question: QuestionDocument) -> String {
        var table = Table([
            ("SITE", .left), ("COUNTRY", .left), ("PATIENTS", .right), ("STUDIES", .right), ("SERIES", .right),
            ("IMAGES", .right), ("STATE", .left),
        ])
        for result in question.results {
            let counts = result.answer?.counts
            table.add(
                [result.site.name, result.site.country]
                    + [counts.map { CountText.text($0.patients) } ?? "–"]
                    + [counts?.studies, counts?.series, counts?.images].map { $0.map(CountText.objects) ?? "–" }
                    + [result.state == .answered ? state(of: result) : result.state.rawValue])
        }
        let total = question.total
        table.add(
            ["Together", "\(total.sitesAnswered) of \(total.sitesAsked)"]
                + (total.sitesAnswered == 0
                    ? ["–", "–", "–", "–"]
                    : [CountText.text(total.patients)]
                        + [total.studies, total.series, total.images].map(CountText.objects)))
        return table.text
    }

    private static func facet(_ facet: FacetTotal) -> String? {
        guard !facet.cells.isEmpty else { return nil }
        let cells = facet.cells.filter { $0.patients.low > 0 }
        guard !cells.isEmpty else {
            return "\(Terminal.plain(facet.label).uppercased())\nevery group is too small to show"
        }
        let largest = facet.cells.map { $0.patients.low }.max() ?? 0
        var table = Table([(facet.label.uppercased(), .left), ("PATIENTS", .right), ("", .left)])
        for cell in cells {
            let length = largest == 0 ? 0 : Int(Double(cell.patients.low) / Double(largest) * 30)
            table.add([cell.label, CountText.brief(cell.patients), String(repeating: "▇", count: length)])
        }
        let hidden = facet.cells.count - cells.count
        return hidden == 0 ? table.text : table.text + "\nand \(hidden) more whose groups are too small to show"
    }
}
