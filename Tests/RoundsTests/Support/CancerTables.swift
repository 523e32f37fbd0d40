import Foundation
import Rounds
import TestSupport
import Testing

/// The real tables that statistics are tested on. They come with Python packages that `./test` installs: GBSG2 (German Breast
/// Cancer Study Group 2) and NCCTG lung with `lifelines`, ten mean features of Wisconsin breast images with `scikit-learn`.
/// Fed-TCGA-BRCA is read from the shared data, where it is at hand.
enum CancerTables {
    private static let files = [
        "gbsg2": "lifelines/datasets/gbsg2.csv", "lung": "lifelines/datasets/lung.csv",
        "wdbc": "sklearn/datasets/data/breast_cancer.csv",
    ]

    static var areInstalled: Bool { files.values.allSatisfy { InstalledPackages.data($0) != nil } }

    /// `gbsg2`, `lung` or `wdbc`; names have underscores for dots, and columns of numbers are numbers.
    static func table(_ name: String) throws -> CohortTable {
        var lines = try lines(name)
        if name == "wdbc" { lines = breastImages(lines) }
        lines[0] = lines[0].map { $0.replacingOccurrences(of: ".", with: "_") }
        let body = lines.dropFirst()
        let words = lines[0].indices.filter { column in
            body.contains { !$0[column].isEmpty && Double($0[column]) == nil }
        }
        return try table(lines, categories: Set(words.map { lines[0][$0] }))
    }

    /// The lines of a package's table, as they are.
    static func lines(_ name: String) throws -> [[String]] {
        guard let file = files[name], let data = InstalledPackages.data(file) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return lines(of: String(decoding: data, as: UTF8.self))
    }

    /// The first ten of its features are means over an image; its last column is 0 for malignant.
    private static func breastImages(_ lines: [[String]]) -> [[String]] {
        let names = [
            "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave_points",
            "symmetry",
            "fractal_dimension", "malignant",
        ]
        return [names] + lines.dropFirst().map { $0.prefix(10) + [$0.last == "0" ? "1" : "0"] }
    }

    private static let brcaFolder =
        (ProcessInfo.processInfo.environment["ATLES_SHARED"] ?? "../shared") + "/data/fed_tcga_brca/"
    static var hasBRCA: Bool { FileManager.default.fileExists(atPath: brcaFolder + "brca.csv") }

    /// The lines of a file of Fed-TCGA-BRCA: `brca.csv`, `centers.csv`.
    static func brcaLines(_ name: String) throws -> [[String]] {
        lines(of: try String(contentsOfFile: brcaFolder + name, encoding: .utf8))
    }

    /// All columns but the patient's code are numbers.
    static func brca() throws -> CohortTable { try table(brcaLines("brca.csv"), categories: ["pid"]) }

    /// Lines of cells; a cell in quotes may hold commas.
    private static func lines(of text: String) -> [[String]] {
        text.split(whereSeparator: \.isNewline).map { line in
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
        let body = lines.dropFirst()
        var table = CohortTable(rows: body.count)
        for (place, name) in lines[0].enumerated() {
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

extension Trait where Self == ConditionTrait {
    /// For tests on tables that come with Python packages.
    static var needsCancerTables: Self {
        .enabled(if: CancerTables.areInstalled, "the tables come with the Python packages that ./test installs")
    }
}

/// The ways in which every statistic is computed: pooled, and split; one of the sites may have no row.
let splits: [(sites: Int, withEmpty: Bool)] = [(1, false), (2, false), (3, true), (5, false), (18, true), (100, false)]
