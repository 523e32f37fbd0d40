public import Runtime

/// A hub's settings, from `hub.yaml`.
public struct HubConfiguration: Sendable, Equatable {
    /// The federation's name, as it stands on the page.
    public var name: String
    /// The names or addresses under which nodes reach the hub; the first one stands in invitations.
    public var hosts: [String]
    /// Where the hub listens for nodes (TLS, by the federation's own authority).
    public var federation: Listener
    /// Where the hub serves its page and its programming interface.
    public var page: Listener
    /// How long the hub waits for a site before it calls it late: seconds.
    public var patience: Int
    /// So many connections of nodes are taken from one address. A node holds two or three.
    public var connectionsPerAddress = 128
    /// The origin of a Lens front end elsewhere whose pages may ask this hub; nil for none.
    public var lensOrigin: String?
    /// Where people reach the page, as their browsers write it; nil where that is the address it is served on.
    public var pageURL: String?
    /// The provider through which people sign in; nil for accounts of the hub alone.
    public var provider: ProviderSettings?
    /// Whether people may have accounts of the hub's own.
    public var hasLocalAccounts = true
    /// Whose visas are believed (GA4GH Passports).
    public var trustedVisas: [TrustedVisaIssuer] = []
    /// How the hub sends mail; nil where it sends none.
    public var mail: Mail?

    /// An address and a port to listen on.
    public struct Listener: Sendable, Equatable {
        public var address: String
        public var port: Int

        public init(address: String, port: Int) {
            self.address = address
            self.port = port
        }
    }

    public init(
        name: String, hosts: [String], federation: Listener, page: Listener, patience: Int = 10
    ) {
        self.name = name
        self.hosts = hosts
        self.federation = federation
        self.page = page
        self.patience = patience
    }

    /// Reads the settings from the text of `hub.yaml`.
    public init(yaml: String) throws(SettingsError) {
        var settings = try Settings(yaml: yaml)
        guard let name = try settings.text("name"), !name.isEmpty else {
            throw SettingsError("`name` is missing: how the federation is called")
        }
        guard let hosts = try settings.list("hosts"), !hosts.isEmpty else {
            throw SettingsError("`hosts` is missing: the names under which nodes reach the hub")
        }
        self.init(
            name: name, hosts: hosts,
            federation: try Self.listener(
                "federation", in: &settings, default: Listener(address: "0.0.0.0", port: 8443)),
            page: try Self.listener("page", in: &settings, default: Listener(address: "127.0.0.1", port: 8080)))
        pageURL = try Self.origin("page_url", in: &settings)
        mail = try Mail(&settings)
        if let seconds = try settings.number("patience_seconds") {
            guard (1...300).contains(seconds) else { throw SettingsError("`patience_seconds` should be 1 to 300") }
            patience = seconds
        }
        if let connections = try settings.number("connections_per_address") {
            guard (8...1024).contains(connections) else {
                throw SettingsError("`connections_per_address` should be 8 to 1024")
            }
            connectionsPerAddress = connections
        }
        lensOrigin = try Self.origin("lens_origin", in: &settings)
        if var section = try settings.section("sign_in") {
            hasLocalAccounts = try section.flag("local_accounts") ?? true
            for var entry in try section.sections("visas") ?? [] {
                trustedVisas.append(try TrustedVisaIssuer(&entry))
                try entry.finish()
            }
            provider = try ProviderSettings(&section)
            try section.finish()
        }
        try settings.finish()
        guard federation.port != page.port else {
            throw SettingsError("`federation.port` and `page.port` are the same; they need one each")
        }
    }

    /// Scheme, host and perhaps a port, without a path.
    private static func origin(_ name: String, in settings: inout Settings) throws(SettingsError) -> String? {
        guard let origin = try settings.text(name) else { return nil }
        guard origin.hasPrefix("https://") || origin.hasPrefix("http://"), origin.utf8.count <= 300,
            origin.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), origin.split(separator: "/").count == 2,
            !origin.hasSuffix("/")
        else { throw SettingsError("`\(name)` should be an origin, such as https://explorer.example.org") }
        return origin
    }

    private static func listener(
        _ name: String, in settings: inout Settings, default base: Listener
    ) throws(SettingsError) -> Listener {
        guard var section = try settings.section(name) else { return base }
        var listener = base
        listener.address = try section.text("address") ?? base.address
        if let port = try section.number("port") {
            guard (1...65_535).contains(port) else { throw SettingsError("`\(name).port` should be 1 to 65535") }
            listener.port = port
        }
        try section.finish()
        return listener
    }

    /// The text of a new hub's `hub.yaml`, with what each setting does.
    public var template: String {
        """
        # The settings of this Atles hub. Restart `atles hub serve` after a change.

        # How the federation is called.
        name: \(Settings.quoted(name))

        # The names or addresses under which nodes reach this hub. The first one stands in invitations.
        hosts: [\(hosts.map(Settings.quoted).joined(separator: ", "))]

        # Where the hub listens for nodes: TLS, with certificates of the federation's own authority.
        federation:
          address: \(federation.address)
          port: \(federation.port)

        # Where the hub serves its page, in plain HTTP: put the web server that holds your public certificate before it.
        page:
          address: \(page.address)
          port: \(page.port)

        # Where people reach the page, if that is another address: behind a web server it is.
        \(pageURL.map { "page_url: " + Settings.quoted($0) } ?? "# page_url: https://hub.example.org")

        # Sign-in through an OpenID Connect provider, such as Life Science Login: docs/sign_in.md has all settings.
        # sign_in:
        #   name: Life Science Login
        #   issuer: https://login.aai.lifescience-ri.eu/oidc/
        #   client_id: …
        #   secret_file: provider.secret
        #   roles:
        #     - {claim: eduperson_entitlement, equals: "urn:…", role: researcher}

        # How the hub sends mail: a program that takes a mail on its input, such as Debian's msmtp. None is sent without.
        \(mail.map(\.template) ?? "# mail:\n#   from: hub@example.org\n#   command: [/usr/bin/msmtp, -t]")

        # How long a question waits for a site before the site is called late.
        patience_seconds: \(patience)

        # So many connections of nodes are taken from one address, and a node holds two or three. Raise it where more than
        # forty nodes come through one proxy.
        connections_per_address: \(connectionsPerAddress)

        # A Lens front end (EUCAIM's explorer and others) can ask this hub as it asks Spot; its origin where it is served
        # elsewhere:
        \(lensOrigin.map { "lens_origin: " + Settings.quoted($0) } ?? "# lens_origin: https://explorer.example.org")

        """
    }
}
