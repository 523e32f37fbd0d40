import FoundationEssentials
import Governance

/// A secret with which a program acts as a person, within its scopes and until it expires.
struct PersonalToken: Sendable, Equatable {
    /// What the secret begins with, so that scanners of leaked secrets know it.
    static let prefix = "atles_"

    /// For lists and forms; not secret.
    let id: String
    let person: PersonID
    /// What its person calls it.
    let name: String
    let scopes: Set<TokenScope>
    let created: Date
    let expires: Date
    /// When it was last used, to the minute.
    let used: Date?
}
