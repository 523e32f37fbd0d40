import ArgumentParser
import Hub

struct HubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub",
        abstract: "The federation's central service: it admits sites, carries questions, shows answers.",
        discussion: "A hub never holds an image or a patient's record.",
        subcommands: [HubInit.self, HubServe.self, HubInvite.self, HubSites.self, HubPeople.self, HubStatus.self])
}

/// `--folder`, for every command of a hub.
struct HubFolderOption: ParsableArguments {
    @Option(help: ArgumentHelp("The hub's folder.", valueName: "dir"))
    var folder: String = DefaultFolder.hub

    var hubFolder: HubFolder { HubFolder(folder) }
}
