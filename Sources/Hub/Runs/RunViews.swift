import FoundationEssentials
import Governance
import Rounds
import Runtime

/// The list of analyses, and the form that begins one.
struct RunsView {
    struct Row {
        var href: String
        var title: String
        var asked: String
        var sites: String
        var rounds: String
        var state: String
        var mark: String
    }

    var frame: Frame
    var style = WebAsset.link("requests.css")
    var rows: [Row]
    var hasRows: Bool
    var mayBegin: Bool
    var synopses = ComputationRegistry.synopses
    var problem: String?
    // What was written, to be mended where it could not be read.
    var analysis = ""
    var cohort = ""
    var define = ""
    var request = ""

    init(frame: Frame, runs: [RunSummary], person: Person) {
        self.frame = frame
        mayBegin = person.holds(.researcher)
        rows = runs.map { run in
            Row(
                href: "/runs/\(run.id)", title: run.title, asked: Timestamp.text(run.asked),
                sites: run.sites == 1 ? "1 site" : "\(run.sites) sites",
                rounds: run.round == 1 ? "1 round" : "\(run.round) rounds", state: run.state,
                mark: RunView.mark(run.state))
        }
        hasRows = !rows.isEmpty
    }
}

/// One analysis: how far it is, and what came out.
struct RunView {
    struct Table {
        struct Row {
            var cells: [Cell]
        }

        struct Cell {
            var text: String
            var isNumber: Bool
        }

        var number: Int
        var heading: String
        var columns: [Cell]
        var rows: [Row]
        var notes: [String]
    }

    struct Drawing {
        var caption: String
        var file: String
        var svg: String
    }

    struct Member {
        var name: String
        var standing: String
        var reason: String?
        var mark: String
    }

    var frame: Frame
    var style = WebAsset.link("requests.css")
    var href: String
    var title: String
    var state: String
    var mark: String
    var about: String
    var problem: String?
    var isOpen: Bool
    var step: String
    var pictures: [Drawing]
    var tables: [Table]
    var members: [Member]

    init(frame: Frame, run: Run) {
        let document = RunDocument(run)
        let taking = document.sites.count { $0.standing != "out" }
        self.frame = frame
        href = "/runs/\(run.id)"
        title = run.title
        state = document.state
        mark = Self.mark(document.state)
        problem = document.problem
        isOpen = !run.isOver
        about =
            "Asked \(Timestamp.text(run.asked)); \(taking) of \(document.sites.count) sites take part; "
            + (document.isMasked ? "only the sum of what they send is seen." : "their numbers are not masked.")
        step = "Round \(document.round)."
        let path = href
        pictures = (document.pictures ?? []).map {
            Drawing(caption: $0.title, file: "\(path)/pictures/\($0.name).svg", svg: $0.svg)
        }
        tables = (document.tables ?? []).enumerated().map { number, table in
            let rows = table.rows.map { row in Table.Row(cells: row.map { Self.cell($0) }) }
            // A column's head stands where its numbers do.
            let columns = table.columns.enumerated().map { place, text in
                Table.Cell(
                    text: text,
                    isNumber: rows.contains { $0.cells.indices.contains(place) && $0.cells[place].isNumber })
            }
            return Table(number: number + 1, heading: table.title, columns: columns, rows: rows, notes: table.notes)
        }
        members = document.sites.map { site in
            Member(
                name: site.site, standing: site.standing, reason: site.reason,
                mark: site.standing == "out" ? "bad" : "good")
        }
    }

    private static func cell(_ cell: ResultTable.Cell) -> Table.Cell {
        switch cell {
        case .number, .count: Table.Cell(text: cell.shown, isNumber: true)
        case .text, .empty: Table.Cell(text: cell.shown, isNumber: false)
        }
    }

    /// The colour of a state: a class of the style sheet.
    static func mark(_ state: String) -> String {
        switch state {
        case "done": "good"
        case "stopped": "bad"
        default: "act"
        }
    }
}
