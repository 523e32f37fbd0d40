public import Federation

extension AuditEvent.Kind {
    /// A task was allowed. The digest is that of its claim.
    public static let gateAllowed = Self("gate.allowed")
    public static let gateRefused = Self("gate.refused")
    /// A running task was stopped: its permit was revoked, or its time was over.
    public static let gateStopped = Self("gate.stopped")
}
