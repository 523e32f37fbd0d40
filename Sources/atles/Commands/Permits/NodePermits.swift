import ArgumentParser
import Federation
import Governance
import Node
import Runtime

/// `atles node permits`.
struct NodePermits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "permits", abstract: "Lists, shows, signs and revokes the permits of this site.",
        discussion: "A permit counts here only with the signatures of this site's own committee, made at this node.",
        subcommands: [List.self, Show.self, Draft.self, Add.self, Sign.self, Revoke.self], defaultSubcommand: List.self)

    /// The permit that a command is about.
    struct Choice: ParsableArguments {
        @OptionGroup var location: NodeFolderOption

        @Argument(help: "The permit's identifier: 32 hexadecimal digits.")
        var permit: String

        func open() throws -> (NodeGovernance, PermitID) {
            guard let id = PermitID(permit) else {
                throw ValidationError("a permit's identifier is 32 hexadecimal digits.")
            }
            return (try Node.open(location.nodeFolder).governance(), id)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the permits and how they stand.")

        @OptionGroup var location: NodeFolderOption

        func run() async throws {
            try await explained {
                let governance = try Node.open(location.nodeFolder).governance()
                let (committee, policy) = (try governance.committee(), try governance.policy())
                var table = Table([
                    ("PERMIT", .left), ("REQUEST", .left), ("UNTIL", .left), ("SIGNED BY", .left), ("STANDS", .left),
                ])
                for id in try await governance.book.all() {
                    guard let signed = try await governance.book.permit(id) else { continue }
                    let standing = PermitStanding(
                        signed, isRevoked: try await governance.book.isRevoked(id), committee: committee,
                        policy: policy,
                        now: governance.now)
                    table.add([
                        id.text, Terminal.plain(signed.permit.request), "\(signed.permit.until)",
                        signed.signers(of: committee).map { Terminal.plain($0.name) }.joined(separator: ", "),
                        standing.rawValue,
                    ])
                }
                print(table.text)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a permit: as the signed document, as a page (HTML), or as an ODRL agreement.")

        enum Form: String, ExpressibleByArgument, CaseIterable { case json, html, odrl }

        @OptionGroup var choice: Choice

        @Option(help: "The form.")
        var form: Form = .json

        func run() async throws {
            try await explained {
                let (governance, id) = try choice.open()
                guard let signed = try await governance.book.permit(id) else { throw PermitError.unknownPermit(id) }
                switch form {
                case .json: print(String(decoding: try signed.json(), as: UTF8.self))
                case .odrl: print(String(decoding: try PermitODRL(signed.permit).json(), as: UTF8.self))
                case .html:
                    print(
                        PermitPage(
                            signed, committee: try governance.committee(),
                            revocation: try await governance.book.revocation(id)
                        ).html)
                }
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes in a permit from a file. Without this committee's signatures it allows nothing.")

        @OptionGroup var location: NodeFolderOption

        @Argument(help: "The permit, or the signed permit, in JSON.")
        var file: String

        func run() async throws {
            try await explained {
                let governance = try Node.open(location.nodeFolder).governance()
                let signed = try SignedPermit(
                    json: try PosixFileSystem().read(file, limit: PermitLimits.bytes))
                try await governance.book.add(signed)
                print("\(signed.permit.id) is kept here; a member signs it with `atles node permits sign`")
            }
        }
    }

    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Signs a permit with a member's key.")

        @OptionGroup var choice: Choice
        @OptionGroup var member: MemberOptions

        func run() async throws {
            try await explained {
                let (governance, id) = try choice.open()
                let (key, policy) = (try member.key(governance), try governance.policy())
                try await governance.book.sign(id, with: key, policy: policy)
                try governance.record(.permitSigned, permit: id, by: key.person)
                guard let signed = try await governance.book.permit(id) else { return }
                let needed = max(policy.signaturesNeeded, signed.permit.signaturesNeeded)
                print("\(id): \(signed.signers(of: try governance.committee()).count) of \(needed) signatures")
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends a permit at once and for good, also for tasks that run under it now.")

        @OptionGroup var choice: Choice
        @OptionGroup var member: MemberOptions

        @Option(
            help: "Why: \(Revocation.Reason.allCases.map(\.rawValue).joined(separator: ", ")).",
            transform: Revoke.reason)
        var reason: Revocation.Reason

        private static func reason(_ text: String) throws -> Revocation.Reason {
            guard let reason = Revocation.Reason(rawValue: text) else {
                throw ValidationError("\(text) is no reason for a revocation.")
            }
            return reason
        }

        func run() async throws {
            try await explained {
                let (governance, id) = try choice.open()
                let key = try member.key(governance)
                try await governance.book.revoke(
                    try Revocation(
                        id, of: governance.federation, at: governance.site, reason: reason, time: governance.now,
                        by: key))
                try governance.record(.permitRevoked, permit: id, by: key.person)
                print("\(id) is revoked")
            }
        }
    }
}
