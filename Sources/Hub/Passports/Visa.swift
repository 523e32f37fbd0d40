import FoundationEssentials

/// What an issuer says of a researcher (GA4GH Passport v1.2), verified.
struct Visa: Sendable, Equatable, Codable {
    /// The five kinds that are understood here.
    enum Kind: String, Sendable, Codable, CaseIterable {
        case affiliationAndRole = "AffiliationAndRole"
        case acceptedTermsAndPolicies = "AcceptedTermsAndPolicies"
        case researcherStatus = "ResearcherStatus"
        case controlledAccessGrants = "ControlledAccessGrants"
        case linkedIdentities = "LinkedIdentities"
    }

    let issuer: String
    let subject: String
    let kind: Kind
    /// What is asserted: a data set, a role at an organisation, an agreement.
    let value: String
    /// The address of the organisation that asserts it.
    let source: String
    /// In what capacity: self, peer, system, so, dac.
    let by: String?
    let asserted: Date
    let expires: Date
    /// Other visas that must be there too: one of the lists as a whole. Empty where there is no condition.
    let conditions: [[VisaCondition]]

    private static let capacities: Set<String> = ["self", "peer", "system", "so", "dac"]
    /// Longer values are none (GA4GH Passport: 255 characters).
    private static let longest = 255

    /// Reads the claims of a token whose signature was checked.
    init(_ claims: Claims, at now: Date) throws(TokenRefusal) {
        try claims.checkTimes(at: now)
        guard let issuer = claims["iss"]?.text, let subject = claims["sub"]?.text, !subject.isEmpty,
            let end = claims["exp"]?.number, let object = claims["ga4gh_visa_v1"]?.object,
            let asserted = object["asserted"]?.number, let value = object["value"]?.text, !value.isEmpty,
            value.count <= Self.longest, let source = object["source"]?.text, !source.isEmpty,
            source.count <= Self.longest
        else { throw .malformed }
        guard let kind = object["type"]?.text.flatMap(Kind.init(rawValue:)) else { throw .wrongType }
        guard asserted <= now.timeIntervalSince1970 + Claims.skew else { throw .notYetValid }
        // A visa is a document; one that opens a user info endpoint is an access token.
        let scopes = claims["scope"]?.text?.split(separator: " ") ?? []
        guard !scopes.contains("openid") else { throw .wrongType }
        let by = object["by"]?.text
        if let by, !Self.capacities.contains(by) { throw .malformed }
        self.issuer = issuer
        self.subject = subject
        self.kind = kind
        self.value = value
        self.source = source
        self.by = by
        self.asserted = Date(timeIntervalSince1970: asserted)
        expires = Date(timeIntervalSince1970: min(end, 1e11))
        conditions = try VisaCondition.lists(object["conditions"])
    }

    /// As it is stored.
    var stored: StoredVisa? {
        guard let bytes = try? JSONEncoder().encode(self) else { return nil }
        return StoredVisa(document: String(decoding: bytes, as: UTF8.self), expires: expires)
    }

    init?(_ stored: StoredVisa) {
        guard let visa = try? JSONDecoder().decode(Visa.self, from: Data(stored.document.utf8)) else { return nil }
        self = visa
    }
}
