import ArgumentParser
import Federation
import Governance
import Node
import Runtime

/// `atles node approvals`.
struct NodeApprovals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals", abstract: "Code that may run at this site: by its hash, reviewed by a member.",
        subcommands: [List.self, Show.self, Submit.self, Approve.self, Refuse.self], defaultSubcommand: List.self)

    struct Choice: ParsableArguments {
        @OptionGroup var location: NodeFolderOption

        @Argument(help: "The code's SHA-256: 64 hexadecimal digits.")
        var hash: String

        func open() throws -> (NodeGovernance, Digest) {
            guard let digest = Digest(hash) else { throw ValidationError("a hash is 64 hexadecimal digits.") }
            return (try Node.open(location.nodeFolder).governance(), digest)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows what was submitted and how it was judged.")

        @OptionGroup var location: NodeFolderOption

        func run() async throws {
            try await explained {
                let governance = try Node.open(location.nodeFolder).governance()
                let committee = try governance.committee()
                var table = Table([("CODE", .left), ("HASH", .left), ("STANDS", .left), ("REVIEWER", .left)])
                for reference in try governance.approvals.submitted() {
                    let approval = try governance.approvals.approval(reference.hash)
                    let isGenuine =
                        approval?.isGenuine(at: governance.site, of: governance.federation, by: committee) ?? true
                    table.add([
                        "\(reference)", "\(reference.hash)",
                        isGenuine ? approval?.verdict.rawValue ?? "waiting" : "signature does not count",
                        Terminal.plain(approval?.reviewerName ?? ""),
                    ])
                }
                print(table.text)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows the difference to the version that was approved before, or the whole code.")

        @OptionGroup var choice: Choice

        func run() async throws {
            try await explained {
                let (governance, hash) = try choice.open()
                guard let reference = try governance.approvals.reference(hash) else {
                    throw Refusal("no such code was submitted at this site")
                }
                let before = try governance.approvals.approvedBefore(reference)
                print(
                    "\(reference), compared with \(before.map { "\($0)" } ?? "nothing: no version was approved before")"
                )
                let difference = try governance.approvals.difference(reference)
                print(difference.split(separator: "\n").map { Terminal.plain(String($0)) }.joined(separator: "\n"))
            }
        }
    }

    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Puts code where the committee finds it.")

        @OptionGroup var location: NodeFolderOption

        @Argument(help: "The file.")
        var file: String

        @Option(help: "Its name.")
        var name: String

        @Option(help: "Its version.")
        var version: String

        func run() async throws {
            try await explained {
                let governance = try Node.open(location.nodeFolder).governance()
                let content = try PosixFileSystem().read(file, limit: ApprovalBook.largestContent)
                let reference = try governance.approvals.submit(name: name, version: version, content: content)
                print("\(reference) waits for the committee: \(reference.hash)")
            }
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Approves exactly this code.")

        @OptionGroup var choice: Choice
        @OptionGroup var member: MemberOptions

        func run() async throws { try await NodeApprovals.judge(.approved, choice, member) }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuses this code, also where it was approved before.")

        @OptionGroup var choice: Choice
        @OptionGroup var member: MemberOptions

        func run() async throws { try await NodeApprovals.judge(.refused, choice, member) }
    }

    fileprivate static func judge(
        _ verdict: CodeApproval.Verdict, _ choice: Choice, _ member: MemberOptions
    ) async throws {
        try await explained {
            let (governance, hash) = try choice.open()
            let key = try member.key(governance)
            try governance.record(verdict == .approved ? .codeApproved : .codeRefused, digest: hash, by: key.person)
            let approval = try governance.approvals.judge(
                hash, verdict, by: key, of: try governance.committee(), time: governance.now)
            print("\(approval.computation) is \(verdict.rawValue) by \(Terminal.plain(approval.reviewerName))")
        }
    }
}
