import ArgumentParser
import Governance
import Node

/// `atles node committee`.
struct NodeCommittee: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "committee", abstract: "The members of this site's access committee and their keys.",
        discussion: """
            The list lies at the node, and nothing that comes from the federation changes it. A member's private key is \
            encrypted with their own passphrase.
            """,
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the members.")

        @OptionGroup var location: NodeFolderOption

        func run() async throws {
            try await explained {
                let governance = try Node.open(location.nodeFolder).governance()
                var table = Table([("PERSON", .left), ("NAME", .left), ("KEY", .left)])
                for member in try governance.committee().members {
                    table.add([member.person.text, Terminal.plain(member.name), member.key.fingerprint])
                }
                print(table.text)
                print("Signatures that a permit needs here: \(try governance.policy().signaturesNeeded)")
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a member's key at this node.")

        @OptionGroup var location: NodeFolderOption

        @Argument(help: "The member's id in the federation: local:anna.")
        var person: String

        @Option(help: "Their name, as it stands under decisions.")
        var name: String

        @Option(help: ArgumentHelp("A file of mode 0600 that holds the passphrase.", valueName: "file"))
        var passphraseFile: String?

        func run() async throws {
            try await explained {
                let governance = try Node.open(location.nodeFolder).governance()
                let member = try governance.add(
                    try PersonArgument.id(person), name: name, passphrase: try Passphrase.new(file: passphraseFile))
                print(
                    "\(Terminal.plain(member.name)) is a member of the committee; the key is \(member.key.fingerprint)")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a member off the list. Permits that need their signature no longer count.")

        @OptionGroup var location: NodeFolderOption

        @Argument(help: "The member's id.")
        var person: String

        func run() async throws {
            try await explained {
                try Node.open(location.nodeFolder).governance().remove(try PersonArgument.id(person))
            }
        }
    }
}
