import Logging
import Synchronization

/// Keeps the notices and the warnings that were logged.
final class LogRecorder: Sendable {
    private let messages = Mutex<[(level: Logger.Level, text: String)]>([])

    var warnings: [String] { messages.withLock { $0.filter { $0.level >= .warning }.map(\.text) } }
    var all: [String] { messages.withLock { $0.map(\.text) } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(recorder: self) }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .notice

        init(recorder: LogRecorder) { self.recorder = recorder }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard event.level >= .notice else { return }
            recorder.messages.withLock { $0.append((event.level, "\(event.message)")) }
        }
    }
}
