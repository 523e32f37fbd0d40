import ArgumentParser
import Node

struct NodeStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows what the node holds, what it set aside, and its link to the hub.")

    @OptionGroup var location: NodeFolderOption

    @Flag(help: "The same for programs.")
    var json = false

    @Flag(help: "List every file that was set aside, with its reason.")
    var quarantine = false

    func run() async throws {
        try await explained {
            let status = try Node.open(location.nodeFolder).report()
            if json {
                print(try JSONOutput.text(status))
                return
            }
            // Paths of files stand in it, and a file may be called anything.
            for line in status.text(listingQuarantine: quarantine).split(separator: "\n") {
                print(Terminal.plain(String(line)))
            }
        }
    }
}
