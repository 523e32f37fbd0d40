public import Federation

extension AuditEvent.Kind {
    /// A permit came, or more signatures for one.
    public static let permitReceived = Self("permit.received")
    public static let permitSigned = Self("permit.signed")
    public static let permitRevoked = Self("permit.revoked")
    /// A member was added or removed. The digest is that of a new member's key.
    public static let committeeChanged = Self("committee.changed")
    /// Code was approved or refused. The digest is its hash.
    public static let codeApproved = Self("approval.approved")
    public static let codeRefused = Self("approval.refused")
}
