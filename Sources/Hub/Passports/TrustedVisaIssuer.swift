import Runtime

/// An issuer of visas that is believed, together with the one address from which its keys are taken.
public struct TrustedVisaIssuer: Sendable, Hashable {
    public let issuer: String
    /// Where its key set is: what a visa's header calls `jku`.
    public let keys: String

    public init(issuer: String, keys: String) {
        self.issuer = issuer
        self.keys = keys
    }

    init(_ settings: inout Settings) throws(SettingsError) {
        guard let issuer = try settings.text("issuer"), !issuer.isEmpty, let keys = try settings.text("jku"),
            ProviderSettings.isSafe(keys)
        else {
            throw SettingsError(
                "an entry of `sign_in.visas` needs an `issuer` and a `jku`, the https address of its keys")
        }
        self.init(issuer: issuer, keys: keys)
    }
}
