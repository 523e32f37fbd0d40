import Foundation
import Hub
import Rounds

/// A run for people.
enum RunReport {
    static func text(_ run: RunDocument) -> String {
        var lines = [Terminal.plain(run.title), "run \(run.id): \(state(run))"]
        for site in run.sites where site.standing == "out" {
            lines.append("  not \(Terminal.plain(site.site)): \(Terminal.plain(site.reason ?? "it dropped out"))")
        }
        lines.append("")
        for table in run.tables ?? [] { lines.append(text(table)) }
        if run.tables?.isEmpty ?? true, let outcome = run.outcome, let text = try? JSONOutput.text(outcome) {
            lines.append(text)
        }
        return lines.joined(separator: "\n")
    }

    static func text(_ table: ResultTable) -> String {
        // Numbers stand under each other, words begin together.
        let isNumeric = table.columns.indices.map { column in
            table.rows.contains { row in
                guard row.indices.contains(column) else { return false }
                switch row[column] {
                case .number, .count: return true
                default: return false
                }
            }
        }
        var shown = Table(zip(table.columns, isNumeric).map { (title: $0, alignment: $1 ? .right : .left) })
        for row in table.rows { shown.add(row.map(\.shown)) }
        var lines = [Terminal.plain(table.title), shown.text]
        lines += table.notes.map { "  " + Terminal.plain($0) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func state(_ run: RunDocument) -> String {
        let sites = run.sites.filter { $0.standing != "out" }.count
        let masked = run.isMasked ? ", only their sum seen" : ", not masked"
        switch run.state {
        case "done":
            let seconds =
                run.ended.map { $0.timeIntervalSince(run.asked) }.map { String(format: " in %.1f s", $0) } ?? ""
            return "done with \(sites) sites\(masked), \(run.round) round\(run.round == 1 ? "" : "s")\(seconds)"
        case "stopped": return "stopped: \(Terminal.plain(run.problem ?? "no reason is known"))"
        default: return "\(run.state), round \(run.round), \(sites) sites"
        }
    }
}

/// A line for each step, on a terminal.
struct RunProgress {
    let isShown: Bool

    func show(_ run: RunDocument) {
        guard isShown, let last = run.exchanges.last else { return }
        let taking = run.sites.filter { $0.standing != "out" }.count
        Terminal.note("  \(last.what.rawValue)\(last.round > 0 ? " \(last.round)" : ""), \(taking) sites")
    }
}

/// What a run leaves in a folder: its record, its tables, its pictures.
enum RunFiles {
    static func write(_ run: RunDocument, to folder: String) throws {
        let url = URL(fileURLWithPath: folder, isDirectory: true)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try Data(try JSONOutput.text(run).utf8).write(to: url.appendingPathComponent("run.json"))
        for (number, table) in (run.tables ?? []).enumerated() {
            try Data(csv(table).utf8).write(to: url.appendingPathComponent("table-\(number + 1).csv"))
        }
        for picture in run.pictures ?? [] {
            // The name comes from the hub: no path in it.
            let name = picture.name.filter { $0.isLetter || $0.isNumber || $0 == "-" }
            try Data(picture.svg.utf8).write(to: url.appendingPathComponent("\(name).svg"))
        }
    }

    /// RFC 4180, with full precision.
    private static func csv(_ table: ResultTable) -> String {
        func quoted(_ text: String) -> String {
            text.contains { ",\"\n\r".contains($0) }
                ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
        }
        let rows = table.rows.map { row in
            row.map { cell in
                switch cell {
                case .text(let text): quoted(text)
                case .number(let number): "\(number)"
                case .count(let count): "\(count)"
                case .empty: ""
                }
            }
        }
        return ([table.columns.map(quoted)] + rows).map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }
}
