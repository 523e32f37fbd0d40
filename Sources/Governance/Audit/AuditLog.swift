public import Federation
public import Runtime

/// A hash-chained, append-only record of what was decided.
public final class AuditLog: AuditSink {
    public init(path: String, files: any FileSystem = PosixFileSystem(), clock: WallClock = .system) throws {}

    public func record(_ event: AuditEvent) throws {}
}
