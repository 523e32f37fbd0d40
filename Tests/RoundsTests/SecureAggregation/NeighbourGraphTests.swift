import Testing

@testable import Rounds

@Suite struct NeighbourGraphTests {
    private let seed = [UInt8](repeating: 7, count: 32)

    /// By SciPy's `hypergeom.sf` and `.cdf`: the least even degree k, and the least threshold t, with
    /// n * P(colluding neighbours >= t) < 2^-40, n * P(surviving ones < t) < 2^-30 and n * (1/3 + 0.3)^(k/2) < 2^-40.
    @Test(arguments: [(200, 146, 67), (500, 210, 112), (1000, 276, 147), (2000, 330, 175)])
    func degreeAndThresholdAreTheLeastThatTheBoundsAllow(_ sites: Int, _ degree: Int, _ threshold: Int) throws {
        let found = try #require(NeighbourGraph.parameters(sites))
        #expect(found.degree == degree)
        #expect(found.threshold == threshold)
    }

    @Test func smallEpochsAreComplete() {
        for sites in [2, 3, 30, 100, 101] {
            let graph = NeighbourGraph(sites: sites, seed: seed)
            #expect(graph.degree == sites - 1)
            #expect(graph.shareThreshold == Roster.threshold(of: sites))
            #expect(graph.neighbours(of: 1) == (0..<sites).filter { $0 != 1 })
        }
        #expect(NeighbourGraph.parameters(101) == nil)
    }

    /// More than two thirds, and never fewer than two.
    @Test func thresholdsAreMoreThanTwoThirds() {
        let thresholds = [2, 3, 4, 5, 6, 9, 10, 18, 100].map { Roster.threshold(of: $0) }
        #expect(thresholds == [2, 3, 3, 4, 5, 7, 7, 13, 67])
    }

    @Test func aSparseGraphIsRegularAndMutual() {
        let graph = NeighbourGraph(sites: 500, seed: seed)
        for site in 0..<500 {
            let neighbours = graph.neighbours(of: site)
            #expect(neighbours.count == graph.degree)
            #expect(Set(neighbours).count == graph.degree)
            #expect(!neighbours.contains(site))
            #expect(neighbours.allSatisfy { graph.areNeighbours($0, site) && graph.areNeighbours(site, $0) })
            #expect((0..<500).filter { graph.areNeighbours(site, $0) } == neighbours)
        }
        #expect(!graph.areNeighbours(3, 3))
        #expect(!graph.areNeighbours(3, 500))
        #expect(graph.neighbours(of: -1).isEmpty)
    }

    @Test func theSeedDecidesTheGraph() {
        #expect(NeighbourGraph(sites: 300, seed: seed) == NeighbourGraph(sites: 300, seed: seed))
        let other = NeighbourGraph(sites: 300, seed: [UInt8](repeating: 8, count: 32))
        #expect(NeighbourGraph(sites: 300, seed: seed) != other)
    }
}
