import ArgumentParser
import Federation
import Foundation
import Hub
import Runtime

struct HubInvite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Makes a one-time invitation for a hospital.",
        discussion: """
            The invitation holds a secret: give the file to the hospital's data manager in a safe way, and delete it. \
            It can be used once, until it expires.
            """)

    @OptionGroup var location: HubFolderOption

    @Option(help: "The hospital's name, as it will stand on the page.")
    var name: String

    @Option(help: "Its country: two letters, such as ES (ISO 3166-1).")
    var country: String

    @Option(help: ArgumentHelp("The file to write the invitation to; `-` for standard output.", valueName: "file"))
    var out: String

    @Option(help: "For how many days it can be used.")
    var days: Int = 7

    @Flag(help: "Let the node wait for `atles hub sites approve` after it has joined.")
    var approveByHand = false

    func run() async throws {
        try await explained {
            guard (1...90).contains(days) else { throw ValidationError("--days should be 1 to 90") }
            let files = PosixFileSystem()
            guard try out == "-" || !files.exists(out) else {
                throw Refusal("\(out) is there already; choose another name for the invitation")
            }
            guard try out == "-" || files.exists(FilePath.parent(out)) else {
                throw Refusal("there is no folder \(FilePath.parent(out)) to write the invitation to")
            }
            let hub = try Hub.open(location.hubFolder)
            let invitation = try hub.federation.invite(
                name: name, country: country.uppercased(), lifetime: .seconds(days * 86_400),
                approval: approveByHand ? .manual : .automatic)
            if out == "-" {
                print(invitation.text)
                return
            }
            try SecretFile.write(Array((invitation.text + "\n").utf8), to: out, in: files)
            print(
                """
                The invitation for \(name) is in \(out); it can be used once, until \(Timestamp.text(invitation.expires)).
                At the hospital: atles node init --invitation \(FilePath.name(out))
                """)
            if approveByHand {
                print(
                    """
                    After it has joined: `atles hub sites`, compare the fingerprint with the one that the hospital sees, \
                    then `atles hub sites approve \(invitation.site)`.
                    """)
            }
        }
    }
}
