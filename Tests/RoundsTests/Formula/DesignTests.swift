import Rounds
import Testing

@Suite struct DesignTests {
    struct Cases: Decodable {
        struct Table: Decodable {
            let x: [Double], z: [Double], grade: [Double]
            let stage: [String], arm: [String]
        }
        struct Case: Decodable {
            let formula: String
            let columns: [String]
            let rows: [[Double]]
        }
        let table: Table
        let cases: [Case]

        func cohort() throws -> CohortTable {
            try CohortTable(
                rows: table.x.count,
                [
                    "x": .numbers(table.x), "z": .numbers(table.z), "grade": .numbers(table.grade),
                    "stage": .categories(named: table.stage), "arm": .categories(named: table.arm),
                ])
        }
    }

    @Test func columnsAndRowsAreThoseOfPatsy() throws {
        let golden: Cases = try Golden.read("design.json")
        let table = try golden.cohort()
        let schema = table.schema(minimumCell: 1)
        for wanted in golden.cases {
            let design = try Design(Formula(wanted.formula), schema: schema)
            #expect(design.names == wanted.columns, "\(wanted.formula)")
            let rows = try design.rows(of: table)
            #expect(Golden.difference(rows.matrix.values, wanted.rows.flatMap { $0 }) < 1e-15, "\(wanted.formula)")
        }
        #expect(golden.cases.count == 24)
    }

    @Test func rowsThatAreNotCompleteAreLeftOutAndCounted() throws {
        let table = try CohortTable(
            rows: 6,
            [
                "time": .numbers([5, 6, 7, .nan, 9, 10]), "event": .numbers([1, 0, 1, 1, 0, 1]),
                "age": .numbers([50, .nan, 61, 40, 45, 70]),
                "stage": .categories(named: ["I", "I", "II", "I", "IV", "II"]),
                "days": .numbers([1, 1, 1, 1, 1, 100]), "w": .numbers([1, 1, 2, 1, 1, 3]),
            ])
        let schema = table.schema(minimumCell: 1)
        let design = try Design(
            Formula("time, event ~ age + C(stage, levels=['I', 'II']) + offset(log10(days))"), schema: schema,
            weights: "w")
        let rows = try design.rows(of: table)
        #expect(rows.tableRows == [0, 2, 5])
        #expect(rows.missing == 2)
        #expect(rows.unknownLevel == 1)
        #expect(rows.left == [[5, 7, 10], [1, 1, 1]])
        #expect(rows.offset == [0, 0, 2])
        #expect(rows.weights == [1, 2, 3])
        #expect(rows.matrix.values == [1, 0, 50, 1, 1, 61, 1, 1, 70])
        #expect(design.intercept == 0)
    }

    @Test func strataAreTheCombinationsOfTheirLevels() throws {
        let table = try CohortTable(
            rows: 3,
            [
                "t": .numbers([1, 2, 3]), "e": .numbers([1, 1, 0]), "a": .categories(named: ["p", "q", "p"]),
                "b": .categories(named: ["u", "v", "v"]),
            ])
        let design = try Design(Formula("t, e ~ 1 + strata(a, b)"), schema: table.schema(minimumCell: 1))
        #expect(design.strata == ["a=p, b=u", "a=p, b=v", "a=q, b=u", "a=q, b=v"])
        #expect(try design.rows(of: table).strata == [0, 3, 1])
    }

    @Test func messagesNameTheNearestVariableAndWhatToDo() throws {
        let schema = Schema(["age": .number, "stage": .category(levels: ["I", "II"]), "grade": .number])
        func message(_ formula: String) -> String {
            do throws(RoundsError) {
                _ = try Design(Formula(formula), schema: schema)
                return ""
            } catch { return error.description }
        }
        #expect(message("age ~ satge").contains("did you mean stage?"))
        #expect(message("age ~ C(grade)").contains("it needs its levels, as in C(grade, levels=[1, 2, 3])"))
        #expect(message("stage ~ age").contains("stage == '…'"))
        #expect(message("age ~ C(stage, ref='IV')").contains("no level IV"))
        #expect(message("age ~ stage + C(stage)") == "")
        #expect(message("age ~ C(stage) + C(stage, ref='II')").contains("in two ways"))
        #expect(message("age ~ strata(grade)").contains("strata need a category"))
    }

    @Test func infiniteValuesAndValuesOutsideAFunctionStopTheSite() throws {
        let table = try CohortTable(rows: 3, ["x": .numbers([1, .infinity, 2]), "y": .numbers([0, 1, .nan])])
        let schema = table.schema(minimumCell: 1)
        #expect(throws: RoundsError.self) { try Design(Formula("y ~ x"), schema: schema).rows(of: table) }
        #expect(throws: RoundsError.self) { try Design(Formula("~ log(y)"), schema: schema).rows(of: table) }
        #expect(try Design(Formula("~ sqrt(y)"), schema: schema).rows(of: table).missing == 1)
    }
}
