import ArgumentParser
import Governance
import Runtime

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The record of what was decided: admissions, refusals, questions, answers.",
        subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks that no entry of an audit log was altered, removed, added or reordered.",
            discussion: "Every entry holds the hash of the one before. The first entry that does not fit is named.")

        @Argument(help: "The log: audit.log in the folder of a hub or a node.")
        var log: String

        func run() async throws {
            try await explained {
                let entries = try AuditLog.verify(log, in: PosixFileSystem())
                print("\(log): \(entries) entries, each fits the one before")
            }
        }
    }
}
