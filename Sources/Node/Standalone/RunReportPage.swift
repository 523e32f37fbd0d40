import Curation
import DICOM
import WebPages

/// A run's report as a page: one file, without scripts and without anything from elsewhere.
public enum RunReportPage {
    public static func html(_ report: RunReport) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>De-identification · \(escaped(report.profile))</title>
        <style>\(style)</style>
        </head>
        <body>
        <main>
        <p class="muted">Atles · de-identification after DICOM PS3.15 annex E, table of \(escaped(report.tableEdition))</p>
        <h1>\(headline(report))</h1>
        <dl class="tiles">
        \(tile(report.released, "released by this run"))
        \(tile(report.releasedEarlier, "released earlier"))
        \(tile(report.heldBack.values.reduce(0, +), "kept back"))
        \(tile(report.pixels.frames, "frames looked at for text"))
        \(tile(report.pixels.coveredObjects, "objects with text covered"))
        </dl>
        <section><h2>What was kept back</h2>\(heldBack(report))</section>
        <section><h2>How</h2>
        <table>
        <tr><th scope="row">Profile</th><td>\(escaped(report.profile)), fingerprint <code>\(escaped(report.fingerprint))</code></td></tr>
        <tr><th scope="row">Options</th><td>\(report.options.map(escaped).joined(separator: "<br>"))</td></tr>
        <tr><th scope="row">Manifest</th><td>\(manifest(report))</td></tr>
        <tr><th scope="row">Finished</th><td>\(escaped(report.finished)), after \(Quantity.oneDecimal(report.seconds)) s</td></tr>
        </table></section>
        \(RiskSection.html(report.risk))
        \(report.tables.enumerated().map { "<section><h2>Clinical table \($0 + 1)</h2><pre>\(escaped($1.text))</pre></section>" }.joined())
        <section><h2>What was done with attributes</h2>
        <p class="muted">How often, in the objects of this run. Attributes that stay as they were are left out; values are never recorded.</p>
        \(actions(report))</section>
        </main>
        </body>
        </html>

        """
    }

    private static func manifest(_ report: RunReport) -> String {
        let objects = "\(Quantity.count(report.manifest.objects)) objects in manifest.jsonl"
        guard report.manifest.isSigned else {
            return "\(objects), not signed: too few patients share the same facts for it to be published"
        }
        let accepted = report.manifest.riskAccepted ? " The risk of re-identification was accepted by a person." : ""
        return
            "\(objects); its signature is checked with the key<br><code>\(escaped(report.manifest.publicKey))</code>\(accepted)"
    }

    private static func headline(_ report: RunReport) -> String {
        if report.stopped != nil { return "The run was interrupted; what it released is complete" }
        let kept = report.heldBack.values.reduce(0, +)
        return kept == 0 ? "Everything was released" : "\(Quantity.count(kept)) objects were kept back"
    }

    private static func tile(_ count: Int, _ what: String) -> String {
        "<div><dt>\(what)</dt><dd>\(Quantity.count(count))</dd></div>"
    }

    private static func heldBack(_ report: RunReport) -> String {
        guard !report.heldBack.isEmpty else { return "<p>Nothing.</p>" }
        let rows = report.heldBack.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { reason, count in
            let label =
                QuarantineReason(rawValue: reason)?.label
                ?? (reason == "review" ? "wait for a person: " + findings(report) : "rejected by a person")
            return "<tr><th scope=\"row\">\(escaped(label))</th><td class=\"number\">\(Quantity.count(count))</td></tr>"
        }
        return "<table>\(rows.joined())</table>"
    }

    private static func findings(_ report: RunReport) -> String {
        report.findings.keys.sorted().joined(separator: ", ")
    }

    private static func actions(_ report: RunReport) -> String {
        let shown = report.actions.filter { $0.action != .kept }
        guard let most = shown.map(\.count).max(), most > 0 else { return "<p>Nothing.</p>" }
        let rows = shown.sorted { ($1.count, $0.tag) < ($0.count, $1.tag) }.prefix(120).map { sum in
            let name = Tag(hex: sum.tag.filter(\.isHexDigit)).flatMap { DataDictionary.standard[$0]?.name } ?? "private"
            let width = max(Int(100 * Double(sum.count) / Double(most)), 1)
            return """
                <tr><td><code>\(escaped(sum.tag))</code></td><td>\(escaped(name))</td><td>\(sum.action.rawValue)</td>\
                <td class="number">\(Quantity.count(sum.count))</td><td class="bar"><svg viewBox="0 0 100 8" \
                preserveAspectRatio="none" aria-hidden="true"><rect width="\(width)" height="8"/></svg></td></tr>
                """
        }
        return """
            <div class="wide"><table><thead><tr><th>tag</th><th>attribute</th><th>done</th><th class="number">times</th><th></th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            """
    }

    private static func escaped(_ text: String) -> String { HTMLEscaping().escapeText(text) }

    private static let style = """
        :root{color-scheme:light dark;--paper:#f6f5f1;--surface:#fff;--ink:#15202a;--muted:#52606b;--line:#dedbd2;--bar:#2783a3}
        @media(prefers-color-scheme:dark){:root{--paper:#0e1419;--surface:#161e25;--ink:#e7edf1;--muted:#9fb0bb;--line:#2a3640;--bar:#3f9fc0}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:64rem;margin:auto;padding:1.5rem clamp(1rem,4vw,2.5rem) 4rem}h1{font-size:clamp(1.5rem,1.1rem + 2vw,2.25rem);line-height:1.15;margin:.25rem 0 1.25rem}
        h2{font-size:1.2rem;margin:0 0 .75rem}.muted{color:var(--muted);font-size:.9rem;margin:0 0 .75rem}
        section{background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:1.25rem 1.5rem;margin-top:1.25rem}
        .tiles{display:flex;flex-wrap:wrap;gap:.75rem 2.25rem;margin:0}.tiles div{display:flex;flex-direction:column-reverse}.tiles dt{color:var(--muted);font-size:.9rem}
        .tiles dd{margin:0;font-size:1.75rem;font-weight:600;line-height:1.2}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font-size:.875rem}th{font-weight:550}.number{text-align:right;font-variant-numeric:tabular-nums}.bar{width:22%;min-width:4rem}.bar svg{display:block;width:100%;height:.6rem;margin-top:.45rem}
        .bar rect{fill:var(--bar)}code{font:.875em ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}.wide{overflow-x:auto}
        """
}
