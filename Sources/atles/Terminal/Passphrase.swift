import Foundation
import Glibc
import Runtime

/// Asks for a passphrase: at the terminal without showing it, or from a file that nobody else may read. Never as an
/// argument or in the environment, where others see it.
enum Passphrase {
    /// The passphrase in `file`, or the one typed.
    static func read(_ prompt: String, file: String?) throws -> String {
        if let file {
            let bytes = try SecretFile.read(file, in: PosixFileSystem())
            return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
        }
        guard isatty(STDIN_FILENO) == 1 else {
            throw Refusal("there is no terminal to ask for a passphrase at: give --passphrase-file")
        }
        return try typed(prompt)
    }

    /// A new passphrase, typed twice.
    static func new(file: String?) throws -> String {
        let first = try read("New passphrase: ", file: file)
        if file == nil, try typed("The same again: ") != first { throw Refusal("the two passphrases differ") }
        return first
    }

    private static func typed(_ prompt: String) throws -> String {
        Terminal.write(prompt)
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { throw Refusal("the terminal cannot be asked") }
        var quiet = before
        quiet.c_lflag &= ~tcflag_t(ECHO)
        _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet)
        defer {
            _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            Terminal.write("\n")
        }
        guard let line = readLine(strippingNewline: true) else { throw Refusal("no passphrase was given") }
        return line
    }
}
