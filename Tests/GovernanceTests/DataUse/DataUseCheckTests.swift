import Governance
import Testing

/// Terms against purposes, by the definitions of the Data Use Ontology.
@Suite struct DataUseCheckTests {
    private static let health = DataUsePurpose(kinds: [.healthResearch])
    private static func with(_ change: (inout DataUsePurpose) -> Void) -> DataUsePurpose {
        var purpose = health
        change(&purpose)
        return purpose
    }

    /// A term, a purpose, what comes out.
    static let table: [(String, DataUsePurpose, DataUseOutcome)] = [
        ("NRES", DataUsePurpose(kinds: [.otherThanResearch]), .allowed),
        ("NRES", DataUsePurpose(kinds: [.clinicalCare]), .allowed),
        ("GRU", health, .allowed),
        ("GRU", DataUsePurpose(kinds: [.otherResearch]), .allowed),
        ("GRU", DataUsePurpose(kinds: [.otherThanResearch]), .needsPerson),
        ("GRU", DataUsePurpose(kinds: []), .needsPerson),
        ("GRU", DataUsePurpose(kinds: [.clinicalCare]), .refused),
        ("HMB", health, .allowed),
        ("HMB", DataUsePurpose(kinds: [.healthResearch, .methods]), .allowed),
        ("HMB", DataUsePurpose(kinds: [.methods]), .needsPerson),
        ("HMB", DataUsePurpose(kinds: [.otherResearch]), .refused),
        ("HMB", DataUsePurpose(kinds: [.populationOrigins]), .refused),
        ("DS MONDO:0007254", with { $0.diseases = ["MONDO:0007254"] }, .allowed),
        ("DS MONDO:0007254", with { $0.diseases = ["MONDO:0007254", "MONDO:0008170"] }, .needsPerson),
        ("DS MONDO:0007254", health, .refused),
        ("DS MONDO:0007254", DataUsePurpose(kinds: [.populationOrigins], diseases: ["MONDO:0007254"]), .refused),
        ("POA", DataUsePurpose(kinds: [.populationOrigins]), .allowed),
        ("POA", health, .refused),
        ("GRU + RS paediatric research", health, .needsPerson),
        ("GRU + NMDS", health, .allowed),
        ("GRU + NMDS", DataUsePurpose(kinds: [.healthResearch, .methods]), .refused),
        ("GRU + GSO", health, .needsPerson),
        ("GRU + GSO", with { $0.isGenetic = true }, .allowed),
        ("GRU + GSO", with { $0.isGenetic = false }, .refused),
        ("GRU + NPUNCU", health, .needsPerson),
        (
            "GRU + NPUNCU",
            with {
                $0.isNotForProfitOrganisation = true; $0.isCommercial = false
            }, .allowed
        ),
        (
            "GRU + NPUNCU",
            with {
                $0.isNotForProfitOrganisation = true; $0.isCommercial = true
            }, .refused
        ),
        (
            "GRU + NPUNCU",
            with {
                $0.isNotForProfitOrganisation = false; $0.isCommercial = false
            }, .refused
        ),
        ("GRU + PUB", with { $0.willPublish = true }, .allowed),
        ("GRU + PUB", with { $0.willPublish = false }, .refused),
        ("GRU + COL", with { $0.willCollaborate = true }, .allowed),
        ("GRU + COL", health, .needsPerson),
        ("GRU + IRB", with { $0.hasEthicsApproval = true }, .allowed),
        ("GRU + IRB", with { $0.hasEthicsApproval = false }, .refused),
        ("GRU + IRB", health, .needsPerson),
        ("GRU + GS ES, PT", with { $0.countries = ["PT"] }, .allowed),
        ("GRU + GS ES, PT", with { $0.countries = ["PT", "US"] }, .refused),
        ("GRU + GS ES, PT", health, .needsPerson),
        ("GRU + MOR 2027-06-30", with { $0.publicationDay = Day("2027-06-30") }, .allowed),
        ("GRU + MOR 2027-06-30", with { $0.publicationDay = Day("2027-06-29") }, .refused),
        ("GRU + MOR 2027-06-30", with { $0.willPublish = false }, .allowed),
        ("GRU + MOR 2027-06-30", health, .needsPerson),
        ("GRU + TS 2028-12-31", with { $0.until = Day("2028-12-31") }, .allowed),
        ("GRU + TS 2028-12-31", with { $0.until = Day("2029-01-01") }, .refused),
        ("GRU + TS 2028-12-31", health, .needsPerson),
        ("GRU + US Anna Puig; Joan Riu", with { $0.people = ["joan  riu"] }, .allowed),
        ("GRU + US Anna Puig", with { $0.people = ["Anna Puig", "Pau Roca"] }, .needsPerson),
        ("GRU + PS ATLES", with { $0.project = "Atles" }, .allowed),
        ("GRU + PS ATLES", health, .needsPerson),
        ("GRU + IS Hospital de Ponent", with { $0.institutions = ["Hospital de Ponent"] }, .allowed),
        ("GRU + IS Hospital de Ponent", with { $0.institutions = ["Hospital del Mar"] }, .needsPerson),
        ("GRU + RTN", with { $0.willReturnResults = true }, .allowed),
        ("GRU + RTN", with { $0.willReturnResults = false }, .refused),
        ("GRU + CC", DataUsePurpose(kinds: [.clinicalCare]), .allowed),
        ("GRU + NPOA", health, .allowed),
        ("GRU + NPOA", DataUsePurpose(kinds: [.healthResearch, .populationOrigins]), .refused),
        ("GRU + NPU", with { $0.isNotForProfitOrganisation = true }, .allowed),
        ("GRU + NPU", with { $0.isNotForProfitOrganisation = false }, .refused),
        ("GRU + NCU", with { $0.isCommercial = false }, .allowed),
        ("GRU + NCU", with { $0.isCommercial = true }, .refused),
        // The strictest term holds; terms that allow nothing by themselves are for a person.
        (
            "HMB + NPU + IRB",
            with {
                $0.isNotForProfitOrganisation = true; $0.hasEthicsApproval = true
            }, .allowed
        ),
        ("HMB + NPU + IRB", with { $0.isNotForProfitOrganisation = true }, .needsPerson),
        ("IRB", with { $0.hasEthicsApproval = true }, .needsPerson),
        ("", health, .needsPerson),
    ]

    @Test(arguments: table.indices) func termsMeetAPurpose(_ place: Int) throws {
        let (terms, purpose, outcome) = Self.table[place]
        let check = DataUseCheck(
            try terms.split(separator: "+").map { try DataUseTerm(String($0)) }, for: purpose)
        #expect(check.outcome == outcome, "\(terms): \(check.findings.map(\.reason))")
        #expect(!check.findings.isEmpty)
        #expect(check.findings.allSatisfy { $0.reason.hasSuffix(".") })
    }

    @Test func theTableKnowsEveryCode() {
        let used = Set(
            Self.table.flatMap { $0.0.split(separator: "+") }.compactMap {
                $0.split(separator: " ").first.map(String.init)
            })
        #expect(used == Set(DataUseCode.allCases.map(\.abbreviation)))
    }

    @Test func theCodesAreTheTwentyThreeOfTheList() {
        #expect(DataUseCode.allCases.count == 23)
        #expect(
            Set(DataUseCode.allCases.map { $0.rawValue.suffix(2) }) == [
                "04", "42", "06", "07", "11", "12", "15", "16", "18", "19", "20", "21", "22", "24", "25", "26", "27",
                "28",
                "29", "43", "44", "45", "46",
            ])
    }

    @Test func aTermThatLacksWhatItNeedsIsRefused() throws {
        for text in [
            "DS", "DS breast cancer", "DS MONDO:1", "GS", "GS Spain", "GS XX", "MOR", "MOR 2027", "TS 2027-02-29", "US",
            "PS",
            "IS", "RS", "GRU MONDO:0007254", "DUO:0000001", "", "HMB\u{0}",
        ] {
            #expect(throws: DataUseError.self, "\(text)") { try DataUseTerm(text) }
        }
        let term = try DataUseTerm("duo:0000007 mondo:0007254,MONDO:0008170")
        #expect(term.code == .diseaseSpecific)
        #expect(term.details == ["MONDO:0007254", "MONDO:0008170"])
        #expect(try DataUseTerm(term.text) == term)
        #expect(try DataUseTerm("IS Hospital A; Hospital B").text == "DUO:0000028 Hospital A; Hospital B")
    }
}
