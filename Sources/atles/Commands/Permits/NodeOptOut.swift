import ArgumentParser
import Federation
import Foundation
import Governance
import Node
import Runtime

/// `atles node opt-out`.
struct NodeOptOut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opt-out", abstract: "Patients who have opted out of secondary use (EHDS, article 71).",
        discussion: """
            The list holds keyed hashes alone. Identifiers are read from a file or from standard input, one on each line, \
            as the hospital writes them: never as arguments, which others on the machine could see.
            """,
        subcommands: [Count.self, Add.self, Remove.self], defaultSubcommand: Count.self)

    struct Count: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says how many patients are on the list.")

        @OptionGroup var location: NodeFolderOption

        func run() async throws {
            try await explained {
                print("\(try Node.open(location.nodeFolder).governance().optOut().count) patients have opted out")
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Puts patients on the list.")

        @OptionGroup var location: NodeFolderOption

        @Argument(help: "A file of patient identifiers, one on each line; - for standard input.")
        var file: String = "-"

        func run() async throws {
            try await NodeOptOut.change(location, file) { list, patients, now in
                "\(try list.add(patients, at: now)) patients added"
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes patients off the list, who changed their mind.")

        @OptionGroup var location: NodeFolderOption

        @Argument(help: "A file of patient identifiers, one on each line; - for standard input.")
        var file: String = "-"

        func run() async throws {
            try await NodeOptOut.change(location, file) { list, patients, _ in
                "\(try list.remove(patients)) patients taken off"
            }
        }
    }

    fileprivate static func change(
        _ location: NodeFolderOption, _ file: String,
        _ work: (inout OptOutList, [String], PermitTime) throws -> String
    ) async throws {
        try await explained {
            let governance = try Node.open(location.nodeFolder).governance()
            let bytes =
                file == "-"
                ? [UInt8](try FileHandle.standardInput.read(upToCount: 1 << 28) ?? Data())
                : try PosixFileSystem().read(file, limit: 1 << 28)
            let patients = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
            var list = try governance.optOut()
            let said = try work(&list, patients, governance.now)
            try governance.audit.record(AuditEvent(.optOutChanged, count: list.count))
            print("\(said); \(list.count) patients are on the list")
        }
    }
}
