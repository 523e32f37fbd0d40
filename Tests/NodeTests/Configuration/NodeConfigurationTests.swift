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

    @Test(
        "A misspelt or impossible setting is an error, never ignored",
        arguments: [
            ("title: x\nprofil: basic\n", "`profil`"), ("title: x\nprofile: none\n", "`profile`"),
            ("title: x\ndisclosure: {threshold: 0}\n", "`disclosure.threshold`"),
            ("title: x\ndisclosure: {treshold: 9}\n", "`disclosure.treshold`"),
            ("title: x\ndisclosure: {withheld: [aeg]}\n", "aeg"), ("summary: x\n", "`title`"),
        ])
    func refused(yaml: String, word: String) {
        let error = #expect(throws: SettingsError.self) { try NodeConfiguration(yaml: yaml) }
        #expect(error?.description.contains(word) == true)
    }
}
