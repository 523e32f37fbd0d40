import FoundationEssentials
import Glibc
import Logging
import Runtime

/// Hands waiting mails to the machine's mail program (`sendmail`, `msmtp`), which knows the mail server, its password and
/// its certificates.
struct MailCarrier: Sendable {
    let room: MailRoom
    let clock: WallClock
    let logger: Logger

    /// Seconds that the program has for one mail.
    static let patience = 60
    /// Days after which a mail that could not be sent is given up.
    static let days = 5.0

    /// Tries every mail that waits once, the oldest name first. What could not be sent waits for the next round.
    func carry() async {
        guard let settings = room.settings else { return }
        let names = (try? room.files.list(room.folder)) ?? []
        for name in names where name.hasSuffix(".eml") {
            let path = FilePath.join(room.folder, name)
            let status = await Self.run(settings.command, input: path)
            if status == 0 {
                try? room.files.remove(path)
                continue
            }
            logger.warning("a mail could not be sent: \(settings.command.first ?? "") ended with \(status)")
            if let written = try? room.files.attributes(path)?.modified,
                clock.now.timeIntervalSince1970 - Double(written) / 1e9 > Self.days * 86_400
            {
                logger.error("a mail was given up after \(Int(Self.days)) days")
                try? room.files.remove(path)
            }
            // The next would meet the same server.
            return
        }
    }

    /// Runs a program with a file as its input, without a shell and with an environment of its own; -1 where it could not
    /// be run or did not end in time.
    static func run(_ command: [String], input path: String) async -> Int32 {
        guard let program = command.first else { return -1 }
        var actions = posix_spawn_file_actions_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return -1 }
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        let settings = ["PATH=/usr/sbin:/usr/bin:/bin", "LANG=C.UTF-8"]
        let environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var process: pid_t = 0
        guard posix_spawn(&process, program, &actions, nil, arguments, environment) == 0 else { return -1 }
        for _ in 0..<(patience * 20) {
            var status: Int32 = 0
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1 }
            if ended < 0 { return -1 }
            try? await Task.sleep(for: .milliseconds(50))
            if Task.isCancelled { break }
        }
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return -1
    }
}
