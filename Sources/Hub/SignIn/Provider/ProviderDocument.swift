/// What is used of a provider's discovery document (OpenID Connect Discovery 1.0, section 3).
struct ProviderDocument: Decodable, Sendable, Equatable {
    var issuer: String
    var authorization: String
    var token: String
    var keys: String
    var userInfo: String?
    var endSession: String?
    /// How the client may show its secret at the token endpoint.
    var clientMethods: [String]?
    /// Whether every answer names the issuer (RFC 9207).
    var namesIssuer: Bool?

    enum CodingKeys: String, CodingKey {
        case issuer
        case authorization = "authorization_endpoint"
        case token = "token_endpoint"
        case keys = "jwks_uri"
        case userInfo = "userinfo_endpoint"
        case endSession = "end_session_endpoint"
        case clientMethods = "token_endpoint_auth_methods_supported"
        case namesIssuer = "authorization_response_iss_parameter_supported"
    }

    /// Whether each address is one that secrets may be sent to.
    var isSafe: Bool {
        [authorization, token, keys, userInfo, endSession].compactMap(\.self).allSatisfy(ProviderSettings.isSafe)
    }
}
