import ArgumentParser
import Foundation
import Logging

/// `--log-level`, for commands that run as a service.
struct LoggingOptions: ParsableArguments {
    enum Level: String, ExpressibleByArgument, CaseIterable { case debug, info, notice, warning, error }

    @Option(help: "How much is logged.")
    var logLevel: Level = .info

    /// A logger that writes a plain line for each entry to standard error: time, level, text.
    func logger(_ label: String) -> Logger {
        var logger = Logger(label: label) { _ in LineLogHandler() }
        logger.logLevel = Logger.Level(rawValue: logLevel.rawValue) ?? .info
        return logger
    }
}

/// One line an entry, readable in a terminal and in the journal of systemd.
private struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let time = Date.now.formatted(.iso8601)
        let mark = event.level >= .warning ? "\(event.level): " : ""
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value)" }
        let text = ([event.message.description] + details).joined(separator: " ")
        Terminal.write("\(time) \(mark)\(Terminal.plain(text))\n")
    }
}
