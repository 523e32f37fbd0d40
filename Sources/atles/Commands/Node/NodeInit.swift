import ArgumentParser
import Federation
import Foundation
import Node
import Runtime

struct NodeInit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Makes a new node and joins it to the federation that invited it.",
        discussion: """
            The node makes its own keys and dials the hub that the invitation names. The key in keys/pseudonym.key \
            never leaves the node: back it up, since all pseudonyms hang on it.
            """)

    @OptionGroup var location: NodeFolderOption

    @Option(
        help: ArgumentHelp(
            "The file with the invitation from the federation; `-` reads standard input.", valueName: "file"))
    var invitation: String?

    @Flag(help: "Make a node that belongs to no federation: it only takes in and de-identifies images.")
    var standalone = false

    @Option(help: "How the data set is called, as researchers will see it.")
    var title: String?

    func validate() throws {
        guard (invitation == nil) == standalone else {
            throw ValidationError("Give either --invitation FILE or --standalone.")
        }
    }

    func run() async throws {
        try await explained {
            let invitation = try invitation.map(readInvitation)
            let outcome = try await Node.create(in: location.nodeFolder, invitation: invitation, title: title)
            print(outcome.description)
        }
    }
}

private func readInvitation(_ path: String) throws -> Invitation {
    let limit = 65_536
    let bytes =
        path == "-"
        ? [UInt8](try FileHandle.standardInput.read(upToCount: limit) ?? Data())
        : try PosixFileSystem().read(path, limit: limit)
    return try Invitation(text: String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
}
