import Glibc

/// What the DICOM commands print.
enum Output {
    /// To standard output, whole. A reader that has gone away (`| head`) ends the output, not the program.
    static func write(_ bytes: [UInt8]) { write(bytes[...], to: STDOUT_FILENO) }

    static func line(_ text: String) { write(Array((text + "\n").utf8)) }

    /// To standard error.
    static func complain(_ text: String) { write(Array((text + "\n").utf8)[...], to: STDERR_FILENO) }

    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) {
        var rest = bytes
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else {
                if written < 0, errno == EINTR { continue }
                return
            }
            rest = rest.dropFirst(written)
        }
    }
}

/// A sentence that ends a command with exit code 1.
struct Complaint: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
