import FoundationEssentials
import Rounds
import Testing

/// FLamby's Fed-TCGA-BRCA with its own split; nil where the data is not on this machine.
struct FedTCGABRCA {
    let train: [String: CohortTable]
    let test: CohortTable
    let features: [String]

    static let folder =
        (ProcessInfo.processInfo.environment["ATLES_SHARED"] ?? "../shared") + "/data/fed_tcga_brca"
    static var isThere: Bool { FileManager.default.fileExists(atPath: folder + "/brca.csv") }
    static let shared = Result { try FedTCGABRCA() }

    var model: ModelPlan { ModelPlan(.cox, features: features, target: "T", event: "E") }

    /// The same with age, the one feature that is not 0 or 1, less its mean and divided by its deviation: both from the
    /// sites' counts, sums and sums of squares.
    var scaledModel: ModelPlan {
        get throws {
            let ages = try train.values.map { try $0.numbers(features[0]) }
            let count = Double(ages.reduce(0) { $0 + $1.count })
            let mean = ages.reduce(0) { $0 + $1.reduce(0, +) } / count
            let square = ages.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } } / count
            var scaled = model
            scaled.centres = [mean] + Array(repeating: 0, count: features.count - 1)
            scaled.scales = [(square - mean * mean).squareRoot()] + Array(repeating: 1, count: features.count - 1)
            return scaled
        }
    }

    private init() throws {
        let table = try Self.rows("brca.csv")
        let split = try Self.rows("train_test_split.csv").dropFirst()
        let names = Array(table[0][1...39])
        features = names
        let rows = Dictionary(
            uniqueKeysWithValues: table.dropFirst().map { ($0[0], $0[1...].map { Double($0) ?? .nan }) })
        func made(_ belongs: (String) -> Bool) throws -> CohortTable {
            let chosen = split.filter { belongs($0[2]) }.compactMap { rows[$0[0]] }
            var made = CohortTable(rows: chosen.count)
            for (place, name) in (names + ["E", "T"]).enumerated() {
                try made.add(.numbers(chosen.map { $0[place] }), as: name)
            }
            return made
        }
        var train: [String: CohortTable] = [:]
        for site in 0..<6 { train["site\(site)"] = try made { $0 == "train_\(site)" } }
        self.train = train
        test = try made { $0.hasPrefix("test_") }
    }

    /// Only names of columns are quoted in these files.
    private static func rows(_ name: String) throws -> [[String]] {
        let text = String(decoding: try Data(contentsOf: URL(filePath: folder + "/" + name)), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).map { line in
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
    }
}
