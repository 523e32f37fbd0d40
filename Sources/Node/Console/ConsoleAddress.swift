/// Where the console listens: an address of this machine and a port.
public struct ConsoleAddress: Sendable, Equatable, CustomStringConvertible {
    public let host: String
    public let port: Int

    public static let standard = ConsoleAddress(host: "127.0.0.1", port: 8462)

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// "127.0.0.1:8462". Only addresses of this machine itself: the console shows pictures that may name a patient, and
    /// has no encryption of its own. Others reach it through the hospital's web server, which has.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else { return nil }
        let host = String(text[..<colon])
        guard ["127.0.0.1", "localhost", "[::1]"].contains(host) else { return nil }
        self.init(host: host == "localhost" ? "127.0.0.1" : host == "[::1]" ? "::1" : host, port: port)
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
