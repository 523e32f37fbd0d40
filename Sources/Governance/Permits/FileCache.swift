import Runtime

/// What was made of a file, kept until the file changes: another process (`atles node committee add`) writes it too.
struct FileCache<Value> {
    private var known: (attributes: FileAttributes?, value: Value)?

    /// The value of the file at `path`, read anew when its size, time or mode are not those of the last reading.
    mutating func value(
        _ path: String, in files: any FileSystem, read: () throws(PermitError) -> Value
    ) throws(PermitError) -> Value {
        let attributes: FileAttributes?
        do { attributes = try files.attributes(path) } catch { throw .file(error) }
        if let known, known.attributes == attributes { return known.value }
        let value = try read()
        known = (attributes, value)
        return value
    }
}
