public import Runtime

/// What can go wrong in a federation, each with a sentence for the person who meets it.
public enum FederationError: Error, Equatable, Sendable {
    case file(FileError)
    case secret(SecretError)
    /// The database refused; the text is SQLite's own, which names no content.
    case store(String)
    /// There is no hub, or no membership, in that folder.
    case notSetUp(folder: String, role: Role)
    /// Something is there already and is not overwritten.
    case alreadySetUp(folder: String, role: Role)
    /// A file of ours does not hold what it should.
    case damaged(path: String)
    /// A value that somebody gave cannot be used; the text says which and why.
    case unusable(String)
    case invitation(InvitationError)
    case noSuchSite(SiteID)
    /// These sites are unknown, suspended or not yet admitted: nothing can be sealed to them.
    case cannotReceive([SiteID])
    case payloadTooLarge(bytes: Int, limit: Int)
    case lifetimeTooLong(seconds: Int, limit: Int)
    /// The other side refused, and said why.
    case refused(Refusal)
    case unreachable(hub: String, why: String)
    /// Something answered at the hub's address, but not the hub of this federation.
    case untrusted(hub: String, why: String)
    case certificate(CertificateError)
    /// A key or a signature could not be used by the cryptographic library.
    case cryptography(String)
    /// The audit log could not be written, so nothing was done.
    case audit(String)

    public enum Role: String, Equatable, Sendable { case hub, node }
}

extension FederationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error): return error.description
        case .secret(let error): return error.description
        case .store(let why): return "the federation's database refused: \(why)"
        case .notSetUp(let folder, .hub): return "there is no hub in \(folder): make one with `atles hub init`"
        case .notSetUp(let folder, .node):
            return "the node in \(folder) has not joined a federation: run `atles node join` with an invitation"
        case .alreadySetUp(let folder, .hub):
            return "there is a hub in \(folder) already; its keys are not overwritten: choose another folder"
        case .alreadySetUp(let folder, .node):
            return "the node in \(folder) is a member already; to join another federation, use another folder"
        case .damaged(let path): return "\(path) does not hold what it should: restore it from a backup"
        case .unusable(let why): return why
        case .invitation(let error): return error.description
        case .noSuchSite(let site): return "no site is named \(site) in this federation: see `atles hub sites`"
        case .cannotReceive(let sites):
            let names = sites.map(\.text).joined(separator: ", ")
            return "these sites are unknown, suspended or not yet admitted: \(names)"
        case .payloadTooLarge(let bytes, let limit):
            return "the message holds \(bytes) bytes and the limit is \(limit): send it in parts"
        case .lifetimeTooLong(let seconds, let limit):
            return "a message may live \(limit) seconds at most, not \(seconds)"
        case .refused(let refusal): return refusal.description
        case .unreachable(let hub, let why): return "the hub at \(hub) cannot be reached: \(why)"
        case .untrusted(let hub, let why): return "what answers at \(hub) is not the hub of this federation: \(why)"
        case .certificate(let error): return error.description
        case .audit(let why): return "the audit log cannot be written, so nothing was done: \(why)"
        case .cryptography(let why): return "the cryptographic library refused: \(why)"
        }
    }
}
