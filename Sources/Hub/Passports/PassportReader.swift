import FoundationEssentials
import Logging
import Runtime
import WebPages

/// Reads the visas that somebody brings in their user info (`ga4gh_passport_v1`), and believes those of trusted issuers.
///
/// A visa's header says where its keys are (`jku`). They are fetched from there only where the operator has named exactly
/// this address for exactly this issuer; otherwise whoever writes a visa would also choose who vouches for it.
actor PassportReader {
    private let trusted: Set<TrustedVisaIssuer>
    private let transport: any ProviderTransport
    private let clock: WallClock
    private let logger: Logger
    private var keys: [String: (value: KeySet, fetched: Date)] = [:]

    /// More visas than these are not read.
    static let most = 100
    /// Seconds that a set of keys is believed.
    private static let lifetime: Double = 3600

    init(trusted: [TrustedVisaIssuer], transport: any ProviderTransport, clock: WallClock, logger: Logger) {
        self.trusted = Set(trusted)
        self.transport = transport
        self.clock = clock
        self.logger = logger
    }

    /// The visas among the claims that hold for this subject. What is not believed is left out, and said in the log.
    func visas(in claims: Claims, subject: String) async -> [Visa] {
        guard !trusted.isEmpty else { return [] }
        var visas: [Visa] = []
        for text in (claims["ga4gh_passport_v1"]?.texts ?? []).prefix(Self.most) {
            do throws(TokenRefusal) {
                visas.append(try await visa(text))
            } catch {
                logger.info("a visa that somebody brought is not believed: \(error)")
            }
        }
        let own = Self.linked(visas, to: subject)
        if own.count < visas.count { logger.info("a visa that somebody brought is another person's") }
        return Self.holding(own)
    }

    /// A single visa, whoever it is about.
    func visa(_ text: String) async throws(TokenRefusal) -> Visa {
        let token = try SignedToken(text)
        if let type = token.type?.lowercased(), !["jwt", "vnd.ga4gh.visa+jwt"].contains(type) { throw .wrongType }
        let issuer = try token.unverifiedIssuer()
        guard let address = token.jku, trusted.contains(TrustedVisaIssuer(issuer: issuer, keys: address)) else {
            throw .untrusted
        }
        let visa = try Visa(try await token.claims(try await keySet(address)), at: clock.now)
        // The claims that were signed are those by which the keys were chosen.
        guard visa.issuer == issuer else { throw .wrongIssuer }
        return visa
    }

    private func keySet(_ address: String) async throws(TokenRefusal) -> KeySet {
        let now = clock.now
        if let found = keys[address], now.timeIntervalSince(found.fetched) < Self.lifetime { return found.value }
        guard let bytes = try? await transport.get(address, bearer: nil),
            let found = try? JSONDecoder().decode(KeySet.self, from: bytes)
        else {
            guard let old = keys[address] else { throw .unknownKey }
            return old.value
        }
        keys[address] = (found, now)
        return found
    }

    /// The visas about this subject, and about those that visas of theirs name as the same person.
    static func linked(_ visas: [Visa], to subject: String) -> [Visa] {
        var subjects: Set<String> = [subject]
        var (rest, own) = (visas, [Visa]())
        // Each turn takes one visa at least, or is the last.
        while true {
            let more = rest.filter { subjects.contains($0.subject) }
            if more.isEmpty { return own }
            own += more
            rest.removeAll { subjects.contains($0.subject) }
            for visa in more where visa.kind == .linkedIdentities { subjects.formUnion(identities(visa.value)) }
        }
    }

    /// The subjects of a LinkedIdentities value: `subject,issuer;subject,issuer`, each percent-encoded.
    private static func identities(_ value: String) -> [String] {
        value.split(separator: ";").compactMap { pair in
            let parts = pair.split(separator: ",")
            return parts.count == 2 ? QueryString.percentDecoded(String(parts[0])) : nil
        }
    }

    /// The visas whose conditions the others meet. A visa with conditions does not itself meet one.
    static func holding(_ visas: [Visa]) -> [Visa] {
        let plain = visas.filter(\.conditions.isEmpty)
        return visas.filter { visa in
            visa.conditions.isEmpty
                || visa.conditions.contains { list in
                    list.allSatisfy { condition in plain.contains { condition.holds(of: $0) } }
                }
        }
    }
}
