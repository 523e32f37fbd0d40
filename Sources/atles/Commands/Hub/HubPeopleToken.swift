import ArgumentParser
import Foundation
import Governance
import Hub
import Runtime

extension HubPeople {
    struct MakeToken: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "token", abstract: "Makes a token with which a person's programs ask and compute.",
            discussion: """
                The token goes into a file that only its owner can read, which `atles analyse` and others find through \
                ATLES_TOKEN_FILE. People sign in with `atles login`; this is for programs that run beside the hub.
                """)

        @OptionGroup var location: HubFolderOption
        @Argument(help: "The person's sign-in name or id.") var person: String

        @Option(
            parsing: .upToNextOption,
            help: "What it is good for: read, ask, requests, run.") var scope: [String] = ["read", "ask", "run"]
        @Option(help: "For how many days.") var days: Int = 90
        @Option(help: "What it is for.") var name: String = "a program"
        @Option(help: ArgumentHelp("Where to write it.", valueName: "path")) var file: String

        func run() async throws {
            try await explained {
                guard let id = PersonID(person.contains(":") ? person : "local:\(person)") else {
                    throw Refusal("\(Terminal.plain(person)) is nobody's id")
                }
                let files = PosixFileSystem()
                guard try !files.exists(file) else { throw Refusal("\(Terminal.plain(file)) is there already") }
                let token = try Hub.open(location.hubFolder).people.makeToken(
                    of: id, name: name, scopes: scope, days: days)
                try files.writeAtomically(Array((token.text + "\n").utf8), to: file, mode: 0o600)
                print("The token is in \(Terminal.plain(file)), and good until \(token.expires.formatted(.iso8601)).")
            }
        }
    }
}
