import Runtime
import Testing

@Suite("Settings")
struct SettingsTests {
    @Test("Settings are taken by name and kind, sections included")
    func taking() throws {
        var settings = try Settings(yaml: "name: Ponent\nport: 8443\nopen: true\nhosts: [a, b]\npage:\n  port: 80\n")
        #expect(try settings.text("name") == "Ponent")
        #expect(try settings.number("port") == 8443)
        #expect(try settings.flag("open") == true)
        #expect(try settings.list("hosts") == ["a", "b"])
        var page = try #require(try settings.section("page"))
        #expect(try page.number("port") == 80)
        try page.finish()
        try settings.finish()
        #expect(try settings.text("name") == nil)
    }

    @Test("A setting that nobody asked for is refused by its full name")
    func unknown() throws {
        var settings = try Settings(yaml: "name: x\ndisclosure:\n  treshold: 5\n")
        _ = try settings.text("name")
        let section = try #require(try settings.section("disclosure"))
        let error = #expect(throws: SettingsError.self) { try section.finish() }
        #expect(error?.description.contains("`disclosure.treshold`") == true)
    }

    @Test(
        "What is not settings is refused with a reason",
        arguments: ["", "- a\n- b\n", "name: [1, 2", "a: 1\na: 2\n", "? [x]\n: 1\n", "just text"])
    func nonsense(yaml: String) {
        #expect(throws: SettingsError.self) {
            var settings = try Settings(yaml: yaml)
            _ = try settings.text("name")
            try settings.finish()
        }
    }

    @Test("A value of another kind is refused")
    func wrongKind() throws {
        var settings = try Settings(yaml: "port: eighty\nname: [a]\nhosts: {a: b}\n")
        #expect(throws: SettingsError.self) { try settings.number("port") }
        #expect(throws: SettingsError.self) { try settings.text("name") }
        #expect(throws: SettingsError.self) { try settings.list("hosts") }
    }

    @Test(
        "A quoted text reads back the same, line breaks as blanks",
        arguments: [#"a "quoted" name"#, "back\\slash", "colon: # no comment", "été – ñ – 東", "yes", "{}"])
    func quoting(text: String) throws {
        var settings = try Settings(yaml: "name: \(Settings.quoted(text))\n")
        #expect(try settings.text("name") == text)
    }

    @Test("A file that is too large is refused before it is read")
    func tooLarge() {
        #expect(throws: SettingsError.self) {
            try Settings(yaml: "name: \"" + String(repeating: "x", count: 70_000) + "\"\n")
        }
    }
}
