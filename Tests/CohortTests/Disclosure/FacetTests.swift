import Testing

@testable import Cohort

@Suite("A breakdown under the rule of five")
struct FacetTests {
    private static let asked = Condition.test(Comparison(.kvp, .exists))

    /// What is shown of a breakdown, "value count" by line.
    private func shown(
        _ facet: String, _ cells: [(String, Int, of: Int)], patients: Int, of all: Int, asked: Condition = asked
    ) -> [String] {
        let raw = RawAnswer(
            counts: Counts(patients: patients, studies: patients, series: patients, images: patients),
            everything: Counts(patients: all, studies: all, series: all, images: all),
            facets: [RawFacet(name: facet, cells: cells.map { .init(value: $0.0, patients: $0.1, everywhere: $0.of) })])
        return DisclosureRule.standard.protect(raw, to: asked).1.flatMap(\.cells).map { "\($0.value) \($0.patients)" }
    }

    @Test("shows cells of five and more whose rest is five and more")
    func shows() {
        #expect(
            shown("modality", [("CT", 40, of: 60), ("MR", 20, of: 50), ("unknown", 7, of: 20)], patients: 50, of: 100)
                == ["CT 40", "MR 20", "unknown 7"])
    }

    @Test("hides cells under five, and cells that are nearly all that the site has of the value")
    func hides() {
        #expect(
            shown(
                "modality", [("CT", 40, of: 60), ("MR", 3, of: 50), ("PT", 28, of: 30), ("unknown", 6, of: 20)],
                patients: 60, of: 100)
                == ["CT 40", "PT >25", "MR <5", "unknown 6"])
    }

    @Test("does not list a value that fewer than five patients of the site have: its name would tell of them")
    func rareValues() {
        #expect(
            shown("modality", [("CT", 40, of: 60), ("DMS", 2, of: 4)], patients: 50, of: 100) == [
                "CT 40", "unknown <5",
            ])
    }

    @Test("lists all values of a known set, whether anyone has them or not")
    func knownSets() {
        #expect(
            shown(
                "sex", [("F", 30, of: 60), ("M", 25, of: 50), ("O", 6, of: 15), ("unknown", 5, of: 10)], patients: 66,
                of: 135)
                == ["F 30", "M 25", "O 6", "unknown 5"])
        #expect(shown("ageBand", [], patients: 50, of: 100).count == 11)
    }

    @Test("hides the next smallest where the total would tell a hidden cell, and says of it what anyone can tell")
    func complementary() {
        // 30 + 20 of 52: the other two are 2 together. M hides; it is 22 less what "<5" and "<5" can be.
        #expect(
            shown(
                "sex", [("F", 30, of: 60), ("M", 20, of: 50), ("O", 1, of: 30), ("unknown", 1, of: 30)], patients: 52,
                of: 170)
                == ["F 30", "M >13", "O <5", "unknown <5"])
    }

    @Test("shows nothing of a part that the card does not show of the whole")
    func cardHides() {
        // The card: F 60, and O and unknown are none; so M is hidden on it: >32 of 40.
        let cells = [("F", 60, of: 60), ("M", 40, of: 40), ("O", 0, of: 0), ("unknown", 0, of: 0)]
        #expect(
            shown("sex", cells, patients: 100, of: 100, asked: .everything) == ["F 60", "M >31", "O <5", "unknown <5"])
        #expect(
            shown(
                "sex", [("F", 30, of: 60), ("M", 20, of: 40), ("O", 0, of: 0), ("unknown", 0, of: 0)], patients: 50,
                of: 100)
                == ["F 30", "M >11", "O <5", "unknown <5"])
    }

    @Test("of a hidden total shows only what follows from the card")
    func hiddenTotal() {
        let cells = [("CT", 90, of: 92), ("MR", 20, of: 50)]
        #expect(shown("modality", cells, patients: 98, of: 100) == ["CT >87", "MR <51", "unknown <5"])
        #expect(
            shown("modality", [("CT", 3, of: 92), ("MR", 1, of: 50)], patients: 4, of: 100) == [
                "CT <5", "MR <5", "unknown <5",
            ])
    }

    @Test("repeats the total in the one value that the question itself asks for")
    func implied() throws {
        let asked = try CohortQuery(text: "age > 50 and modality = CT").condition
        #expect(
            shown("modality", [("CT", 50, of: 92), ("MR", 0, of: 50)], patients: 50, of: 100, asked: asked)
                == ["CT 50", "MR <5", "unknown <5"])
    }

    @Test("has labels that people read")
    func labels() throws {
        let facet = try #require(CohortFacet.find("sex"))
        #expect(["F", "O", "unknown"].map(facet.label) == ["Female", "Other", "not recorded"])
    }
}
