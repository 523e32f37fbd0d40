import ArgumentParser
import Hub
import Logging
import Runtime

struct HubServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the hub until it is told to stop (Ctrl-C or SIGTERM).")

    @OptionGroup var location: HubFolderOption
    @OptionGroup var logging: LoggingOptions

    @Option(
        help: ArgumentHelp("Move this hub's clock by some seconds, to rehearse what time brings.", visibility: .hidden))
    var rehearseClockOffset: Double = 0

    func run() async throws {
        try await explained {
            let hub = try Hub.open(
                location.hubFolder, clock: .system(offsetBy: rehearseClockOffset), logger: logging.logger("hub"))
            try await hub.serve()
        }
    }
}
