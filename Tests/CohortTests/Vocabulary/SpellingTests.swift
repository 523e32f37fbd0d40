import Testing

@testable import Cohort

@Suite("A value is written in many ways")
struct SpellingTests {
    @Test(
        "in three languages, in either case, with accents or without, and by codes of other systems",
        arguments: [
            "breast-cancer", "\"breast cancer\"", "\"Breast  Cancer\"", "\"cáncer de mama\"", "\"cancer de mama\"",
            "\"CÀNCER DE MAMA\"", "254837009", "SNOMED:254837009", "sct:254837009",
            "\"http://snomed.info/sct|254837009\"", "ICD-10:C50", "ICD-O-3:C50", "EUCAIM:CLIN1000060",
        ])
    func diagnosis(value: String) throws {
        #expect(try CohortQuery(text: "diagnosis = \(value)").text == "condition.diagnosis = breast-cancer")
    }

    @Test(
        "of any attribute",
        arguments: [
            ("topography = próstata", "condition.topography = C61"),
            ("topography = SNOMED:34402009", "condition.topography = C20"),
            ("topography = c50.4", "condition.topography = C50.4"),
            ("stage = 3a", "condition.stage = IIIA"), ("stage = \"Estadio III\"", "condition.stage = III"),
            ("morphology = IDC", "condition.morphology = \"8500/3\""),
            ("ER = pos", "marker.ER = positive"), ("KRAS = wt", "marker.KRAS = wild-type"),
            ("treatment.type = quimioterapia", "treatment.type = chemotherapy"),
            ("vitalStatus = exitus", "followUp.vitalStatus = dead"), ("sex = dona", "patient.sex = F"),
            ("sex = SNOMED:248152002", "patient.sex = F"), ("modality = RadLex:RID10312", "series.modality = MR"),
            ("modality = ressonància", "series.modality"), ("birads = SNOMED:397144001", "tumour.birads = 4"),
            ("stageEdition = SNOMED:897275008", "condition.stageEdition = AJCC8"),
            ("cT = 2a", "condition.cT = T2a"), ("gene = HGNC:3430", "variant.gene = ERBB2"),
            ("bodyPart = tòrax", "series.bodyPart = CHEST"), ("laterality = esquerre", "series.laterality = L"),
        ])
    func values(question: String, text: String) throws {
        guard text.contains("=") else {
            // Half a label is no value, but what may have been meant is said.
            let error = #expect(throws: QueryError.self) { try CohortQuery(text: question) }
            #expect(error?.suggestions == ["MR"])
            return
        }
        #expect(try CohortQuery(text: question).text == text)
    }

    @Test("a word that is near one says which, and an unknown code of a closed set lists what there is")
    func mistakes() throws {
        // In quotes an open set takes what stands there.
        #expect(try CohortQuery(text: "diagnosis = \"breast cancr\"").text == "condition.diagnosis = \"BREAST CANCR\"")
        let word = #expect(throws: QueryError.self) { try CohortQuery(text: "treatment.type = mastectomi") }
        #expect(word?.suggestions.first == "mastectomy")
        let closed = #expect(throws: QueryError.self) { try CohortQuery(text: "HER2 = 4+") }
        #expect(closed?.message.contains("positive (positive)") == true)
        let attribute = #expect(throws: QueryError.self) { try CohortQuery(text: "condition.topografy = C50") }
        #expect(attribute?.suggestions.first == "condition.topography")
    }

    @Test(
        "letters are compared without accents, case and repeated spaces",
        arguments: [
            ("Còlon", "colon"), ("PRÓSTATA", "prostata"), ("  two \t words ", "two words"), ("Größe", "grosse"),
            ("medul·la", "medul.la"), ("l’os", "l'os"), ("e\u{301}", "e"), ("", ""), ("Łódź", "lodz"), ("МРТ", "мрт"),
        ])
    func folding(word: String, folded: String) { #expect(Spelling.folded(word) == folded) }

    @Test(
        "what is no coding is none", arguments: ["", ":", "SNOMED:", "nobody:1", "254837009", "SNOMED", "|", "a:b:c"])
    func noCoding(text: String) { #expect(Coding(text) == nil) }

    @Test("systems are known by name, abbreviation and URI", arguments: CodeSystem.allCases)
    func systems(system: CodeSystem) {
        #expect(CodeSystem.find(system.rawValue.lowercased()) == system && CodeSystem.find(system.uri) == system)
        #expect(Coding("\(system.uri)#x")?.system == system)
    }

    @Test("every concept is found by its code, its labels and its synonyms in every language")
    func everyWord() {
        var missing: [String] = []
        for set in Vocabulary.standard.sets.values {
            for concept in set.concepts {
                for word in [concept.code] + concept.synonyms where set.find(word)?.code != concept.code {
                    missing.append("\(set.name): \(word)")
                }
                for word in [concept.label, concept.label(in: "es"), concept.label(in: "ca")]
                where set.find(word) == nil {
                    missing.append("\(set.name): \(word)")
                }
            }
        }
        #expect(missing == [])
    }

    @Test("every value set is taken by an attribute")
    func setsAreUsed() {
        let used = Set(CohortModel.attributes.compactMap { $0.valueSet?.name })
        #expect(Set(Vocabulary.standard.sets.keys) == used)
    }
}
