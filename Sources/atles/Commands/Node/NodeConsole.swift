import ArgumentParser
import Node

/// `atles node console`.
struct NodeConsole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Opens the node's own web page, where waiting objects are looked at.",
        discussion: """
            The page listens on this machine only; to sign in, one needs the token in keys/console.token. `atles node \
            serve` opens it too, where node.yaml says so. Ctrl-C ends it.
            """)

    @OptionGroup var location: NodeFolderOption
    @OptionGroup var logging: LoggingOptions

    @Option(help: "The address of this machine, and the port.")
    var listen: String = ConsoleAddress.standard.description

    func run() async throws {
        try await explained {
            guard let address = ConsoleAddress(listen) else {
                throw ValidationError(
                    "--listen is an address of this machine and a port, such as \(ConsoleAddress.standard).")
            }
            try await Node.open(location.nodeFolder).serveConsole(at: address, logger: logging.logger("atles.console"))
        }
    }
}
