import Foundation
import Rounds
import Testing

/// A hub that is taken over sends plans and states of its own making: a site answers with an error, never a trap.
@Suite(.needsCancerTables) struct HostileStateTests {
    /// Whether each part of a plan's state, replaced by nonsense, is survived by layout and local.
    func attack(_ text: String, _ tables: [CohortTable]) throws -> Int {
        let plan = try Plan(text: text)
        let computation = try ComputationRegistry.computation(plan)
        let schema = try Schema.merged(tables.map { $0.schema(minimumCell: 1) }, sites: tables.indices.map { "\($0)" })
        var state = try computation.start(schema)
        var attacks = 0
        for _ in 0..<12 {
            for variant in try variants(of: state) {
                attacks += 1
                guard (try? computation.layout(variant)) != nil else { continue }
                _ = try? computation.local(tables[0], variant)
            }
            let layout = try computation.layout(state)
            for hostile in [Int64.max, .min, -1] {
                var sum = Contribution()
                for part in layout.parts {
                    switch part.kind {
                    case .counts: sum.add(counts: Array(repeating: hostile, count: part.count), as: part.name)
                    case .reals:
                        sum.add(reals: Array(repeating: Double(hostile) * 1e280, count: part.count), as: part.name)
                    }
                }
                attacks += 1
                _ = try? computation.combine(sum, state, CombineContext(sites: 1, rules: .init(minimumCell: 1)))
            }
            var sum = Contribution.zero(layout)
            for table in tables { try sum.add(try computation.local(table, state)) }
            let context = CombineContext(sites: tables.count, rules: .init(minimumCell: 1, parametersPerRow: 1))
            guard case .next(let next) = try computation.combine(sum, state, context) else { break }
            state = next
        }
        return attacks
    }

    /// The state with one value, anywhere, emptied, negated, enlarged or repeated.
    func variants(of state: [UInt8]) throws -> [[UInt8]] {
        let root = try JSONSerialization.jsonObject(with: Data(state), options: [.fragmentsAllowed])
        func changed(_ value: Any) -> [Any] {
            var all: [Any] = []
            switch value {
            case let object as [String: Any]:
                for key in object.keys.sorted() {
                    for other in changed(object[key] ?? 0) { all.append(object.merging([key: other]) { $1 }) }
                }
            case let array as [Any]:
                all = [[Any](), Array(array.dropLast()), array + array]
                for place in array.indices.prefix(3) {
                    for other in changed(array[place]) {
                        var copy = array
                        copy[place] = other
                        all.append(copy)
                    }
                }
            case is String: all = ["", "x", "~ x"]
            default: all = [-1, 0, 3, 1_000_000, Int64.max, Int64.min, 1e300]
            }
            return all
        }
        return try changed(root).map {
            Array(try JSONSerialization.data(withJSONObject: $0, options: [.fragmentsAllowed]))
        }
    }

    @Test func statesAndSumsOfAHostileHubAreRefusedWithoutATrap() throws {
        let gbsg2 = try CancerTables.table("gbsg2").picked(Array(0..<60))
        let plans = [
            "describe(age, tsize)", "quantiles(age, p=[0.1, 0.5])", "missing(age, horTh)", "histogram(age)",
            "table(horTh, menostat)", "ttest(age ~ horTh)", "anova(age ~ tgrade)", "correlation(age, tsize, pnodes)",
            "glm(binomial, cens ~ age + horTh)", "glm(poisson, pnodes ~ age + offset(log(time)))",
            "combat(age, tsize ~ horTh)", "roc(age, cens, from=20, to=90)", "calibration(p, cens)",
        ]
        var table = gbsg2
        try table.add(.numbers(try gbsg2.numbers("age").map { $0 / 100 }), as: "p")
        var attacks = 0
        for plan in plans { attacks += try attack(plan, [table, table]) }
        #expect(attacks > 1000)
    }

    @Test func plansOfAHostileHubAreRefusedWithoutATrap() throws {
        let table = try CancerTables.table("gbsg2").picked([0, 1, 2])
        let plans: [(String, String)] = [
            ("roc", #"{"formula":"cens ~ age","from":0,"to":1,"bins":-5,"confidence":0.9}"#),
            ("roc", #"{"formula":"cens ~ age","from":0,"to":1,"bins":9223372036854775807,"confidence":0.9}"#),
            ("roc", #"{"formula":"cens ~ age","from":1e308,"to":-1e308,"bins":5,"confidence":0.9}"#),
            ("calibration", #"{"formula":"cens ~ age","groups":-1}"#),
            ("histogram", #"{"variable":"age","edges":[],"bins":5}"#),
            ("histogram", #"{"variable":"age","edges":[9,9,5],"bins":5}"#),
            ("quantiles", #"{"variables":["age"],"probabilities":[-4,1e300]}"#),
            ("quantiles", #"{"variables":[],"probabilities":[]}"#), ("describe", #"{"variables":[],"bounds":true}"#),
            ("glm", #"{"family":"gaussian","formula":"~ age","confidence":7}"#),
            ("ttest", #"{"formula":"~ 1","mean":0,"confidence":0.9}"#), ("table", #"{"formula":"~ 1"}"#),
            ("combat", #"{"formula":"~ age"}"#), ("correlation", #"{"variables":[],"confidence":0.9}"#),
        ]
        let states = [
            "{}", #"{"moments":[]}"#, #"{"edges":[9,9,5]}"#, #"{"edges":[]}"#, #"{"factors":[]}"#, #"{"counts":[]}"#,
        ]
        for (name, json) in plans {
            guard let computation = try? ComputationRegistry.computation(name, plan: Array(json.utf8)) else { continue }
            #expect(throws: (any Error).self) { try computation.start(table.schema(minimumCell: 1)) }
            for state in states {
                _ = try? computation.layout(Array(state.utf8))
                _ = try? computation.local(table, Array(state.utf8))
            }
        }
    }

    @Test func longChainsOfArithmeticAreWalkedOnce() throws {
        let table = try CohortTable(rows: 2, ["x": .numbers([1, 4])])
        let chain = Array(repeating: "x", count: 200).joined(separator: " + ")
        let nested = String(repeating: "abs(", count: 28) + "x" + String(repeating: ")", count: 28)
        let formula = try Formula("\(chain) ~ \(nested)")
        #expect(formula.variables == ["x"])
        #expect(try formula.left.first?.values(table) == [200, 800])
        let design = try Design(formula, schema: table.schema(minimumCell: 1))
        #expect(try design.rows(of: table).matrix.values == [1, 1, 1, 4])
    }
}
