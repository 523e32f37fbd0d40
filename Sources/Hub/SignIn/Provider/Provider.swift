import FoundationEssentials
import Runtime

/// A sign-in provider: its document and its keys, kept for a while and fetched again when they must have changed.
actor Provider {
    nonisolated let settings: ProviderSettings
    nonisolated let transport: any ProviderTransport
    private let clock: WallClock
    private var document: (value: ProviderDocument, fetched: Date)?
    private var keys: (value: KeySet, fetched: Date)?

    /// Seconds that a document, and a set of keys, is believed.
    private static let lifetime: Double = 3600
    /// Keys are not fetched again sooner than this, whoever sends tokens with unknown ones: seconds.
    private static let restraint: Double = 10

    init(settings: ProviderSettings, transport: any ProviderTransport, clock: WallClock) {
        self.settings = settings
        self.transport = transport
        self.clock = clock
    }

    /// The discovery document. Where the provider does not answer, the one from before goes on being used.
    func discover() async throws(ProviderError) -> ProviderDocument {
        let now = clock.now
        if let document, now.timeIntervalSince(document.fetched) < Self.lifetime { return document.value }
        do throws(ProviderError) {
            let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
            let bytes = try await transport.get(base + "/.well-known/openid-configuration", bearer: nil)
            guard let found = try? JSONDecoder().decode(ProviderDocument.self, from: bytes),
                found.issuer == settings.issuer, found.isSafe
            else { throw .badDocument }
            document = (found, now)
            return found
        } catch {
            guard let document, error == .unreachable else { throw error }
            return document.value
        }
    }

    /// What a token of the provider says. Keys are fetched anew where they are old, or do not hold the token's.
    func claims(_ token: SignedToken) async throws(ProviderError) -> Claims {
        let current = try await keySet(isFresh: { age in age < Self.lifetime })
        do throws(TokenRefusal) {
            return try await token.claims(current)
        } catch {
            // The provider may have new keys: under new names, or a new one under the name of the old.
            guard error == .unknownKey || error == .badSignature else { throw .token(error) }
        }
        let renewed = try await keySet(isFresh: { age in age < Self.restraint })
        do { return try await token.claims(renewed) } catch { throw .token(error) }
    }

    private func keySet(isFresh: (Double) -> Bool) async throws(ProviderError) -> KeySet {
        let now = clock.now
        if let keys, isFresh(now.timeIntervalSince(keys.fetched)) { return keys.value }
        let address = try await discover().keys
        do throws(ProviderError) {
            let bytes = try await transport.get(address, bearer: nil)
            guard let found = try? JSONDecoder().decode(KeySet.self, from: bytes) else { throw .badDocument }
            keys = (found, now)
            return found
        } catch {
            guard let keys, error == .unreachable else { throw error }
            return keys.value
        }
    }
}
