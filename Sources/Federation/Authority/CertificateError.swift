/// Why a certificate was not accepted.
public enum CertificateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is not a certificate of the kind that Atles makes.
    case unreadable
    /// It does not lead to this federation's authority.
    case otherAuthority
    case notYetValid
    case expired
    /// It names somebody else, or another role.
    case otherParty

    public var description: String {
        switch self {
        case .unreadable: "the certificate cannot be read"
        case .otherAuthority: "the certificate was not issued by this federation's authority"
        case .notYetValid: "the certificate is not valid yet: is this machine's clock right?"
        case .expired: "the certificate is out of date: is this machine's clock right?"
        case .otherParty: "the certificate belongs to another party"
        }
    }
}
