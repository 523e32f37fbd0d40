import FoundationEssentials

/// A message of syslog (RFC 5424), as audit record repositories take them (IHE ITI-20).
public struct SyslogMessage: Sendable, Hashable {
    /// Facility 10 (security and authorisation) and severity 5 (notice): 10 · 8 + 5.
    static let priority = 85
    /// What IHE ITI-20 says of messages in this form.
    static let messageID = "IHE+RFC-3881"

    public let time: String
    public let host: String
    public let application: String
    public let process: String
    public let content: String

    /// - Parameter time: RFC 3339, as audit entries have it.
    public init(time: String, host: String, application: String = "atles", process: String, content: String) {
        self.time = time
        self.host = Self.token(host, 255)
        self.application = Self.token(application, 48)
        self.process = Self.token(process, 128)
        self.content = content
    }

    /// The message: header, no structured data, and the content after a byte order mark, which says that it is UTF-8.
    public var text: String {
        "<\(Self.priority)>1 \(Self.token(time, 64)) \(host) \(application) \(process) \(Self.messageID) - \u{FEFF}\(content)"
    }

    /// The message as it goes over TLS (RFC 5425 section 4.3): its length in octets, a space, the message.
    public var framed: [UInt8] {
        let bytes = Array(text.utf8)
        return Array("\(bytes.count) ".utf8) + bytes
    }

    /// What a field of the header may be: printable ASCII without spaces; `-` where nothing is left.
    private static func token(_ text: String, _ longest: Int) -> String {
        let kept = text.utf8.filter { (33...126).contains($0) }.prefix(longest)
        return kept.isEmpty ? "-" : String(decoding: kept, as: UTF8.self)
    }
}
