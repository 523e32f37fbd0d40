import FoundationEssentials
import Rounds

/// FLamby's Fed-TCGA-BRCA: 1,088 women, six regions, 39 features, its own split into training and test.
struct FedTCGABRCA {
    struct Site {
        var train: CohortTable
        var test: CohortTable
    }

    /// In the order of FLamby's centres 0 to 5.
    var sites: [Site]
    var features: [String]

    init(folder: String) throws {
        let split = try Self.rows(folder + "/train_test_split.csv")
        let all = try Self.rows(folder + "/brca.csv")
        let names = Array(all.head[1...39])
        features = names
        var rows: [String: [Double]] = [:]
        for line in all.lines { rows[line[0]] = line[1...].map { Double($0) ?? .nan } }
        func table(_ fold: String) throws -> CohortTable {
            let chosen = split.lines.filter { $0[2] == fold }.compactMap { rows[$0[0]] }
            var made = CohortTable(rows: chosen.count)
            for (place, name) in names.enumerated() { try made.add(.numbers(chosen.map { $0[place] }), as: name) }
            try made.add(.numbers(chosen.map { $0[39] }), as: "E")
            try made.add(.numbers(chosen.map { $0[40] }), as: "T")
            return made
        }
        sites = try (0..<6).map { Site(train: try table("train_\($0)"), test: try table("test_\($0)")) }
    }

    /// A model that takes each of these features less its mean and divided by its standard deviation, over the training
    /// rows of all sites: from their counts, sums and sums of squares.
    func scaled(_ model: ModelPlan, _ names: Set<String>) throws -> ModelPlan {
        var model = model
        model.centres = Array(repeating: 0, count: features.count)
        model.scales = Array(repeating: 1, count: features.count)
        for (place, name) in features.enumerated() where names.contains(name) {
            let columns = try sites.map { try $0.train.numbers(name) }
            let count = Double(columns.reduce(0) { $0 + $1.count })
            let mean = columns.reduce(0) { $0 + $1.reduce(0, +) } / count
            let square = columns.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } } / count
            model.centres?[place] = mean
            model.scales?[place] = (square - mean * mean).squareRoot()
        }
        return model
    }

    /// All sites' tables as one: what the published metric is taken on, and nothing that a federation has.
    static func pooled(_ tables: [CohortTable]) throws -> CohortTable {
        var pooled = CohortTable(rows: tables.reduce(0) { $0 + $1.rows })
        for name in tables.first.map({ $0.variables.keys.sorted() }) ?? [] {
            try pooled.add(.numbers(tables.flatMap { (try? $0.numbers(name)) ?? [] }), as: name)
        }
        return pooled
    }

    /// Only the head of these files has quoted fields.
    private static func rows(_ path: String) throws -> (head: [String], lines: [[String]]) {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            var fields = [""]
            var quoted = false
            for character in line {
                if character == "\"" {
                    quoted.toggle()
                } else if character == ",", !quoted {
                    fields.append("")
                } else {
                    fields[fields.count - 1].append(character)
                }
            }
            return fields
        }
        return (lines.first ?? [], Array(lines.dropFirst()))
    }
}
