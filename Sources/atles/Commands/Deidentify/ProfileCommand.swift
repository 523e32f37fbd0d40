import ArgumentParser
import Curation

/// `atles deidentify profile`.
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Shows what a confidentiality profile does, and checks profile files.",
        discussion: """
            A profile file is YAML: what it starts from (`start: research` or `start: basic`), options more or less, and \
            exceptions, each with its reason. docs/profiles has examples.
            """,
        subcommands: [ProfileShow.self, ProfileCheck.self], defaultSubcommand: ProfileShow.self)
}

/// `atles deidentify profile show [NAME|FILE]`.
struct ProfileShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Prints everything that a profile does, attribute by attribute.")

    @Argument(help: "`research`, `basic`, or a profile file.")
    var profile = "research"

    @Flag(help: "Print it for programs.")
    var json = false

    func run() async throws {
        let listing = try await explained { ProfileListing(try ProfileChoice.profile(named: profile)) }
        print(json ? try JSONOutput.text(listing) : listing.text)
    }
}

/// `atles deidentify profile check FILE`.
struct ProfileCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks a profile file, and says where it is weaker than the standard's profile.",
        discussion: "The exit code is 1 when the profile cannot be used.")

    @Argument(help: "The profile file.")
    var file: String

    @Flag(help: "Print the findings for programs.")
    var json = false

    func run() async throws {
        let listing = try await explained { ProfileListing(try ProfileChoice.profile(named: file)) }
        print(json ? try JSONOutput.text(listing.notes) : listing.checkText)
    }
}
