import ArgumentParser
import Governance
import Node

/// Who acts, and where their passphrase comes from.
struct MemberOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("The member of the committee who acts: local:anna.", valueName: "person"))
    var person: String

    @Option(help: ArgumentHelp("A file of mode 0600 that holds the passphrase.", valueName: "file"))
    var passphraseFile: String?

    /// The member's key, opened with their passphrase.
    func key(_ governance: NodeGovernance) throws -> MemberKey {
        let id = try PersonArgument.id(person)
        return try governance.key(
            of: id, passphrase: try Passphrase.read("Passphrase of \(id): ", file: passphraseFile))
    }
}

enum PersonArgument {
    static func id(_ text: String) throws -> PersonID {
        guard let id = PersonID(text) else {
            throw ValidationError("\"\(text)\" is not the id of a person (local:anna).")
        }
        return id
    }
}
