import Testing

@testable import Cohort

@Suite("A value finds what lies within it")
struct HierarchyTests {
    @Test(
        "of the same attribute",
        arguments: [
            ("condition.topography", "C50", "C50.4"), ("condition.topography", "C50", "C50.49"),
            ("condition.topography", "C50.4", "C50.49"), ("condition.topography", "COLORECTUM", "C18.7"),
            ("condition.topography", "COLORECTUM", "C20.9"), ("condition.topography", "DIGESTIVE", "C18.7"),
            ("condition.icd10", "C34", "C34.1"), ("condition.stage", "III", "IIIA"),
            ("condition.stage", "III", "IIIA1"),
            ("condition.cT", "T2", "T2A1"), ("condition.cM", "M1", "M1C2"), ("condition.morphology", "8500", "8500/3"),
            ("condition.morphology", "ADENOCARCINOMA", "8520/3"), ("condition.morphology", "CARCINOMA", "8041/3"),
            ("condition.diagnosis", "colorectal-cancer", "RECTAL-CANCER"), ("marker.HER2", "positive", "3+"),
            ("marker.HER2", "low", "2+/ISH-"), ("marker.HER2", "negative", "1+"), ("marker.MSI", "unstable", "MSI-H"),
            ("treatment.type", "surgery", "MASTECTOMY"), ("treatment.type", "systemic", "ADT"),
            ("treatment.type", "radiotherapy", "CHEMORADIOTHERAPY"),
            ("treatment.agent", "CHEMOTHERAPY-AGENT", "PACLITAXEL"),
            ("tumour.birads", "4", "4B"), ("tumour.lungRads", "4", "4X"), ("series.bodyPart", "CHEST", "LUNG"),
            ("series.bodyPart", "ABDOMEN", "CHESTABDPELVIS"), ("series.sequenceType", "T1", "T1C"),
            ("annotation.label", "prostate", "PERIPHERAL-ZONE"), ("history.relative", "first-degree", "MOTHER"),
        ])
    func within(name: String, asked: String, stored: String) throws {
        let attribute = try #require(CohortModel.find(name))
        #expect(attribute.isMatch(stored, asked: asked))
        #expect(!attribute.isMatch(asked.uppercased(), asked: stored), "the narrower one does not find the wider one")
    }

    @Test(
        "and nothing beside it",
        arguments: [
            ("condition.topography", "C50", "C51"), ("condition.topography", "C5", "C50"),
            ("condition.topography", "C50.4", "C50"), ("condition.topography", "COLORECTUM", "C22.0"),
            ("condition.stage", "I", "II"), ("condition.stage", "I", "IV"), ("condition.stage", "II", "III"),
            ("condition.morphology", "8500", "8520/3"), ("condition.morphology", "8500/2", "8500/3"),
            ("marker.HER2", "positive", "2+"), ("marker.HER2", "positive", "2+/ISH-"),
            ("series.bodyPart", "HEAD", "CHEST"), ("series.modality", "MR", "CT"), ("condition.cT", "T1", "T0"),
        ])
    func beside(name: String, asked: String, stored: String) throws {
        #expect(try #require(CohortModel.find(name)).isMatch(stored, asked: asked) == false)
    }

    /// Spellings as they are in the index of the NCI Imaging Data Commons.
    @Test(
        "a maker is found in all its spellings where that is asked, and in one where one is",
        arguments: [
            ("any-siemens", "SIEMENS", true), ("any-siemens", "SIEMENS HEALTHINEERS", true),
            ("any-siemens", "SIEMENS HEALTHCARE GMBH", true), ("any-ge", "GE MEDICAL SYSTEMS", true),
            ("any-ge", "GEMS", true), ("any-philips", "PHILIPS MEDICAL SYSTEMS", true),
            ("any-canon", "TOSHIBA_MEC", true), ("any-hologic", "HOLOGIC, INC.", true),
            ("any-siemens", "PHILIPS", false),
            ("siemens", "SIEMENS", true), ("siemens", "SIEMENS HEALTHINEERS", false), ("ge", "GE HEALTHCARE", false),
        ])
    func makers(asked: String, stored: String, isFound: Bool) {
        #expect(CohortAttribute.manufacturer.isMatch(stored, asked: asked) == isFound)
    }

    @Test("a breakdown repeats the total in the asked value only where nothing else can be in it")
    func implied() throws {
        func implied(_ text: String, _ attribute: CohortAttribute) throws -> String? {
            try CohortQuery(text: text).condition.impliedValue(of: attribute)
        }
        #expect(try implied("modality = MR", .modality) == "MR")
        #expect(try implied("bodyPart = CHEST", .bodyPart) == nil, "those of LUNG are there, too")
        #expect(try implied("bodyPart = LUNG", .bodyPart) == "LUNG")
        #expect(try implied("manufacturer = any-siemens", .manufacturer) == nil)
        #expect(try implied("topography = C61.9", .topography) == nil, "a patient can have another cancer")
        #expect(try implied("sex = F", .sex) == "F")
    }

    @Test("no value is within itself, and every wider value is there")
    func isTree() {
        for set in Vocabulary.standard.sets.values {
            let codes = Set(set.concepts.map { Spelling.folded($0.code) })
            for concept in set.concepts {
                for wider in concept.wider {
                    #expect(codes.contains(Spelling.folded(wider)), "\(set.name) \(concept.code)")
                    #expect(!set.isWithin(wider, concept.code), "\(set.name) \(concept.code)")
                }
            }
        }
    }
}
