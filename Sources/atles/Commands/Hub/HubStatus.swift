import ArgumentParser
import Federation
import Hub

struct HubStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows the hub's settings and how many sites it has.")

    @OptionGroup var location: HubFolderOption

    @Flag(help: "Print only the page's address.")
    var pageAddress = false

    func run() async throws {
        try await explained {
            let hub = try Hub.open(location.hubFolder)
            let page = hub.configuration.page
            let address = "http://\(page.address == "0.0.0.0" ? "127.0.0.1" : page.address):\(page.port)"
            if pageAddress {
                print(address)
                return
            }
            let sites = try hub.federation.sites()
            print(
                """
                \(hub.configuration.name)
                page      \(address)
                nodes     https://\(hub.configuration.hosts.first ?? ""):\(hub.configuration.federation.port)
                sites     \(sites.count): \(sites.filter(\.isOnline).count) on line, \
                \(sites.filter { $0.state == .waiting }.count) waiting for approval
                """)
        }
    }
}
