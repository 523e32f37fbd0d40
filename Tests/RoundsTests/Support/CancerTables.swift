import Foundation
import Rounds

/// The real tables of `Fixtures/cancer_tables.json`, and Fed-TCGA-BRCA where it is at hand.
enum CancerTables {
    private struct File: Decodable {
        enum Value: Decodable {
            case number(Double), text(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Double.self) {
                    self = .number(number)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }
        let tables: [String: [String: [Value?]]]
    }

    private static let all: Result<[String: CohortTable], any Error> = Result {
        let file: File = try Golden.read("cancer_tables.json")
        return try file.tables.mapValues { columns in
            let rows = columns.values.first?.count ?? 0
            return try CohortTable(rows: rows, columns.mapValues { variable($0) })
        }
    }

    private static func variable(_ values: [File.Value?]) -> Variable {
        let isText = values.contains { if case .text? = $0 { true } else { false } }
        if isText {
            return .categories(named: values.map { if case .text(let text)? = $0 { text } else { nil } })
        }
        return .numbers(values.map { if case .number(let number)? = $0 { number } else { .nan } })
    }

    /// `gbsg2`, `lung` or `wdbc`.
    static func table(_ name: String) throws -> CohortTable {
        guard let table = try all.get()[name] else { throw CocoaError(.fileNoSuchFile) }
        return table
    }

    static let brcaFile =
        (ProcessInfo.processInfo.environment["ATLES_SHARED"] ?? "../shared") + "/data/fed_tcga_brca/brca.csv"
    static var hasBRCA: Bool { FileManager.default.fileExists(atPath: brcaFile) }

    /// Fed-TCGA-BRCA: all columns but the patient's code are numbers.
    static func brca() throws -> CohortTable {
        let lines = try String(contentsOfFile: brcaFile, encoding: .utf8).split(whereSeparator: \.isNewline)
        let names = cells(lines[0])
        let rows = lines.dropFirst().map(cells)
        var table = CohortTable(rows: rows.count)
        for (column, name) in names.enumerated() where name != "pid" {
            try table.add(.numbers(rows.map { Double($0[column]) ?? .nan }), as: name)
        }
        return table
    }

    /// Cells of a line of which some are in quotes.
    private static func cells(_ line: Substring) -> [String] {
        var cells = [""]
        var quoted = false
        for character in line {
            if character == "\"" {
                quoted.toggle()
            } else if character == ",", !quoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}

/// The ways in which every statistic is computed: pooled, and split; one of the sites may have no row.
let splits: [(sites: Int, withEmpty: Bool)] = [(1, false), (2, false), (3, true), (5, false), (18, true), (100, false)]
