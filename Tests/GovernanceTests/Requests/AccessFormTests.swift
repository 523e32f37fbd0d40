import Governance
import Testing

@Suite struct AccessFormTests {
    private static let yaml = """
        form: test
        title: {en: Test, ca: Prova}
        sections:
          - id: one
            label: One
            fields:
              - {id: kinds, type: multi, label: Kinds, required: true, means: kinds, choices: [{id: healthResearch, label: Health}, {id: methods, label: Methods}]}
              - {id: ethics, type: choice, label: Ethics, means: ethicsApproval, choices: [{id: "yes", label: "Yes"}, {id: "no", label: "No"}]}
              - {id: approval, type: text, label: Approval, required: true, visible_if: {field: ethics, is: "yes"}, most: 10}
              - {id: board, type: text, label: Board, required: true, visible_if: {field: ethics, is: ["yes"]}}
              - {id: declare, type: multi, label: Declare, required: all, choices: [{id: a, label: A}, {id: b, label: B}]}
              - {id: day, type: date, label: Day, means: until}
              - {id: team, type: table, label: Team, means: people, columns: [{id: name, label: Name}, {id: role, label: Role}], most: 2}
              - {id: number, type: number, label: Number}
              - {id: where, type: text, label: Where, means: countries}
        """

    private let form: AccessForm
    private let complete: [String: FormAnswer] = [
        "kinds": .choices(["healthResearch"]), "declare": .choices(["a", "b"]), "ethics": .choices(["no"]),
    ]

    init() throws { form = try AccessForm(yaml: Self.yaml) }

    private func problems(_ change: (inout [String: FormAnswer]) -> Void) -> [String] {
        var answers = complete
        change(&answers)
        return form.problems(answers).map { "\($0.field): \($0.message)" }
    }

    @Test func aCompleteFormHasNoProblem() {
        #expect(problems { _ in } == [])
        #expect(form.title.text("ca") == "Prova")
        #expect(form.title.text("es") == "Test")
    }

    @Test func whatIsMissingIsNamedAndWhatIsNotAskedIsNot() {
        #expect(problems { $0["kinds"] = nil } == ["kinds: This must be answered."])
        #expect(problems { $0["declare"] = .choices(["a"]) } == ["declare: Every one of these must be ticked."])
        #expect(
            problems { $0["ethics"] = .choices(["yes"]) } == [
                "approval: This must be answered.", "board: This must be answered.",
            ])
        #expect(
            problems {
                $0["ethics"] = .choices(["yes"]); $0["approval"] = .text(" "); $0["board"] = .text("b")
            } == [
                "approval: This must be answered."
            ])
    }

    @Test func whatTheFormDoesNotAskIsNotKept() {
        #expect(problems { $0["other"] = .text("x") } == ["other: The form has no such question."])
        #expect(problems { $0["kinds"] = .choices(["nonsense"]) } == ["kinds: Choose from what is there."])
        #expect(problems { $0["ethics"] = .choices(["yes", "no"]) }.first == "ethics: Choose one.")
        #expect(problems { $0["day"] = .date("2027-02-29") } == ["day: This is no day; write it as 2027-03-31."])
        #expect(problems { $0["day"] = .text("2027-02-28") } == ["day: This is not the kind of answer that is asked."])
        #expect(problems { $0["number"] = .number(.infinity) } == ["number: This is no number that can be used."])
        #expect(
            problems { $0["approval"] = .text(String(repeating: "x", count: 11)) } == [
                "approval: At most 10 characters."
            ])
        // One character of a thousand accents is not one character.
        #expect(
            problems { $0["approval"] = .text("e" + String(repeating: "\u{301}", count: 1000)) } == [
                "approval: At most 10 characters."
            ])
        #expect(problems { $0["approval"] = .text("a\nb") } == ["approval: This is one line."])
        #expect(problems { $0["team"] = .table([["a"], ["b"], ["c"]]) } == ["team: At most 2 rows."])
        #expect(problems { $0["team"] = .table([["a", "b", "c"]]) }.count == 1)
    }

    @Test func answersMeanSomethingToTheTermsOfUse() {
        var answers = complete
        answers["day"] = .date("2028-01-31")
        answers["team"] = .table([["Anna Puig", "lead"], ["", ""]])
        answers["where"] = .text("es, PT,xx")
        let purpose = form.purpose(answers)
        #expect(
            purpose
                == DataUsePurpose(
                    kinds: [.healthResearch], countries: ["ES", "PT"], hasEthicsApproval: false,
                    until: Day("2028-01-31"),
                    people: ["Anna Puig"]))
    }

    @Test(
        arguments: [
            ("title: T", "`form` should be a short name of letters, digits, _ and -"),
            ("form: f\ntitle: T\nsections: []", "it has no field"),
            ("form: f\ntitle: T\nsection: []", "`section` is nothing that the form has; look for a misspelt name"),
            ("form: f\ntitle: {es: T}\nsections: []", "`title` needs a text in English: `en`"),
            (
                "form: f\ntitle: T\nsections: [{id: s, label: S, fields: [{id: a, type: word, label: A}]}]",
                "`type` of a should be one of text, long, choice, multi, date, number, attachment, table"
            ),
            (
                "form: f\ntitle: T\nsections: [{id: s, label: S, fields: [{id: a, type: choice, label: A}]}]",
                "a needs `choices`"
            ),
            (
                "form: f\ntitle: T\nsections: [{id: s, label: S, fields: [{id: a, type: text, label: A}, {id: a, type: text, label: A}]}]",
                "the field a is there twice"
            ),
            (
                "form: f\ntitle: T\nsections: [{id: s, label: S, fields: [{id: a, type: text, label: A, visible_if: {field: b, is: c}}]}]",
                "a hangs on b, which does not come before it"
            ),
            (
                "form: f\ntitle: T\nsections: [{id: s, label: S, fields: [{id: a, type: text, label: A, requird: true}]}]",
                "`requird` is nothing that a field has; look for a misspelt name"
            ),
            (
                "form: f\ntitle: T\nsections: [{id: s, label: S, fields: [{id: a, type: text, label: A, most: 5000}]}]",
                "`most` of a should be 1 to 1000"
            ),
        ])
    func aFormThatCannotBeUsedSaysWhy(_ yaml: String, _ reason: String) {
        do {
            _ = try AccessForm(yaml: yaml)
            Issue.record("\(yaml) was taken")
        } catch {
            #expect(error.description == reason)
        }
    }

    @Test func aBombOfAliasesIsNoForm() {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...40 {
            yaml +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        #expect(throws: FormError.self) { try AccessForm(yaml: yaml) }
        #expect(throws: FormError.self) { try AccessForm(yaml: String(repeating: "a", count: 300_000)) }
    }
}
