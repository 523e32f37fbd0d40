import Runtime
import Testing

@testable import Hub

@Suite("The hub's settings")
struct ConfigurationTests {
    @Test("A new hub's settings file reads back as what it was made from, whatever the name")
    func template() throws {
        let made = HubConfiguration(
            name: "Xarxa \"Pilot\": # càncer", hosts: ["hub.example.org", "10.0.0.1", "fe80::1"],
            federation: .init(address: "0.0.0.0", port: 8443), page: .init(address: "127.0.0.1", port: 8080),
            patience: 7)
        #expect(try HubConfiguration(yaml: made.template) == made)
        var open = made
        open.lensOrigin = "https://explorer.example.org"
        #expect(try HubConfiguration(yaml: open.template) == open)
    }

    @Test(
        "A setting that is missing, misspelt or out of range is refused by its name",
        arguments: [
            ("hosts: [a]\n", "`name`"), ("name: x\n", "`hosts`"),
            ("name: x\nhosts: [a]\npage: {prot: 1}\n", "`page.prot`"),
            ("name: x\nhosts: [a]\npage: {port: 70000}\n", "`page.port`"),
            ("name: x\nhosts: [a]\nlens_origin: explorer\n", "`lens_origin`"),
            ("name: x\nhosts: [a]\npatience_seconds: 0\n", "`patience_seconds`"),
            ("name: x\nhosts: [a]\nconnections_per_address: 4\n", "`connections_per_address`"),
        ])
    func refused(yaml: String, word: String) {
        let error = #expect(throws: SettingsError.self) { try HubConfiguration(yaml: yaml) }
        #expect(error?.description.contains(word) == true)
    }
}
