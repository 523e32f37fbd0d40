import Foundation
import Glibc

/// What is written to a person at a terminal.
enum Terminal {
    /// Whether standard error is a terminal, where a line may be drawn over.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// The terminal's width in columns; 80 where it does not say.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes a line to standard error: notes and progress, apart from the result on standard output.
    static func note(_ line: String) { write(line + "\n") }

    /// Draws a line over the one before.
    static func draw(_ line: String) { write("\r\u{1B}[K" + line) }

    /// Writes to standard error. A full disk or a closed pipe behind it is no reason to stop: what cannot be told is not.
    static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            // The pointer is used for `rest.count` bytes, inside the closure only.
            let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// A word of a command line, in quotes where the shell would take it apart.
    static func quoted(_ word: String) -> String {
        let plain = word.allSatisfy { $0.isLetter || $0.isNumber || "/._-+:,@%".contains($0) }
        return plain && !word.isEmpty
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// `text` without characters that could move the cursor or colour the screen: it comes from elsewhere.
    static func plain(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
    }
}

/// Values in a form for programs, with keys in a stable order.
enum JSONOutput {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
