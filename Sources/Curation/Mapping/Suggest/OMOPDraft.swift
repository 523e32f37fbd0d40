import Cohort

/// Tables of an OMOP database (CDM 5.4 with the oncology and the imaging extension) and how they are mapped.
enum OMOPDraft {
    /// The names of the tables among the files, where there is a table of persons.
    static func tables(_ inputs: [MappingInput]) -> Set<String> {
        let names = Set(inputs.map(\.tableName))
        return names.contains("person") ? names.intersection(entries.map(\.name)) : []
    }

    static func sources(_ tables: Set<String>) -> String {
        entries.filter { tables.contains($0.name) }.map { $0.yaml + "\n" }.joined()
    }

    /// Numbers of the vocabulary that need no table of concepts.
    static let concepts = """
        concepts:
          8507: M
          8532: F
          8521: other
          8527: white
          8516: black
          8515: asian
          9191: positive
          9189: negative
          8842: ng/mL
          8554: "%"
          8840: mg/dL
          8713: g/dL
          8645: U/L
          8588: mm
          8582: cm
          32528: diagnosis
          32529: recurrence
          32531: treatment
          32677: progression

        """

    private static let entries = people + events

    private static let people: [(name: String, yaml: String)] = [
        (
            "person",
            """
              person:
                patient: person_source_value
                ignore: [person_id, year_of_birth, month_of_birth, day_of_birth, birth_datetime, ethnicity_concept_id,
                  ethnicity_source_value, ethnicity_source_concept_id, location_id, provider_id, care_site_id,
                  gender_source_concept_id, race_source_concept_id]
                records:
                  - entity: patient
                    values:
                      population: {constant: case}
                      sex: {column: [gender_concept_id, "gender_source_value?"], concept: true, map: {"8551": ~}}
                      ethnicity: {column: ["race_concept_id?", "race_source_value?"], concept: true, map: {"8552": ~}}
            """
        ),
        (
            "condition_occurrence",
            """
              condition_occurrence:
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                ignore: [condition_type_concept_id, condition_status_concept_id, condition_start_datetime, condition_end_date,
                  condition_end_datetime, stop_reason, provider_id, visit_occurrence_id, visit_detail_id, condition_status_source_value]
                records:
                  # ICD-O-3 in OMOP is morphology and topography in one code: 8500/3-C50.4.
                  - entity: condition
                    key: condition_occurrence_id
                    needs: [diagnosis, topography, icd10]
                    values:
                      diagnosis: {column: [condition_concept_id, "condition_source_concept_id?", "condition_source_value?"], concept: true}
                      icd10: {column: ["condition_source_concept_id?", "condition_source_value?"], concept: true}
                      topography: {column: [condition_concept_id, "condition_source_value?"], concept: true, after: "-"}
                      morphology: {column: [condition_concept_id, "condition_source_value?"], concept: true, before: "-"}
                      dateOfDiagnosis: condition_start_date
                      yearOfDiagnosis: {year_of: condition_start_date}
                      ageAtDiagnosis: {column: condition_start_date, born: "person.birth_datetime?"}
                  - entity: history
                    row: condition_occurrence_id
                    needs: [condition]
                    values:
                      category: {constant: comorbidity}
                      condition: {column: [condition_concept_id, "condition_source_value?"], concept: true}
                      date: condition_start_date
            """
        ),
        (
            "measurement",
            """
              measurement:
                optional: true
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                  test: {file: concept.csv, optional: true, on: {measurement_concept_id: concept_id}}
                ignore: [measurement_id, measurement_datetime, measurement_time, measurement_type_concept_id, operator_concept_id,
                  range_low, range_high, provider_id, visit_occurrence_id, visit_detail_id, measurement_source_concept_id,
                  unit_source_concept_id, meas_event_field_concept_id]
                records:
                  # Staging as the Cancer Modifier vocabulary codes it: p-8th_AJCC/UICC-T1c.
                  - for_each:
                      - {class: p, letter: T, name: pT}
                      - {class: p, letter: N, name: pN}
                      - {class: p, letter: M, name: pM}
                      - {class: c, letter: T, name: cT}
                      - {class: c, letter: N, name: cN}
                      - {class: c, letter: M, name: cM}
                    entity: condition
                    key: measurement_event_id
                    when: {column: "test.concept_code?", is: "{class}-*-{letter}*"}
                    values:
                      "{name}": {column: "test.concept_code?", after: "-"}
                  # Staging and grading as LOINC codes it, with the result beside it.
                  - for_each: \(LOINCList.yaml(.condition, "pT", "pN", "pM", "cT", "cN", "cM", "clinicalStage", "pathologicalStage", "stage", "nottingham", "gleasonPrimary", "gleasonSecondary"))
                    entity: condition
                    key: measurement_event_id
                    when: {column: "test.concept_code?", is: "{code}"}
                    values:
                      "{name}": {column: ["value_as_concept_id?", "value_source_value?", "value_as_number?"], concept: true}
                  - for_each: \(LOINCList.yaml(.assessment, "ecog", "karnofsky"))
                    entity: assessment
                    when: {column: "test.concept_code?", is: "{code}"}
                    values:
                      "{name}": value_as_number
                      date: measurement_date
                  - for_each: [marker, laboratory]
                    entity: "{each}"
                    row: measurement_id
                    needs: [code]
                    values:
                      code: {column: [measurement_concept_id, "measurement_source_value?"], concept: true}
                      value: value_as_number
                      unit: {column: ["unit_concept_id?", "unit_source_value?"], concept: true}
                      interpretation: {column: ["value_as_concept_id?", "value_source_value?"], concept: true}
                      date: measurement_date
            """
        ),
    ]

    private static let events: [(name: String, yaml: String)] = [
        (
            "procedure_occurrence",
            """
              procedure_occurrence:
                optional: true
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                ignore: [procedure_datetime, procedure_end_date, procedure_end_datetime, procedure_type_concept_id, modifier_concept_id,
                  quantity, provider_id, visit_occurrence_id, visit_detail_id, procedure_source_concept_id, modifier_source_value]
                records:
                  - entity: treatment
                    row: procedure_occurrence_id
                    needs: [type]
                    values:
                      type: {column: [procedure_concept_id, "procedure_source_value?"], concept: true}
                      startDate: procedure_date
                  - entity: procedure
                    row: procedure_occurrence_id
                    needs: [type]
                    values:
                      type: {column: [procedure_concept_id, "procedure_source_value?"], concept: true}
                      date: procedure_date
            """
        ),
        (
            "drug_exposure",
            """
              drug_exposure:
                optional: true
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                ignore: [drug_exposure_start_datetime, drug_exposure_end_datetime, verbatim_end_date, drug_type_concept_id, stop_reason,
                  refills, quantity, days_supply, sig, route_concept_id, lot_number, provider_id, visit_occurrence_id,
                  visit_detail_id, drug_source_concept_id, route_source_value, dose_unit_source_value]
                records:
                  - entity: treatment
                    row: drug_exposure_id
                    needs: [agent]
                    values:
                      type: {constant: systemic}
                      agent: {column: [drug_concept_id, "drug_source_value?"], concept: true}
                      startDate: drug_exposure_start_date
                      endDate: "drug_exposure_end_date?"
            """
        ),
        (
            "death",
            """
              death:
                optional: true
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                ignore: [death_datetime, death_type_concept_id, cause_concept_id, cause_source_value, cause_source_concept_id]
                records:
                  - entity: followUp
                    once: true
                    values:
                      vitalStatus: {constant: dead}
                      dateOfDeath: death_date
            """
        ),
        (
            "observation_period",
            """
              observation_period:
                optional: true
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                ignore: [observation_period_id, observation_period_start_date, period_type_concept_id]
                records:
                  - entity: followUp
                    values:
                      lastContactDate: observation_period_end_date
            """
        ),
        (
            "episode",
            """
              episode:
                optional: true
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                ignore: [episode_start_datetime, episode_end_datetime, episode_parent_id, episode_object_concept_id,
                  episode_type_concept_id, episode_source_value, episode_source_concept_id]
                records:
                  - entity: episode
                    row: episode_id
                    values:
                      type: {column: episode_concept_id, concept: true}
                      number: "episode_number?"
                      startDate: episode_start_date
                      endDate: "episode_end_date?"
            """
        ),
        (
            "image_occurrence",
            """
              image_occurrence:
                optional: true
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                ignore: [procedure_occurrence_id, visit_occurrence_id, wadors_uri, local_path, image_series_uid, image_occurrence_id]
                records:
                  - entity: procedure
                    key: image_study_uid
                    values:
                      category: {constant: imaging}
                      type: {column: modality_concept_id, concept: true, after: "|"}
                      site: {column: ["anatomic_site_concept_id?"], concept: true}
                      date: image_occurrence_date
            """
        ),
        (
            "image_feature",
            """
              image_feature:
                optional: true
                patient: person.person_source_value
                joins:
                  person: {on: {person_id: person_id}}
                  finding: {file: measurement.csv, on: {image_feature_event_id: measurement_id}}
                  feature: {file: concept.csv, optional: true, on: {image_feature_concept_id: concept_id}}
                ignore: [image_feature_event_field_concept_id, image_feature_type_concept_id, image_finding_concept_id,
                  image_finding_id, alg_system, alg_datetime, image_feature_id, image_occurrence_id]
                records:
                  - entity: tumour
                    row: image_feature_id
                    when: {column: "finding.measurement_source_value", is: [pi-rads, pirads]}
                    values:
                      pirads: {column: "finding.value_as_number"}
                      site: {column: ["anatomic_site_concept_id?"], concept: true}
                      date: "finding.measurement_date"
            """
        ),
    ]
}
