import ArgumentParser
import Node
import Runtime

struct NodeServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the node until it is told to stop: it dials the hub and answers questions.")

    @OptionGroup var location: NodeFolderOption
    @OptionGroup var logging: LoggingOptions

    @Option(
        help: ArgumentHelp(
            "Move this node's clock by some seconds, to rehearse what a wrong clock does.", visibility: .hidden))
    var rehearseClockOffset: Double = 0

    func run() async throws {
        try await explained {
            try await Node.open(location.nodeFolder, clock: .system(offsetBy: rehearseClockOffset)).serve(
                logger: logging.logger("node"))
        }
    }
}
