extension Index {
    /// Runs something that counts, such as ``cohort(_:answerable:rule:until:)``, on one of the threads kept for it
    /// and not on one of Swift's tasks. Two things are counted at once; others wait for their turn.
    public func counting<Value: Sendable>(
        _ body: @escaping @Sendable (Index) throws(IndexError) -> Value
    ) async throws(IndexError) -> Value {
        let result = await threads.run { () -> Result<Value, IndexError> in
            do throws(IndexError) { return .success(try body(self)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
