import Foundation
import Rounds

/// The real data of the survival tests, as tables of one or many sites.
enum SurvivalData {
    static var hasBRCA: Bool { CancerTables.hasBRCA }

    static func gbsg() throws -> CohortTable { try CancerTables.table("gbsg2") }

    /// With the names and the institutions as categories, as R has them.
    static func lung() throws -> CohortTable {
        try CancerTables.table(try CancerTables.lines("lung"), categories: ["inst"])
    }

    static func brca() throws -> CohortTable { try CancerTables.brca() }
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
