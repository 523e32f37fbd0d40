import ArgumentParser
import Hub

struct HubInit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Makes a new hub: its settings, its certificate authority, its keys.")

    @OptionGroup var location: HubFolderOption

    @Option(help: "What the federation is called.")
    var name: String

    @Option(
        help: "A name or address under which nodes reach the hub. Repeat it for more; the first stands in invitations.")
    var host: [String]

    @Option(help: "The port for nodes (TLS).")
    var federationPort: Int = 8443

    @Option(help: "The address on which nodes are served.")
    var federationAddress: String = "0.0.0.0"

    @Option(help: "The port of the page.")
    var pagePort: Int = 8080

    @Option(help: "The address on which the page is served.")
    var pageAddress: String = "127.0.0.1"

    func run() async throws {
        try await explained {
            if let wrong = host.first(where: { $0.contains("/") || ($0.contains(":") && !$0.contains("::")) }) {
                throw Refusal(
                    "--host is a name or an address only, such as hub.example.org; \(Terminal.plain(wrong)) is more")
            }
            let configuration = HubConfiguration(
                name: name, hosts: host, federation: .init(address: federationAddress, port: federationPort),
                page: .init(address: pageAddress, port: pagePort))
            try Hub.create(in: location.hubFolder, configuration: configuration)
            print(
                """
                The hub "\(name)" is in \(location.folder).
                Next:
                  atles hub serve --folder \(location.folder)
                  atles hub invite --folder \(location.folder) --name "…" --country ES --out hospital.invitation
                """)
        }
    }
}
