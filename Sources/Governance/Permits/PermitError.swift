public import Runtime

/// Why a permit cannot be made, signed, kept or read.
public enum PermitError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What it says makes no sense.
    case content(String)
    /// It is no permit, or of a version that this program does not know.
    case unreadable(path: String?)
    case file(FileError)
    case secret(SecretError)
    /// The passphrase is not the one with which the key was made, or the file was changed.
    case wrongPassphrase
    case passphraseTooShort
    case notAMember
    case alreadyAMember
    case unknownPermit(PermitID)
    /// Another document is kept under the same identifier.
    case conflict(PermitID)
    case revoked(PermitID)
    /// It would allow what the site's policy does not.
    case beyondPolicy(String)
    case wrongSite
    case wrongFederation
    case cryptography

    public var description: String {
        switch self {
        case .content(let why): "the permit cannot be: \(why)"
        case .unreadable(let path): "\(path ?? "the document") is no permit that this version can read"
        case .file(let error): error.description
        case .secret(let error): error.description
        case .wrongPassphrase: "the passphrase does not open this key"
        case .passphraseTooShort: "a passphrase has at least \(MemberKey.shortestPassphrase) characters"
        case .notAMember: "the key is not one of a member of this site's committee"
        case .alreadyAMember: "the committee has a member with this name or this key"
        case .unknownPermit(let id): "this site keeps no permit \(id)"
        case .conflict(let id): "another permit is kept here under the identifier \(id)"
        case .revoked(let id): "the permit \(id) was revoked"
        case .beyondPolicy(let why): "the site's policy does not allow this permit: \(why)"
        case .wrongSite: "the permit is for another site"
        case .wrongFederation: "the permit is of another federation"
        case .cryptography: "the signature could not be made"
        }
    }
}
