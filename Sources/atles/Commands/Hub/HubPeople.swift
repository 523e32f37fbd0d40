import ArgumentParser
import Federation
import Foundation
import Governance
import Hub
import Runtime

struct HubPeople: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Who may sign in at the hub, and what they are.",
        subcommands: [List.self, Add.self, GiveRole.self, Reset.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists them with their roles.")

        @OptionGroup var location: HubFolderOption

        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await explained {
                let people = try Hub.open(location.hubFolder).people.all()
                if json {
                    print(try JSONOutput.text(people))
                    return
                }
                guard !people.isEmpty else {
                    print("Nobody yet: `atles hub people add` makes an account.")
                    return
                }
                var table = Table([("ID", .left), ("NAME", .left), ("ORGANISATION", .left), ("ROLES", .left)])
                for person in people {
                    table.add([
                        person.id.text, person.name, person.organisation ?? "",
                        person.roles.map(\.text).sorted().joined(separator: ", "),
                    ])
                }
                print(table.text)
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an account.",
            discussion: """
                Prints a one-time code once: with it the person chooses a password on the hub's page. With \
                --ask-password the password is asked for here instead, for somebody who sits at this terminal.
                """)

        @OptionGroup var location: HubFolderOption

        @Argument(help: "The sign-in name: lower-case letters, digits, dots, hyphens, underscores.")
        var login: String

        @Option(help: "The person's name.") var name: String
        @Option(help: "Their e-mail address.") var email: String?
        @Option(help: "The organisation they work for.") var organisation: String?

        @Option(help: "A role, such as researcher, or committeeMember@SITE for a role at a site. Repeat it for more.")
        var role: [RoleArgument] = []

        @Flag(help: "Ask for the password here, twice; read it from standard input where that is not a terminal.")
        var askPassword = false

        func run() async throws {
            try await explained {
                let people = try Hub.open(location.hubFolder).people
                let password = try askPassword ? SecretInput.newPassword() : nil
                let code = try people.add(
                    login: login, name: name, email: email, organisation: organisation,
                    roles: Set(try role.map { try $0.grant() }))
                if let password, let id = PersonID("local:" + login) {
                    do {
                        try await people.setPassword(password, of: id)
                        print("\(login) can sign in.")
                        return
                    } catch {
                        Terminal.note("\(error)")
                    }
                }
                print(code.sentence(login))
            }
        }
    }

    struct GiveRole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Gives a person a role, or takes one away.")

        @OptionGroup var location: HubFolderOption
        @Argument(help: "The sign-in name, or the id that `atles hub people` shows.") var person: String
        @Argument(help: "The role: researcher, auditor, committeeMember@SITE, …") var role: RoleArgument
        @Flag(help: "Take it away.") var take = false

        func run() async throws {
            try await explained {
                let people = try Hub.open(location.hubFolder).people
                let (id, grant) = (try personID(person), try role.grant())
                let site = grant.site?.description
                if take {
                    try people.take(grant.role, at: site, from: id)
                } else {
                    try people.give(grant.role, at: site, to: id)
                }
                let held = try people.person(id)?.roles.map(\.text).sorted().joined(separator: ", ") ?? ""
                print("\(Terminal.plain(id.text)): \(held.isEmpty ? "no role" : held)")
            }
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "For who has lost password or second factor: takes both away and prints a one-time code.",
            discussion: "Be sure who asks. Every session of theirs ends.")

        @OptionGroup var location: HubFolderOption
        @Argument(help: "The sign-in name.") var person: String

        func run() async throws {
            try await explained {
                let code = try Hub.open(location.hubFolder).people.reset(try personID(person))
                print(code.sentence(person))
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends everything that a person has here: sessions, tokens, roles. The name stays taken.")

        @OptionGroup var location: HubFolderOption
        @Argument(help: "The sign-in name, or the id that `atles hub people` shows.") var person: String

        func run() async throws {
            try await explained {
                let id = try personID(person)
                try Hub.open(location.hubFolder).people.remove(id)
                print("\(Terminal.plain(id.text)) is removed.")
            }
        }
    }
}

/// A role on the command line: `researcher`, or `committeeMember@valencia`.
struct RoleArgument: ExpressibleByArgument {
    let argument: String

    init?(argument: String) { self.argument = argument }

    func grant() throws -> RoleGrant {
        let parts = argument.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let role = parts.first.flatMap(Role.init(rawValue:)) else {
            let all = Role.allCases.map { $0.rawValue + ($0.isAtSite ? "@SITE" : "") }.joined(separator: ", ")
            throw Refusal("\(Terminal.plain(argument)) is not a role; there are \(all)")
        }
        let site = parts.count == 2 ? SiteID(parts[1]) : nil
        guard parts.count == 1 || site != nil, let grant = RoleGrant(role, at: site) else {
            throw Refusal(PeopleError.badRole)
        }
        return grant
    }
}

extension RoleGrant {
    /// As the command line takes it.
    fileprivate var text: String { role.rawValue + (site.map { "@\($0)" } ?? "") }
}

extension PeopleDirectory.Code {
    fileprivate func sentence(_ person: String) -> String {
        """
        One-time code for \(Terminal.plain(person)): \(text)
        It is shown once, and can be used once until \(Timestamp.text(expires)), at /sign-in/recover of the hub's page.
        """
    }
}

private func personID(_ text: String) throws -> PersonID {
    guard let id = PersonID(text.contains(":") ? text : "local:" + text) else { throw Refusal(PeopleError.unknown) }
    return id
}
