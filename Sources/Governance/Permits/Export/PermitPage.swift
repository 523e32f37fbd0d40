import Cohort
import Federation

/// A permit as a page that people read and print: one HTML file without scripts or anything from elsewhere.
public struct PermitPage: Sendable {
    private let signed: SignedPermit
    private let committee: Committee
    private let revocation: Revocation?

    /// - Parameters:
    ///   - committee: the site's own list: signatures of others are not shown.
    ///   - revocation: where the permit was revoked.
    public init(_ signed: SignedPermit, committee: Committee, revocation: Revocation? = nil) {
        self.signed = signed
        self.committee = committee
        self.revocation = revocation
    }

    private static let style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
        h1{font-size:1.5rem}th{text-align:left;vertical-align:top;padding:.35rem 1rem .35rem 0;font-weight:600;width:11rem}
        td{padding:.35rem 0}code{font-size:.85em;overflow-wrap:anywhere}.ended{border:2px solid #b3261e;padding:.5rem 1rem}
        ul{margin:0;padding-left:1.1rem}@media print{body{margin:0}}
        """

    /// The document.
    public var html: String {
        let permit = signed.permit
        var out = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Data permit \(permit.id)</title><style>\(Self.style)</style></head><body>
            <h1>Data permit (Regulation (EU) 2025/327, article 68)</h1>

            """
        if let revocation {
            out += "<p class=\"ended\">Revoked on \(revocation.at): \(Self.text(revocation.reason.rawValue)).</p>\n"
        }
        out += "<table>\n"
        for (name, values) in rows { out += Self.row(name, values) }
        out += "</table>\n"
        out += """
            <p>What counts is the signed document. SHA-256 of what was signed: <code>\(permit.digest)</code></p>
            </body></html>

            """
        return out
    }

    private var rows: [(String, [String])] {
        let permit = signed.permit
        var places = ["at \(permit.site) itself"]
        if case .alsoAt(let nodes) = permit.placement { places += nodes.map { "at the compute node \($0)" } }
        var rows: [(String, [String])] = [
            ("Permit", ["\(permit.id)"]), ("Request", [permit.request]),
            ("Data holder (site)", [permit.site.text]),
            ("Data users", permit.holders.map { $0.person.text + ($0.key == nil ? "" : " (with a key of their own)") }),
            ("Purposes", permit.purposes.map { "\($0.words) (article \($0.article))" }),
            ("Data sets", permit.dataSets),
            (
                "Cohort",
                [permit.cohort.map { CohortQuery(condition: $0.condition).text } ?? "everybody in the data sets"]
            ),
            ("Computations", permit.computations.map { "\($0) — SHA-256 \($0.hash)" }),
            ("What may leave", permit.outputs.map(\.rawValue)),
            (
                "Thresholds",
                [
                    "no group of fewer than \(permit.thresholds.smallestCell) patients is told about",
                    "nothing is computed on fewer than \(permit.thresholds.smallestCohort) patients",
                ]
            ),
            (
                "Privacy budget",
                [permit.budget.map { "ε = \($0.epsilon), δ = \($0.delta)" } ?? "none: answers have no noise"]
            ),
            ("Secure processing environment", places),
            ("Valid", ["from \(permit.from) until \(permit.until)"]),
        ]
        let signers = signed.signers(of: committee)
        rows.append(
            (
                "Signed by",
                signers.isEmpty
                    ? ["nobody yet"]
                    : signers.map { "\($0.name) (\($0.person)), key \($0.key.fingerprint)" }
            ))
        rows.append(("Signatures needed", ["\(permit.signaturesNeeded), or more by the site's rule"]))
        return rows
    }

    private static func row(_ name: String, _ values: [String]) -> String {
        let items =
            values.count == 1
            ? text(values[0]) : "<ul>" + values.map { "<li>\(text($0))</li>" }.joined() + "</ul>"
        return "<tr><th scope=\"row\">\(text(name))</th><td>\(items)</td></tr>\n"
    }

    private static func text(_ value: String) -> String { XMLText.escaped(value) }
}
