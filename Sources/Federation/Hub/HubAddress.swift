/// Where a hub is reached: `https://host` or `https://host:port`, nothing after it.
struct HubAddress: Equatable, Sendable {
    let text: String
    let host: HostName
    let port: Int

    init?(_ text: String) {
        guard text.hasPrefix("https://") else { return nil }
        var rest = text.dropFirst(8)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let name: Substring
        var number: Substring = "443"
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            name = rest[rest.index(after: rest.startIndex)..<end]
            let after = rest[rest.index(after: end)...]
            if !after.isEmpty {
                guard after.hasPrefix(":") else { return nil }
                number = after.dropFirst()
            }
        } else if let colon = rest.firstIndex(of: ":") {
            name = rest[..<colon]
            number = rest[rest.index(after: colon)...]
        } else {
            name = rest
        }
        guard let host = HostName(String(name)), let port = Int(number), (1...65535).contains(port) else { return nil }
        self.text = "https://\(rest)"
        self.host = host
        self.port = port
    }
}
