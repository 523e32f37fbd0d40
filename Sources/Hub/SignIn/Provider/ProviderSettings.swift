import Runtime

/// The sign-in provider of a hub, from `sign_in` in `hub.yaml`.
public struct ProviderSettings: Sendable, Equatable {
    /// What the page calls it.
    public var name: String
    /// As its own discovery document writes it.
    public var issuer: String
    public var clientID: String
    /// The file with the client's secret, mode 0600, in the hub's folder or with its whole path; nil for a public client.
    public var secretFile: String?
    public var scopes: [String]
    /// The authentication contexts of which one must be asserted; empty where any will do.
    public var contexts: [String]
    /// Which claims make which roles.
    public var rules: [ClaimRule]
}

extension ProviderSettings {
    /// Reads them; whoever calls this finishes the section.
    init(_ settings: inout Settings) throws(SettingsError) {
        guard let issuer = try settings.text("issuer"), Self.isSafe(issuer) else {
            throw SettingsError(
                "`sign_in.issuer` should be the provider's issuer, an https address as its discovery document writes it"
            )
        }
        guard let client = try settings.text("client_id"), !client.isEmpty else {
            throw SettingsError("`sign_in.client_id` is missing: the name under which the provider knows this hub")
        }
        self.init(
            name: try settings.text("name") ?? "the sign-in provider", issuer: issuer, clientID: client,
            secretFile: try settings.text("secret_file"),
            scopes: try settings.list("scopes") ?? ["openid", "profile", "email"],
            contexts: try settings.list("acr") ?? [], rules: [])
        guard scopes.contains("openid") else { throw SettingsError("`sign_in.scopes` should hold openid") }
        for var section in try settings.sections("roles") ?? [] {
            rules.append(try ClaimRule(&section))
            try section.finish()
        }
    }

    /// Over HTTPS, or on this machine itself.
    static func isSafe(_ address: String) -> Bool {
        guard address.utf8.count <= 500, address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
        if address.hasPrefix("https://") { return address.utf8.count > "https://".utf8.count }
        return ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { host in
            address == host || address.hasPrefix(host + ":") || address.hasPrefix(host + "/")
        }
    }
}
