import Glibc

/// Standard output for results of any size: bytes as they are, without a copy into text.
enum StandardOutput {
    /// Writes all of it. A reader that has gone away ends the output, not the program.
    static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 else {
                if written < 0, errno == EINTR { continue }
                return
            }
            rest = rest.dropFirst(written)
        }
    }
}
