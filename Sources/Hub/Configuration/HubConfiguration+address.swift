extension HubConfiguration {
    /// Where people reach the page: scheme, host and port.
    public var publicAddress: String {
        let address = page.address == "0.0.0.0" || page.address == "::" ? "127.0.0.1" : page.address
        return pageURL ?? "http://\(address.contains(":") ? "[\(address)]" : address):\(page.port)"
    }

    /// Whether cookies go over HTTPS only: always, but where the page is plain HTTP on this machine itself.
    var needsSecureCookies: Bool {
        guard publicAddress.hasPrefix("http://") else { return true }
        let host = publicAddress.dropFirst("http://".count)
        return !["127.0.0.1", "localhost", "[::1]"].contains { host == $0 || host.hasPrefix($0 + ":") }
    }
}
