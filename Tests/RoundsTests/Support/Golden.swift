import Foundation
import Rounds

/// Reference values beside the scripts that made them (Tests/RoundsTests/Fixtures).
enum Golden {
    static func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/\(name)")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
    }

    /// |ours - theirs| relative to the reference, absolute below 1.
    static func difference(_ ours: Double, _ theirs: Double) -> Double {
        if ours.isNaN || theirs.isNaN { return .infinity }
        return ours == theirs ? 0 : abs(ours - theirs) / max(1, abs(theirs))
    }

    /// The largest |ours - theirs| / |theirs|.
    static func relative(_ ours: [Double], _ theirs: [Double]) -> Double {
        guard ours.count == theirs.count, !ours.contains(where: \.isNaN) else { return .infinity }
        return zip(ours, theirs).map { $0 == $1 ? 0 : abs($0 - $1) / abs($1) }.max() ?? 0
    }

    static func difference(_ ours: [Double], _ theirs: [Double]) -> Double {
        guard ours.count == theirs.count, !ours.contains(where: \.isNaN) else { return .infinity }
        return zip(ours, theirs).map { difference($0, $1) }.max() ?? 0
    }
}

extension CohortTable {
    /// Some of the rows, in the given order.
    func picked(_ places: [Int]) throws -> CohortTable {
        try CohortTable(
            rows: places.count,
            variables.mapValues { variable in
                switch variable {
                case .numbers(let values): .numbers(places.map { values[$0] })
                case .categories(let codes, let levels): .categories(places.map { codes[$0] }, levels: levels)
                }
            })
    }

    /// Dealt to sites by a fixed shuffle; where `withEmpty`, one site more has no row at all.
    func split(into sites: Int, withEmpty: Bool = false) throws -> [CohortTable] {
        var tables: [CohortTable] = []
        for site in 0..<sites {
            tables.append(try picked((0..<rows).filter { ($0 &* 7919 &+ 13) % 1009 % sites == site }))
        }
        if withEmpty { tables.insert(try picked([]), at: sites / 2) }
        return tables
    }
}
