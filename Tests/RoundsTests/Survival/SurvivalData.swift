import Foundation
import Rounds

/// The real data of the survival tests, as tables of one or many sites.
enum SurvivalData {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    static let brcaPath =
        (ProcessInfo.processInfo.environment["ATLES_SHARED"] ?? "../shared") + "/data/fed_tcga_brca/"
    static let hasBRCA = FileManager.default.fileExists(atPath: brcaPath + "brca.csv")

    static func gbsg() throws -> CohortTable {
        try table(fixture("survival_gbsg2.csv"), categories: ["horTh", "menostat", "tgrade"])
    }
    static func lung() throws -> CohortTable { try table(fixture("survival_lung.csv"), categories: ["inst"]) }

    static func brca() throws -> CohortTable { try table(read(brcaPath + "brca.csv"), categories: ["pid"]) }

    static func fixture(_ name: String) throws -> [[String]] {
        try read(fixtures.appending(path: name).path(percentEncoded: false))
    }

    /// Lines of cells; a cell in quotes may hold commas.
    static func read(_ path: String) throws -> [[String]] {
        let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).map { line in
            var cells = [""]
            var isQuoted = false
            for character in line {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted: cells.append("")
                default: cells[cells.count - 1].append(character)
                }
            }
            return cells
        }
    }

    static func table(_ lines: [[String]], categories: Set<String>) throws -> CohortTable {
        let head = lines[0]
        let body = lines.dropFirst()
        var table = CohortTable(rows: body.count)
        for (place, name) in head.enumerated() {
            let cells = body.map { $0[place] }
            let variable: Variable =
                categories.contains(name)
                ? .categories(named: cells.map { $0.isEmpty ? nil : $0 })
                : .numbers(cells.map { Double($0) ?? .nan })
            try table.add(variable, as: name)
        }
        return table
    }
}

extension CohortTable {
    /// The same rows, at the site that each is given to.
    func split(by site: (Int) -> Int) throws -> [CohortTable] {
        let places = (0..<rows).map(site)
        return try Set(places).sorted().map { wanted in try picked((0..<rows).filter { places[$0] == wanted }) }
    }

    func filtered(_ isWanted: (Int) -> Bool) throws -> CohortTable { try picked((0..<rows).filter(isWanted)) }

    func codes(_ name: String) -> [Int?] {
        if case .categories(let codes, _)? = variables[name] { codes } else { [] }
    }
}

/// Whether two values differ by less than a part of the larger of them and 1.
func near(_ first: Double?, _ second: Double?, _ tolerance: Double = 1e-11) -> Bool {
    switch (first, second) {
    case (nil, nil): true
    case (let first?, let second?): abs(first - second) <= tolerance * max(1, abs(second))
    default: false
    }
}

func near(_ first: [Double?], _ second: [Double?], _ tolerance: Double = 1e-11) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { near($0, $1, tolerance) }
}
