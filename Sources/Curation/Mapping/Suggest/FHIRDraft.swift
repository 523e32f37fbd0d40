import Cohort

/// How resources of FHIR R4 are mapped that follow mCODE, or common usage.
enum FHIRDraft {
    static let source = """
          fhir:
            kind: fhir
            file: ["*.json", "*.ndjson"]
            # The system of the identifier that the images bear; empty: the first one.
            patient: ""
            records:
              - entity: patient
                from: Patient
                values:
                  population: {constant: case}
                  sex: {column: gender, map: {male: M, female: F, other: other, unknown: ~}}
              - entity: followUp
                from: Patient
                when: {column: deceasedDateTime, filled: true}
                once: true
                values:
                  vitalStatus: {constant: dead}
                  dateOfDeath: deceasedDateTime
              - entity: followUp
                from: Patient
                when: {column: deceasedBoolean, filled: true}
                once: true
                values:
                  vitalStatus: {column: deceasedBoolean, map: {"true": dead, "false": alive}}
              - entity: condition
                from: Condition
                key: id
                needs: [diagnosis, topography, icd10, morphology]
                values:
                  diagnosis: code.coding
                  icd10: code.coding
                  topography: {column: [bodySite.coding, code.coding]}
                  morphology: {column: ["extension[http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior].valueCodeableConcept.coding"]}
                  laterality: {column: ["bodySite.extension[http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-laterality-qualifier].valueCodeableConcept.coding"]}
                  dateOfDiagnosis: {column: [onsetDateTime, recordedDate]}
                  yearOfDiagnosis: {year_of: onsetDateTime}
                  ageAtDiagnosis: {column: onsetAge.value}
              - entity: history
                from: Condition
                row: id
                needs: [condition]
                values:
                  category: {constant: comorbidity}
                  condition: code.coding
              # Stage, grade and categories, of the condition in their focus: the result of an Observation of its own, or a component.
              - for_each: \(LOINCList.yaml(.condition, "cT", "cN", "cM", "pT", "pN", "pM", "clinicalStage", "pathologicalStage", "stage"))
                entity: condition
                from: Observation
                when: {column: code.coding, is: "*|{code}"}
                key: focus.reference
                values:
                  "{name}": {column: [valueCodeableConcept.coding, valueString]}
              - for_each: \(LOINCList.yaml(.condition, "cT", "cN", "cM", "pT", "pN", "pM"))
                entity: condition
                from: Observation
                when: {column: "component[LOINC:{code}].valueCodeableConcept.coding", filled: true}
                key: focus.reference
                values:
                  "{name}": "component[LOINC:{code}].valueCodeableConcept.coding"
              - for_each: \(LOINCList.yaml(.condition, "nottingham", "gleasonPrimary", "gleasonSecondary", "gleason"))
                entity: condition
                from: Observation
                when: {column: code.coding, is: "*|{code}"}
                key: focus.reference
                values:
                  "{name}": {column: [valueInteger, valueQuantity.value]}
              - for_each: \(LOINCList.yaml(.assessment, "ecog", "karnofsky"))
                entity: assessment
                from: Observation
                row: id
                when: {column: code.coding, is: "*|{code}"}
                values:
                  "{name}": {column: [valueInteger, valueQuantity.value]}
                  date: effectiveDateTime
              - entity: tumour
                from: Observation
                row: id
                when: {column: code.coding, is: ["*|21889-1", "*|33728-7"]}
                values:
                  size: {column: valueQuantity.value, unit_column: valueQuantity.unit}
                  date: effectiveDateTime
              - for_each: [marker, laboratory]
                entity: "{each}"
                from: Observation
                row: id
                needs: [code]
                values:
                  code: code.coding
                  value: valueQuantity.value
                  unit: {column: [valueQuantity.code, valueQuantity.unit]}
                  interpretation: {column: [valueCodeableConcept.coding, interpretation.coding]}
                  date: effectiveDateTime
              - entity: treatment
                from: Procedure
                row: id
                needs: [type]
                values:
                  type: {column: [code.coding, category.coding]}
                  site: bodySite.coding
                  startDate: {column: [performedDateTime, performedPeriod.start]}
                  endDate: performedPeriod.end
              - entity: procedure
                from: Procedure
                row: id
                needs: [type]
                values:
                  type: code.coding
                  site: bodySite.coding
                  date: {column: [performedDateTime, performedPeriod.start]}
              - entity: treatment
                from: MedicationAdministration
                row: id
                needs: [agent]
                values:
                  type: {constant: systemic}
                  agent: medicationCodeableConcept.coding
                  startDate: {column: [effectiveDateTime, effectivePeriod.start]}
                  endDate: effectivePeriod.end
              - entity: specimen
                from: Specimen
                row: id
                values:
                  type: type.coding
                  site: collection.bodySite.coding
                  date: {column: [collection.collectedDateTime, collection.collectedPeriod.start]}
              - entity: procedure
                from: ImagingStudy
                row: id
                values:
                  category: {constant: imaging}
                  type: {column: [series.modality.code, modality.code], many: true}
                  date: started

        """
}
