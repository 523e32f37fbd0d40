import Testing

@testable import Cohort

@Suite("Age bands")
struct AgeBandTests {
    @Test("are tens of years, and one for 90 and over")
    func bands() {
        #expect(AgeBand.all == ["0-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90+"])
    }

    @Test(
        "hold the ages that they name",
        arguments: [(0, 0), (1.5, 0), (9.9, 0), (10, 1), (59, 5), (89.9, 8), (90, 9), (118, 9)])
    func places(years: Double, place: Int) { #expect(AgeBand.place(of: years) == place) }

    @Test("nonsense has a band too, and traps nothing", arguments: [-3, Double.nan, Double.infinity])
    func nonsense(years: Double) { #expect(AgeBand.all.indices.contains(AgeBand.place(of: years))) }

    @Test("narrow a question to their ages")
    func conditions() throws {
        let facet = try #require(CohortFacet.find("ageband"))
        #expect(
            CohortQuery(condition: facet.condition(selecting: "50-59"), facets: []).text
                == "patient.ageAtStudy >= 50 and patient.ageAtStudy < 60 facets none")
        #expect(CohortQuery(condition: facet.condition(selecting: "90+")).text == "patient.ageAtStudy >= 90")
        #expect(CohortQuery(condition: facet.condition(selecting: "unknown")).text == "not exists patient.ageAtStudy")
    }
}
