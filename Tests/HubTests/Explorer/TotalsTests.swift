import Cohort
import Testing

@testable import Hub

@Suite("Totals over sites")
struct TotalsTests {
    @Test("A total of shown and hidden numbers is a range: 12, <5 and >95 make 108 and more")
    func ranges() {
        let sum = [ProtectedCount.exact(12), .fewerThan(5), .moreThan(95)].map { CountRange($0) }.reduce(.zero, +)
        #expect(sum == CountRange(low: 108, high: nil))
        #expect(CountRange(.exact(12)) + CountRange(.fewerThan(5)) == CountRange(low: 12, high: 16))
    }

    @Test("Numbers that a site invents cannot overflow the total")
    func overflow() {
        let sum = CountRange(.exact(.max)) + CountRange(.exact(.max))
        #expect(sum == CountRange(low: .max, high: nil))
        #expect(CountRange(.moreThan(.max)) + CountRange(.exact(1)) == CountRange(low: .max, high: nil))
    }

    @Test("Facets are summed value by value; age bands stay in their order, other values come by size")
    func facets() {
        func answer(_ facets: [Facet]) -> SiteAnswer {
            SiteAnswer(outcome: .counted, conditions: [], counts: nil, facets: facets, threshold: 5)
        }
        func facet(_ name: String, _ cells: [(String, ProtectedCount)]) -> Facet {
            Facet(name: name, label: name, cells: cells.map { FacetCell(value: $0.0, label: $0.0, patients: $0.1) })
        }
        let totals = FacetTotal.sum([
            answer([facet("modality", [("MR", .exact(7)), ("CT", .exact(9))]), facet("ageBand", [("90+", .exact(6))])]),
            answer([
                facet("modality", [("MR", .exact(8)), ("US", .fewerThan(5))]), facet("ageBand", [("10-19", .exact(5))]),
            ]),
        ])
        #expect(totals.map(\.name) == ["modality", "ageBand"])
        #expect(totals[0].cells.map(\.value) == ["MR", "CT", "US"])
        #expect(
            totals[0].cells.map(\.patients)
                == [15...15, 9...9, 0...4].map { CountRange(low: $0.lowerBound, high: $0.upperBound) })
        #expect(totals[1].cells.map(\.value) == ["10-19", "90+"])
    }
}
