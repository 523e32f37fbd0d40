import Cohort
import Runtime
import Testing

@testable import Node

@Suite("The node's settings")
struct NodeConfigurationTests {
    @Test("A new node's settings file reads back with the safe defaults")
    func template() throws {
        let settings = try NodeConfiguration(yaml: NodeConfiguration.template(title: "Imatges \"A\": #1"))
        #expect(settings.title == "Imatges \"A\": #1")
        #expect(settings.profile == "research")
        #expect(settings.disclosure == .standard)
        #expect(settings.withheld.isEmpty)
        #expect(!settings.acceptsBurnedInText)
        #expect(settings.answerable == Set(CohortModel.attributes.map(\.name)))
    }

    @Test("A withheld attribute may be named in short, and is then not answered about")
    func withheld() throws {
        let settings = try NodeConfiguration(yaml: "title: x\ndisclosure: {withheld: [age], threshold: 10}\n")
        #expect(settings.withheld == ["patient.ageAtStudy"])
        #expect(!settings.answerable.contains("patient.ageAtStudy"))
        #expect(settings.disclosure.threshold == 10)
    }

    @Test("Rounding, noise and memory are settings of the site")
    func disclosure() throws {
        let settings = try NodeConfiguration(
            yaml: "title: x\ndisclosure: {rounding: 10, noise: {epsilon: 0.25, budget: 20}, remember_days: 30}\n")
        #expect(settings.disclosure.threshold == 5 && settings.disclosure.rounding == 10)
        #expect(settings.disclosure.noise == (try NoiseRule(milliepsilon: 250, budget: 20_000)))
        #expect(settings.memory.days == 30 && settings.memory.questions == 2000)
    }

    @Test(
        "A misspelt or impossible setting is an error, never ignored",
        arguments: [
            ("title: x\nprofil: basic\n", "`profil`"), ("title: x\nprofile: none\n", "`profile`"),
            ("title: x\ndisclosure: {threshold: 0}\n", "`disclosure.threshold`"),
            ("title: x\ndisclosure: {treshold: 9}\n", "`disclosure.treshold`"),
            ("title: x\ndisclosure: {rounding: 0}\n", "`disclosure.rounding`"),
            ("title: x\ndisclosure: {noise: {epsilon: 0.5}}\n", "`disclosure.noise.budget`"),
            ("title: x\ndisclosure: {noise: {epsilon: some, budget: 1}}\n", "`disclosure.noise.epsilon`"),
            ("title: x\ndisclosure: {noise: {epsilon: 2, budget: 1}}\n", "the budget"),
            ("title: x\ndisclosure: {noise: {epsilon: 1, budget: 9}, remember_questions: 0}\n", "`remember_questions`"),
            ("title: x\ndisclosure: {remember_days: 0}\n", "`disclosure.remember_days`"),
            ("title: x\ndisclosure: {withheld: [aeg]}\n", "aeg"), ("summary: x\n", "`title`"),
        ])
    func refused(yaml: String, word: String) {
        let error = #expect(throws: SettingsError.self) { try NodeConfiguration(yaml: yaml) }
        #expect(error?.description.contains(word) == true)
    }
}
