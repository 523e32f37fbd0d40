import ArgumentParser
import Federation
import Foundation
import Governance
import Node

/// `atles node airlock`.
struct NodeAirlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "airlock", abstract: "What wants to leave this site, before it leaves.",
        subcommands: [List.self, Show.self, Release.self, Refuse.self], defaultSubcommand: List.self)

    struct Choice: ParsableArguments {
        @OptionGroup var location: NodeFolderOption

        @Argument(help: "The output's identifier.")
        var output: String

        func open() throws -> (NodeGovernance, MessageID) {
            guard let id = MessageID(output) else {
                throw ValidationError("an output's identifier is 32 hexadecimal digits.")
            }
            return (try Node.open(location.nodeFolder).governance(), id)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the outputs and what the checks found.")

        @OptionGroup var location: NodeFolderOption

        func run() async throws {
            try await explained {
                let governance = try Node.open(location.nodeFolder).governance()
                var table = Table([
                    ("OUTPUT", .left), ("SINCE", .left), ("WHAT", .left), ("COMPUTATION", .left), ("BYTES", .right),
                    ("PATIENTS", .right), ("STANDS", .left), ("FOUND", .left),
                ])
                for item in try await governance.airlock().list() {
                    table.add([
                        item.id.text, "\(item.since)", item.kind.rawValue, "\(item.computation)", "\(item.size)",
                        "\(item.patients)", item.state.rawValue,
                        item.findings.map(\.rule.rawValue).joined(separator: ", "),
                    ])
                }
                print(table.text)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows an output with its checks and decisions; with --content, the bytes that would leave.")

        @OptionGroup var choice: Choice

        @Flag(help: "The bytes themselves, to standard output.")
        var content = false

        func run() async throws {
            try await explained {
                let (governance, id) = try choice.open()
                let airlock = try governance.airlock()
                if content {
                    FileHandle.standardOutput.write(Data(try await airlock.content(id)))
                    return
                }
                guard let item = try await airlock.item(id) else { throw Refusal("no such output is here") }
                print(try JSONOutput.text(item))
                for finding in item.findings { print("\(finding.severity.rawValue): \(finding)") }
            }
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets an output leave.")

        @OptionGroup var choice: Choice
        @OptionGroup var member: MemberOptions

        func run() async throws { try await NodeAirlock.decide(.release, choice, member) }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keeps an output here for good.")

        @OptionGroup var choice: Choice
        @OptionGroup var member: MemberOptions

        func run() async throws { try await NodeAirlock.decide(.refuse, choice, member) }
    }

    fileprivate static func decide(
        _ verdict: AirlockDecision.Verdict, _ choice: Choice, _ member: MemberOptions
    ) async throws {
        try await explained {
            let (governance, id) = try choice.open()
            let item = try await governance.airlock().decide(id, verdict, with: try member.key(governance))
            print("\(id) is \(item.state.rawValue)")
        }
    }
}
