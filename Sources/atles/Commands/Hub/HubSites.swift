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

        func run() async throws {
            try await explained {
                let hub = try Hub.open(location.hubFolder)
                var sites = try hub.federation.sites()
                if let waitFor {
                    for _ in 0..<300 where sites.filter(\.isOnline).count < waitFor {
                        try await Task.sleep(for: .milliseconds(100))
                        sites = try hub.federation.sites()
                    }
                    guard sites.filter(\.isOnline).count >= waitFor else {
                        throw Refusal("after 30 seconds, only \(sites.filter(\.isOnline).count) sites are on line")
                    }
                }
                print(json ? try JSONOutput.text(sites) : Self.table(sites))
            }
        }

        private static func table(_ sites: [SiteRecord]) -> String {
            guard !sites.isEmpty else { return "No site has joined yet: `atles hub invite` makes an invitation." }
            var table = Table([
                ("SITE", .left), ("NAME", .left), ("COUNTRY", .left), ("STATE", .left), ("LAST SEEN", .left),
                ("CERTIFICATE UNTIL", .left),
            ])
            for site in sites {
                table.add([
                    site.id.description, site.name, site.country,
                    site.state == .admitted ? (site.isOnline ? "on line" : "off line") : "\(site.state)",
                    site.lastSeen.map(Timestamp.text) ?? "never",
                    site.certificateExpires.map(Timestamp.text) ?? "none",
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
                try Hub.open(location.hubFolder).federation.approve(id)
                print("\(id) is admitted.")
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
