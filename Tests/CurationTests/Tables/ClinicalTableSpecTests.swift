import Curation
import Testing

@Suite("Specifications of tables")
struct ClinicalTableSpecTests {
    private func message(_ yaml: String) -> String {
        do {
            _ = try ClinicalTableSpec(yaml: yaml)
            return "none"
        } catch { return error.description }
    }

    @Test("are read whole")
    func whole() throws {
        let spec = try ClinicalTableSpec(
            yaml: """
                patient: {issuer: Saint Elsewhere, zero_pad: 8}
                missing: ["9999", Not Done]
                separator: ";"
                encoding: latin-1
                columns:
                  number: id
                  seen: {role: date, format: dd/mm/yyyy}
                  born: {role: birth_date, becomes: age, at: seen}
                  plz: {role: area, keep: 2, fewest: 20, small: ["03", "59"]}
                  note: {role: text, allow_text: true}
                  age: {role: age, unit: months}
                """)
        #expect(spec.issuer == "Saint Elsewhere")
        #expect(spec.ids == IDNormalisation(zeroPad: 8))
        #expect(spec.separator == .semicolon)
        #expect(spec.encoding == .windows1252)
        #expect(spec.missing.contains("not done"))
        #expect(spec.idColumn == "number")
        #expect(spec.role(of: "seen") == .date(DatePattern("dd/mm/yyyy")))
        #expect(spec.role(of: "born") == .birthDate(nil, becomes: .age(at: "seen")))
        #expect(spec.role(of: "plz") == .area(AreaRule(keep: 2, fewest: 20, small: ["03", "59"])))
        #expect(spec.role(of: "note") == .text(isAllowed: true))
        #expect(spec.role(of: "age") == .age(.months))
    }

    @Test(
        "that are wrong say where and what to do",
        arguments: [
            ("columns:\n  a: sex\n", "no column has the role `id`"),
            ("columns:\n  a: id\n  b: id\n", "2 columns have the role `id`"),
            ("columns:\n  a: id\n  b: dat\n", "line 3: column “b”: `dat` is no role"),
            ("columns:\n  a: id\n  b: {role: date, fromat: excel}\n", "`fromat` means nothing here"),
            ("columns:\n  a: id\n  b: {role: date, format: d/m/y}\n", "`format` should be like"),
            ("columns:\n  a: id\n  b: {role: birth_date, becomes: age}\n", "`becomes` needs `at`"),
            ("columns:\n  a: id\n  b: {role: birth_date, becomes: age, at: c}\n", "`at` names “c”"),
            ("columns:\n  a: id\n  b: {role: area, keep: 99}\n", "`keep` should be a whole number from 0 to 12"),
            ("columns:\n  a: id\nallow: all\n", "`allow` means nothing here"),
            ("columns: [a, b]\n", "should consist of `name: value` lines"),
            ("patient: {}\n", "it has no `columns`"),
            ("", "empty"),
            ("a: [", "is not YAML"),
        ])
    func errors(_ yaml: String, _ expected: String) {
        #expect(message(yaml).contains(expected))
    }

    @Test("of another table are refused before anything is written")
    func otherTable() {
        let error = Tables.refusal("id,sex\nP1,F\n", "columns:\n  id: id\n  age: age\n")
        #expect(error?.code == .specification)
        #expect(error?.column == "age")
    }
}
