/// Why a signed token of somebody else is not believed. The words are for the person who signs in: none of the token's.
enum TokenRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not three parts of base 64, not JSON, too large, or a claim is missing or of the wrong kind.
    case malformed
    /// An algorithm that is not taken: `none`, or one in which the public key would be the secret.
    case algorithm
    /// The header demands an extension that is not known here (RFC 7515 section 4.1.11).
    case critical
    /// A token of another kind.
    case wrongType
    case unknownKey
    case badSignature
    case wrongIssuer
    case wrongAudience
    /// It was made for another client of the provider (`azp`).
    case wrongParty
    case expired
    case notYetValid
    /// It belongs to another sign-in.
    case wrongNonce
    /// It goes with another access token (`at_hash`).
    case wrongAccessToken
    /// It was used before.
    case replayed
    /// The provider did not ask for as much as is needed (`acr`).
    case weakContext
    /// The key set's address is not one that is trusted for this issuer.
    case untrusted
    /// What must hold beside it does not.
    case conditions

    var description: String {
        switch self {
        case .malformed: "the token cannot be read"
        case .algorithm: "the token is not signed in a way that is accepted here"
        case .critical: "the token demands something that is not known here"
        case .wrongType: "the token is of another kind"
        case .unknownKey: "the token is signed with a key that its issuer does not publish"
        case .badSignature: "the token's signature is wrong"
        case .wrongIssuer: "the token comes from another issuer"
        case .wrongAudience: "the token is meant for another service"
        case .wrongParty: "the token was made for another service"
        case .expired: "the token has expired"
        case .notYetValid: "the token is not valid yet; are the clocks right?"
        case .wrongNonce: "the token belongs to another sign-in"
        case .wrongAccessToken: "the token goes with another access token"
        case .replayed: "the token was used before"
        case .weakContext: "the sign-in was not as strong as this federation asks for"
        case .untrusted: "the token's issuer is not trusted here"
        case .conditions: "the token holds only together with another one that is not there"
        }
    }
}
