import FoundationEssentials
import Governance

/// Where a person is signed in with a browser.
struct Session: Sendable, Equatable {
    /// How far the sign-in has come.
    enum Stage: String, Sendable {
        /// Signed in.
        case full
        /// The password was right; the code of the second factor is still to come.
        case code
        /// The password was right; a second factor must be set up first.
        case enrolment
    }

    /// How the person showed who they are.
    enum Method: String, Sendable {
        case password
        case passwordAndCode
        case provider
    }

    /// SHA-256 of the secret in the browser's cookie; the secret itself is nowhere at the hub.
    let hash: [UInt8]
    let person: PersonID
    let stage: Stage
    let method: Method
    let created: Date
    /// When it was last used, to the minute.
    let seen: Date
    /// When it ends even if it is used.
    let expires: Date
    /// What the browser calls itself.
    let agent: String
    /// The authentication context that the provider asserts.
    var acr: String?
    /// The provider's names of person and session, for its logout tokens.
    var issuer: String?
    var subject: String?
    var sid: String?
    /// The secret of a second factor that is being set up.
    var pending: [UInt8]?

    /// A session that is not used for so long ends: seconds.
    static let idle: Double = 2 * 3600
    /// A session ends after so long whatever happens: seconds.
    static let longest: Double = 12 * 3600
    /// So long a sign-in may stay half done: seconds.
    static let unfinished: Double = 600

    /// A name for it on pages and in forms, from which nobody can make the cookie.
    var id: String { Self.id(hash) }

    static func id(_ hash: [UInt8]) -> String {
        hash.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
