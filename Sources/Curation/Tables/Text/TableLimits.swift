/// How large the parts of a table may be. Whoever made the table does not decide how much memory it takes.
public struct TableLimits: Sendable, Equatable {
    /// Bytes of one field, as UTF-8. A quote that is never closed ends here.
    public var fieldBytes = 1 << 20
    /// Bytes of one row.
    public var rowBytes = 8 << 20
    public var columns = 4_096

    public init() {}
}
