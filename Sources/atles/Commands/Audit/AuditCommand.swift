import ArgumentParser
import Foundation
import Governance
import Runtime

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The record of what was decided: admissions, refusals, questions, answers.",
        subcommands: [Verify.self, Show.self, AuditExport.self, AuditCompare.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks that no entry of an audit log was altered, removed, added or reordered.",
            discussion: """
                Every entry holds the hash of the one before. The first entry that does not fit is named. Keep the hash \
                that is printed: a log that still leads to it has not been rewritten.
                """)

        @Argument(help: "The log: audit.log in the folder of a hub or a node.")
        var log: String

        @Option(
            name: .customLong("checkpoint"),
            help: ArgumentHelp("A checkpoint that the other side countersigned, in JSON.", valueName: "file"))
        var checkpoints: [String] = []

        func run() async throws {
            let report = try await explained {
                let held = try checkpoints.map { path in
                    try JSONDecoder().decode(
                        SignedCheckpoint.self, from: Data(try PosixFileSystem().read(path, limit: 1 << 20))
                    ).checkpoint
                }
                return try AuditLog.verify(path: log, against: held)
            }
            if let problem = report.problem {
                throw Refusal(
                    "\(log) is not as it was written: \(problem). The \(report.entries) entries before are good.")
            }
            print(
                "\(log): \(report.entries) entries, each follows from the one before; the last hash is \(report.head)")
            print("The Merkle root over them is \(report.root)")
            if !report.hasHead {
                print("There is no record of how far the log had got: entries cut off at its end would leave no trace.")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the entries of an audit log.")

        @Argument(help: "The log: audit.log in the folder of a hub or a node.")
        var log: String

        @Option(help: ArgumentHelp("Begin with this entry.", valueName: "number"))
        var from: Int = 1

        @Flag(help: "The same for programs.")
        var json = false

        func run() async throws {
            try await explained {
                let entries = try AuditLog.entries(path: log, from: from)
                if json {
                    print(try JSONOutput.text(entries))
                    return
                }
                var table = Table([
                    ("ENTRY", .right), ("TIME", .left), ("WHAT", .left), ("SITE", .left), ("WHY", .left),
                    ("PERMIT", .left), ("MESSAGE", .left),
                ])
                for entry in entries {
                    table.add([
                        "\(entry.sequence)", entry.time, entry.kind, entry.site ?? "",
                        entry.reason ?? entry.refusal ?? "", entry.permit ?? "", entry.message ?? "",
                    ])
                }
                print(table.text)
            }
        }
    }
}
