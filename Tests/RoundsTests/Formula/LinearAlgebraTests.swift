import Rounds
import Testing

@Suite struct LinearAlgebraTests {
    /// The 4 × 4 Hilbert matrix: its inverse is whole numbers, known since 1894.
    let hilbert: [Double] = (0..<4).flatMap { row in (0..<4).map { 1 / Double(row + $0 + 1) } }
    let inverse: [Double] = [
        16, -120, 240, -140, -120, 1200, -2700, 1680, 240, -2700, 6480, -4200, -140, 1680, -4200, 2800,
    ]

    @Test func aHilbertMatrixHasItsKnownInverse() throws {
        let matrix = try Matrix(rows: 4, columns: 4, hilbert)
        #expect(Golden.difference(try matrix.inverted().values, inverse) < 1e-11)
        #expect(Golden.difference(try matrix.solved([1, 0, 0, 0]), [16, -120, 240, -140]) < 1e-11)
    }

    @Test func eigenvectorsAreRowsOfTheirEigenvalues() throws {
        // 2 ± 1, by hand.
        let (values, vectors) = try Matrix(rows: 2, columns: 2, [2, 1, 1, 2]).eigen()
        #expect(Golden.difference(values, [1, 3]) < 1e-15)
        #expect(abs(vectors[0, 0] + vectors[0, 1]) < 1e-15)
        #expect(abs(vectors[1, 0] - vectors[1, 1]) < 1e-15)
    }

    @Test func dependentColumnsAreNamedAndOthersAreNot() throws {
        // The columns 1, a, b and a + b; c is independent of them.
        let rows: [[Double]] = [
            [1, 1, 4, 5, 2], [1, 2, 1, 3, 9], [1, 5, 7, 12, 4], [1, 3, 3, 6, 1], [1, 8, 2, 10, 5], [1, 4, 4, 8, 8],
        ]
        let design = try Matrix(rows: 6, columns: 5, rows.flatMap { $0 })
        let gram = design.weightedGram(Array(repeating: 1, count: 6))
        do throws(RoundsError) {
            try Collinearity.check(gram, names: ["Intercept", "a", "b", "sum", "c"])
            Issue.record("the dependence was not seen")
        } catch {
            #expect(error.description.contains("a, b, sum depend on each other"))
        }
        let good = try Matrix(rows: 6, columns: 4, rows.flatMap { [$0[0], $0[1], $0[2], $0[4]] })
        try Collinearity.check(
            good.weightedGram(Array(repeating: 1, count: 6)), names: ["Intercept", "a", "b", "c"])
        #expect(throws: RoundsError.self) { try gram.solved([1, 2, 3, 4, .nan]) == [] }
    }

    @Test func systemsThatHaveNoAnswerAreRefused() throws {
        #expect(throws: RoundsError.self) { try Matrix(rows: 2, columns: 2, [1, 2, 2, 1]).inverted() }
        #expect(throws: RoundsError.self) { try Matrix(rows: 2, columns: 2, [1, .nan, .nan, 1]).inverted() }
        #expect(throws: RoundsError.self) { try Matrix(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6]).inverted() }
        #expect(throws: RoundsError.self) { try Matrix(rows: Int.max, columns: 3, [1]) }
        #expect(throws: RoundsError.self) { try Matrix(rows: 0, columns: 0).eigen() }
    }
}
