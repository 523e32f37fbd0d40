import ArgumentParser
import Federation
import Foundation
import Hub
import Runtime

struct HubSites: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sites", abstract: "Shows the sites of the federation, and admits or suspends them.",
        subcommands: [List.self, Approve.self, Suspend.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows every site and where it stands.")

        @OptionGroup var location: HubFolderOption

        @Flag(help: "The same for programs.")
        var json = false

        @Option(help: ArgumentHelp("First wait until this many sites are on line.", valueName: "number"))
        var waitFor: Int?

        @Option(help: ArgumentHelp("How long to wait for them.", valueName: "seconds"))
        var timeout: Int = 30

        func run() async throws {
            try await explained {
                let hub = try Hub.open(location.hubFolder)
                var sites = try hub.federation.sites()
                if let waitFor {
                    let deadline = ContinuousClock.now.advanced(by: .seconds(timeout))
                    while sites.count(where: \.isOnline) < waitFor, ContinuousClock.now < deadline {
                        try await Task.sleep(for: .milliseconds(100))
                        sites = try hub.federation.sites()
                    }
                    let online = sites.count(where: \.isOnline)
                    guard online >= waitFor else {
                        throw Refusal("after \(timeout) seconds, \(online) of \(waitFor) sites are on line")
                    }
                }
                if json {
                    print(try JSONOutput.text(sites))
                    return
                }
                if try !hub.isServing() { Terminal.note("The hub is not running; this is how it knew its sites last.") }
                print(Self.table(sites))
            }
        }

        private static func table(_ sites: [SiteRecord]) -> String {
            guard !sites.isEmpty else { return "No site has joined yet: `atles hub invite` makes an invitation." }
            var table = Table([
                ("SITE", .left), ("NAME", .left), ("COUNTRY", .left), ("STATE", .left), ("LAST SEEN", .left),
                ("CERTIFICATE UNTIL", .left), ("FINGERPRINT", .left),
            ])
            for site in sites {
                table.add([
                    site.id.description, site.name, site.country,
                    site.state == .admitted ? (site.isOnline ? "on line" : "off line") : "\(site.state)",
                    site.lastSeen.map(Timestamp.text) ?? "never",
                    site.certificateExpires.map(Timestamp.text) ?? "none", site.fingerprint,
                ])
            }
            return table.text
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Admits a site that waits, or one that was suspended.")

        @OptionGroup var location: HubFolderOption
        @Argument(help: "The site's id, as `atles hub sites` shows it.") var site: String

        func run() async throws {
            try await explained {
                let id = try siteID(site)
                let federation = try Hub.open(location.hubFolder).federation
                try federation.approve(id)
                print(
                    "\(id) is admitted; the fingerprint of its keys is \(try federation.site(id)?.fingerprint ?? "unknown")."
                )
            }
        }
    }

    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shuts a site out: nothing is sent to it, nothing is taken from it.")

        @OptionGroup var location: HubFolderOption
        @Argument(help: "The site's id, as `atles hub sites` shows it.") var site: String

        func run() async throws {
            try await explained {
                let id = try siteID(site)
                try Hub.open(location.hubFolder).federation.suspend(id)
                print("\(id) is suspended; `atles hub sites approve \(id)` lets it back in.")
            }
        }
    }
}

private func siteID(_ text: String) throws -> SiteID {
    guard let id = SiteID(text) else {
        throw Refusal("\(Terminal.plain(text)) is not a site's id: `atles hub sites` lists them")
    }
    return id
}
