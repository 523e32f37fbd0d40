/// Why an invitation's text could not be used.
public enum InvitationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It does not begin like an invitation.
    case notAnInvitation
    /// The checksum does not fit: a part is missing or was changed in copying.
    case mangled
    /// It was made by a newer version of Atles.
    case newerVersion

    public var description: String {
        switch self {
        case .notAnInvitation: "this is not an invitation: it should begin with atles-invitation-"
        case .mangled: "the invitation is incomplete or was changed in copying: copy it again, whole"
        case .newerVersion: "the invitation was made by a newer version of Atles: update this one"
        }
    }
}
