import ArgumentParser

/// `atles deidentify`.
struct DeidentifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deidentify",
        abstract: "De-identifies DICOM files and clinical tables, without a node.",
        discussion: """
            `atles deidentify IN OUT --key KEY` reads the folder IN and writes what may leave the hospital to OUT. What \
            must stay (what was set aside, what waits for a person, the vault) goes to OUT.private. A node does the \
            same to everything that it takes in; this command is for those who have none.
            """,
        subcommands: [
            DeidentifyRun.self, DeidentifyReview.self, DeidentifyQuarantine.self, DeidentifyVerify.self,
            DeidentifyKey.self, ProfileCommand.self,
            TableCommand.self, RiskCommand.self,
        ],
        defaultSubcommand: DeidentifyRun.self)
}
