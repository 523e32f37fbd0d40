import ArgumentParser
import Hub
import Logging

struct HubServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the hub until it is told to stop (Ctrl-C or SIGTERM).")

    @OptionGroup var location: HubFolderOption
    @OptionGroup var logging: LoggingOptions

    func run() async throws {
        try await explained {
            let hub = try Hub.open(location.hubFolder, logger: logging.logger("hub"))
            try await hub.serve()
        }
    }
}
