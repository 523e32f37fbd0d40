import Foundation
import Glibc

/// Secrets that a person types: never an argument, never shown.
enum SecretInput {
    /// A new password, asked for twice; where standard input is no terminal, its first line.
    static func newPassword() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(), !line.isEmpty else { throw Refusal("no password came on standard input") }
            return line
        }
        let first = try ask("New password: ")
        guard try ask("The same again: ") == first else { throw Refusal("the two passwords are not the same") }
        return first
    }

    /// Asks without showing what is typed.
    static func ask(_ question: String) throws -> String {
        Terminal.write(question)
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { throw Refusal("this terminal cannot hide what is typed") }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else {
            throw Refusal("this terminal cannot hide what is typed")
        }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            Terminal.write("\n")
        }
        guard let line = readLine() else { throw Refusal("nothing was typed") }
        return line
    }
}
