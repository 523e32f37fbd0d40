/// Where decisions are written down so that they can be proved later.
///
/// The federation records every admission and every refusal here before the answer leaves. What an event can hold
/// is limited by its type: a fixed name, identifiers, a digest and a number; there is no field for free text, so that
/// no patient's value can slip in.
public protocol AuditSink: Sendable {
    /// Appends the event. On return it survives the end of the process.
    func record(_ event: AuditEvent) throws
    /// Returns when everything recorded so far survives a loss of power too.
    func flush() async throws
}

extension AuditSink {
    public func flush() async throws {}
}

/// A sink that keeps nothing, for tools that only look.
public struct NoAudit: AuditSink {
    public init() {}
    public func record(_ event: AuditEvent) throws {}
}
