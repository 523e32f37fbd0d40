import FoundationEssentials
import Hummingbird
import NIOCore

/// A question's events as server-sent events (HTML standard, section 9.2).
enum EventStream {
    static func response(_ events: AsyncStream<Explorer.Event>) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: .init { writer in
                for await event in events {
                    try await writer.write(ByteBuffer(string: text(event)))
                }
                try await writer.finish(nil)
            })
    }

    private static func text(_ event: Explorer.Event) -> String {
        let (name, data) =
            switch event {
            case .site(let result): ("site", json(result))
            case .total(let total): ("total", json(total))
            case .done: ("done", "{}")
            }
        return "event: \(name)\ndata: \(data)\n\n"
    }

    /// On one line, as the format asks.
    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
