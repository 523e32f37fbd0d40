import Testing

@testable import Cohort

@Suite("The registry of attributes")
struct ModelTests {
    @Test("no two attributes share a name or an alias, in any case")
    func namesAreUnique() {
        let names = CohortModel.attributes.flatMap { [$0.name] + $0.aliases }.map { $0.lowercased() }
        #expect(Set(names).count == names.count)
    }

    @Test("every attribute has a label and an explanation, and one of images the DICOM attributes that it comes from")
    func attributesAreExplained() {
        for attribute in CohortModel.attributes {
            #expect(!attribute.label.isEmpty && attribute.explanation.hasSuffix("."), "\(attribute.name)")
        }
        let known = Set(CohortModel.ofImages.map(\.name))
        #expect(known.isSuperset(of: ["patient.sex", "study.date", "series.modality", "series.sequenceType"]))
        #expect(known.isDisjoint(with: ["condition.topography", "treatment.type", "patient.country"]))
    }

    @Test("no attribute identifies anyone: no names, numbers of patients, UIDs of objects or free descriptions")
    func nothingIdentifies() {
        let identifying = [
            "PatientID", "PatientName", "PatientBirthDate", "AccessionNumber", "StudyInstanceUID", "StudyDescription",
        ]
        for attribute in CohortModel.attributes { #expect(Set(attribute.keywords).isDisjoint(with: identifying)) }
    }

    @Test("an attribute is found by its full name and its aliases, in any case")
    func attributesAreFound() {
        #expect(CohortModel.find("series.modality") == .modality)
        #expect(CohortModel.find("Modality") == .modality)
        #expect(CohortModel.find("te") == .echoTime)
        #expect(CohortModel.find("patient.name") == nil)
    }

    @Test(
        "a misspelt name has suggestions, the nearest first",
        arguments: [
            ("modalty", "series.modality"), ("patient.sexx", "patient.sex"), ("slicethicknes", "series.sliceThickness"),
            ("bodypart_examined", "series.bodyPart"), ("gendre", "patient.sex"),
            ("field", "series.magneticFieldStrength"),
        ])
    func suggestions(word: String, name: String) {
        #expect(CohortModel.suggestions(for: word).first == name)
    }

    @Test("what is near nothing has no suggestion")
    func noSuggestion() { #expect(CohortModel.suggestions(for: "xylophone").isEmpty) }

    @Test("known values are in the form in which they are stored, and no synonym means two of them")
    func knownValuesAreConsistent() {
        for attribute in CohortModel.attributes {
            let codes = attribute.knownValues.map { $0.code.lowercased() }
            #expect(Set(codes).count == codes.count, "\(attribute.name)")
            let synonyms = attribute.knownValues.flatMap(\.synonyms)
            #expect(
                Set(synonyms).count == synonyms.count && synonyms == synonyms.map { $0.lowercased() },
                "\(attribute.name)")
        }
    }
}
