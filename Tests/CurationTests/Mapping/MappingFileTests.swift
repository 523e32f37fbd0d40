import Cohort
import Curation
import Testing

@Suite("Mapping files")
struct MappingFileTests {
    private func message(_ records: String) -> String {
        do {
            _ = try FactMapping(yaml: Mappings.yaml(records: records))
            return "none"
        } catch { return error.description }
    }

    @Test(
        "that are wrong say where and what to do",
        arguments: [
            ("- entity: tumer\n  values: {size: a}", "`entity` should be one of patient, condition, tumour"),
            ("- entity: series\n  values: {modality: a}", "series comes from the images themselves"),
            ("- entity: condition\n  values: {topografy: a}", "did you mean condition.topography?"),
            ("- entity: condition\n  values: {pT: {colum: a}}", "it should have one of `column`, `constant`"),
            ("- entity: condition\n  values: {pT: {column: a, mapp: {}}}", "`mapp` means nothing here"),
            (
                "- entity: condition\n  values: {pT: {constant: T22}}",
                "“T22” is no value of condition.pT; did you mean T2"
            ),
            ("- entity: condition\n  values: {bclc: {column: a, map: {x: banana}}}", "`map`: “banana” is no value"),
            ("- entity: condition\n  key: a\n  row: b\n  values: {pT: a}", "only one of `once`, `key` and `row`"),
            ("- entity: condition\n  when: {column: a}\n  values: {pT: a}", "`is`, `is_not` or `filled`"),
            ("- entity: condition\n  needs: [pN]\n  values: {pT: a}", "`needs` names `pN`"),
            ("- entity: condition\n  values: {dateOfDiagnosis: {column: a, format: d/m}}", "`format` should be like"),
            ("- entity: condition\n  from: Condition\n  values: {pT: a}", "`from` is for sources of kind fhir"),
            ("- entity: condition\n  values: {pT: {column: a, born: b}}", "`born` makes an age"),
        ])
    func errors(_ records: String, _ expected: String) {
        #expect(message(records).contains(expected), "\(message(records))")
    }

    @Test("without a source, a name or YAML are refused")
    func shapes() {
        for (yaml, expected) in [
            ("mapping: a b\nsources: {}", "`mapping` should be its name"), ("mapping: a\n", "it has no `sources`"),
            ("mapping: a\nsources: {t: {patient: id}}", "it has no `records`"), ("a: [", "is not YAML"),
            ("", "is empty"),
            ("mapping: a\nsources: {t: {records: [{entity: patient, values: {sex: s}}]}}", "it has no `patient`"),
        ] {
            #expect(Mappings.refusal(yaml).contains(expected), "\(Mappings.refusal(yaml))")
        }
    }

    @Test("that name a column which the table has not say which one may be meant")
    func columns() {
        let yaml = Mappings.yaml(records: "- entity: condition\n  values: {pT: patho_t}")
        let message = Mappings.refusal(yaml, ["t.csv": "id,pathot\nA,T1\n"])
        #expect(message.contains("t.csv: row 1, column “patho_t”"))
        #expect(message.contains("did you mean “pathot”?"))
        #expect(Mappings.refusal(yaml.replacing("patho_t", with: "\"patho_t?\""), ["t.csv": "id,x\nA,T1\n"]) == "none")
    }

    @Test("that find no table say what it should be called")
    func files() {
        let yaml = Mappings.yaml(records: "- entity: condition\n  values: {pT: t}", more: "about: x")
        let message = Mappings.refusal(yaml, ["a.csv": "id,t\n", "b.csv": "id,t\n"])
        #expect(message.contains("there is no file called t.csv"))
    }
}
