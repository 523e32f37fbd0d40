import Testing

@testable import Cohort

@Suite("The description of the model")
struct DescriptionTests {
    @Test("is read whole: every attribute that a document names is there, with its values")
    func isWhole() throws {
        var names: [String] = []
        for bytes in ModelData.documents {
            let document = try JSONReader.value(bytes)
            guard case .object(let members) = document, case .array(let attributes)? = members["attributes"] else {
                Issue.record("a document without attributes")
                continue
            }
            let entity = try #require(members["entity"]?.text)
            for attribute in attributes {
                guard case .object(let members) = attribute, let name = members["name"]?.text else { continue }
                let full = name.contains(".") ? name : "\(entity).\(name)"
                names.append(full)
                let read = CohortModel.find(full)
                #expect(read?.valueSet?.name == members["values"]?.text, "\(full)")
                #expect(read?.codings.count == members["codings"]?.texts.count ?? 0, "\(full)")
                #expect(read?.aliases == members["aliases"]?.texts, "\(full)")
            }
        }
        #expect(names == CohortModel.attributes.map(\.name) && names.count > 240)
    }

    @Test("has every kind of record, and of each when it was", arguments: CohortEntity.allCases)
    func times(entity: CohortEntity) {
        #expect(!entity.attributes.isEmpty)
        guard entity != .patient else {
            #expect(entity.dateAttribute == nil && entity.dayAttribute == nil)
            return
        }
        #expect(entity.dateAttribute.flatMap(CohortModel.find)?.kind == .date)
        #expect(entity.dayAttribute.flatMap(CohortModel.find)?.kind == .number(unit: "days"))
    }

    @Test("has the attributes that the code itself names")
    func namedAttributes() {
        let named: [CohortAttribute] = [
            .sex, .ageAtStudy, .studyDate, .dateOfDiagnosis, .ageAtDiagnosis, .topography, .diagnosis, .dataset,
            .modality, .bodyPart, .laterality, .manufacturer, .model, .sequenceType, .sliceThickness, .pixelSpacing,
            .rows, .columns, .images, .magneticFieldStrength, .echoTime, .repetitionTime, .kvp, .contrast, .sopClass,
            .transferSyntax,
        ]
        for attribute in named { #expect(CohortModel.find(attribute.name)?.label == attribute.label) }
    }

    /// The minimum attributes of EUCAIM's handbook.
    @Test(
        "marks EUCAIM's minimum attributes",
        arguments: [
            (
                CohortAttribute.Minimum.imaging,
                ["patient.ageAtStudy", "series.bodyPart", "series.manufacturer", "series.modality", "study.date"]
            ),
            (
                .cases,
                [
                    "condition.ageAtDiagnosis", "condition.dateOfDetection", "condition.dateOfDiagnosis",
                    "condition.diagnosis", "condition.imagingProtocol", "condition.morphology",
                    "condition.pathologyConfirmation", "condition.topography", "patient.population", "patient.sex",
                    "treatment.startDate", "treatment.type",
                ]
            ),
            (
                .controls,
                ["condition.topography", "patient.ageAtStudy", "patient.population", "patient.sex", "study.date"]
            ),
        ])
    func minimum(of population: CohortAttribute.Minimum, names: [String]) {
        let marked = CohortModel.attributes.filter { $0.minimum.contains(population) }.map(\.name)
        #expect(marked.sorted() == names)
    }

    /// Codes as mCODE, LOINC, SNOMED CT, HL7's genomics guide and EUCAIM's federated-query schema publish them.
    @Test(
        "has the core variables of cancer imaging under their published codes",
        arguments: [
            ("patient.sex", "SNOMED:263495000"), ("condition.ageAtDiagnosis", "SNOMED:423493009"),
            ("condition.yearOfDiagnosis", "SNOMED:432213005"), ("condition.diagnosis", "SNOMED:439401001"),
            ("condition.cT", "LOINC:21905-5"), ("condition.cN", "LOINC:21906-3"), ("condition.cM", "LOINC:21907-1"),
            ("condition.pT", "LOINC:21899-0"), ("condition.pN", "LOINC:21900-6"), ("condition.pM", "LOINC:21901-4"),
            ("condition.clinicalStage", "LOINC:21908-9"), ("condition.pathologicalStage", "LOINC:21902-2"),
            ("condition.grade", "SNOMED:371469007"), ("condition.nottingham", "LOINC:44648-4"),
            ("condition.gleason", "SNOMED:372278000"), ("condition.gleasonPrimary", "LOINC:44641-9"),
            ("marker.ER", "LOINC:16112-5"), ("marker.PR", "LOINC:16113-3"), ("marker.HER2", "LOINC:48676-1"),
            ("marker.Ki67", "LOINC:29593-1"), ("marker.PSA", "LOINC:2857-1"), ("marker.PSADensity", "LOINC:15325-4"),
            ("marker.CEA", "LOINC:2039-6"), ("marker.AFP", "LOINC:1834-1"), ("marker.EGFR", "HGNC:3236"),
            ("marker.KRAS", "HGNC:6407"), ("marker.BRAF", "HGNC:1097"), ("marker.MYCN", "HGNC:7559"),
            ("tumour.size", "LOINC:21889-1"), ("tumour.pirads", "DICOM:130560"), ("assessment.ecog", "LOINC:89247-1"),
            ("assessment.karnofsky", "LOINC:89243-0"), ("series.modality", "RadLex:RID10311"),
            ("series.bodyPart", "SNOMED:123037004"), ("series.manufacturer", "NCIt:C25392"),
            ("variant.hgvsCoding", "LOINC:48004-6"),
        ])
    func coreVariables(name: String, coding: String) throws {
        let attribute = try #require(CohortModel.find(name))
        #expect(attribute.codings.contains(try #require(Coding(coding))))
    }

    @Test(
        "has the core variables without a code of their own",
        arguments: [
            "patient.ethnicity", "patient.country", "condition.icd10", "condition.behaviour", "condition.laterality",
            "condition.stageEdition", "condition.isup", "tumour.birads", "tumour.lirads", "tumour.lungRads",
            "marker.MSI",
            "marker.MMR", "marker.ALK", "marker.PDL1", "treatment.type", "assessment.response", "followUp.vitalStatus",
            "followUp.survivalDays", "series.model", "series.magneticFieldStrength", "series.kvp",
            "series.sliceThickness",
            "series.pixelSpacing", "series.contrast", "series.sequenceType", "annotation.label", "annotation.method",
            "study.timepoint",
        ])
    func otherCoreVariables(name: String) { #expect(CohortModel.find(name) != nil) }

    @Test("a reference at a site can be asked only whether it is there")
    func references() throws {
        #expect(throws: QueryError.self) { try CohortQuery(text: "slideReference = \"a.svs\"") }
        #expect(throws: QueryError.self) { try CohortQuery(text: "slideReference contains a") }
        #expect(throws: QueryError.self) { try CohortQuery(text: "slideReference in (a, b)") }
        #expect(try CohortQuery(text: "exists slideReference").text == "exists specimen.slideReference")
    }

    @Test("a marker or test with a name of its own says which one it is")
    func tests() throws {
        for (entity, code) in [(CohortEntity.marker, "marker.code"), (.laboratory, "laboratory.code")] {
            let set = try #require(CohortModel.find(code)?.valueSet)
            let named = entity.attributes.compactMap(\.test)
            #expect(!named.isEmpty && Set(named) == Set(set.concepts.map(\.code)))
        }
    }
}
