public import Federation

/// The digest of each is that of the content.
extension AuditEvent.Kind {
    /// Nothing spoke against it, and it was not held.
    public static let airlockPassed = Self("airlock.passed")
    public static let airlockWaits = Self("airlock.waits")
    /// A check found what may not leave.
    public static let airlockStopped = Self("airlock.stopped")
    public static let airlockReleased = Self("airlock.released")
    public static let airlockRefused = Self("airlock.refused")
    public static let airlockLeft = Self("airlock.left")
    /// The permit ended before it left.
    public static let airlockWithdrawn = Self("airlock.withdrawn")
}
