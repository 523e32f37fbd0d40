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
              - for_each:
                  - {code: 21905-5, name: cT}
                  - {code: 21906-3, name: cN}
                  - {code: 21907-1, name: cM}
                  - {code: 21899-0, name: pT}
                  - {code: 21900-6, name: pN}
                  - {code: 21901-4, name: pM}
                  - {code: 21908-9, name: clinicalStage}
                  - {code: 21902-2, name: pathologicalStage}
                  - {code: 21914-7, name: stage}
                entity: condition
                from: Observation
                when: {column: code.coding, is: "*|{code}"}
                key: focus.reference
                values:
                  "{name}": {column: [valueCodeableConcept.coding, valueString]}
              - for_each:
                  - {code: 21905-5, name: cT}
                  - {code: 21906-3, name: cN}
                  - {code: 21907-1, name: cM}
                  - {code: 21899-0, name: pT}
                  - {code: 21900-6, name: pN}
                  - {code: 21901-4, name: pM}
                entity: condition
                from: Observation
                when: {column: "component[LOINC:{code}].valueCodeableConcept.coding", filled: true}
                key: focus.reference
                values:
                  "{name}": "component[LOINC:{code}].valueCodeableConcept.coding"
              - for_each:
                  - {code: 44648-4, name: nottingham}
                  - {code: 44641-9, name: gleasonPrimary}
                  - {code: 44642-7, name: gleasonSecondary}
                  - {code: 35266-6, name: gleason}
                entity: condition
                from: Observation
                when: {column: code.coding, is: "*|{code}"}
                key: focus.reference
                values:
                  "{name}": {column: [valueInteger, valueQuantity.value]}
              - for_each:
                  - {code: 89247-1, name: ecog}
                  - {code: 89243-0, name: karnofsky}
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
