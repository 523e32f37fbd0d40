import Foundation

/// The HTTP proxy that an environment names for HTTPS: `HTTPS_PROXY` or `https_proxy`, else `ALL_PROXY`, unless
/// `NO_PROXY` takes the host out.
struct ProxySettings: Equatable, Sendable {
    var host: String
    var port: Int
    /// From `http://user:password@proxy:3128`.
    var user: String?
    var password: String?

    /// Nil for a direct connection.
    /// - Throws: ``FederationError/unusable(_:)`` where the variable cannot be read; silently going around a proxy could
    ///   break a hospital's rule.
    init?(for target: String, environment: [String: String]) throws(FederationError) {
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        guard let name = names.first(where: { environment[$0]?.isEmpty == false }), let value = environment[name] else {
            return nil
        }
        let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        if Self.isExcepted(target, exceptions) { return nil }
        guard let settings = Self.parse(value) else {
            throw .unusable("the variable \(name) is not an address of the form http://proxy.example.org:3128")
        }
        self = settings
    }

    private init(host: String, port: Int, user: String?, password: String?) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
    }

    private static func parse(_ value: String) -> ProxySettings? {
        var rest = value[...]
        if let scheme = rest.range(of: "://") {
            guard rest[..<scheme.lowerBound].lowercased() == "http" else { return nil }
            rest = rest[scheme.upperBound...]
        }
        if let slash = rest.firstIndex(of: "/") {
            guard rest.index(after: slash) == rest.endIndex else { return nil }
            rest = rest[..<slash]
        }
        var user: String?
        var password: String?
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = parts.first.flatMap { String($0).removingPercentEncoding }
            password = parts.count > 1 ? String(parts[1]).removingPercentEncoding : ""
            rest = rest[rest.index(after: at)...]
        }
        guard let address = HubAddress("https://\(rest)") else { return nil }
        let hasPort = rest.hasSuffix(":\(address.port)")
        return ProxySettings(
            host: address.host.text, port: hasPort ? address.port : 3128, user: user, password: password)
    }

    /// A host is excepted by its name, by a domain that it lies in, or by `*`.
    private static func isExcepted(_ target: String, _ list: String) -> Bool {
        list.split(separator: ",").contains { entry in
            var name = entry.lowercased().filter { !$0.isWhitespace }
            if name == "*" { return true }
            if name.hasPrefix("*") { name.removeFirst() }
            if name.hasPrefix(".") { return target.hasSuffix(name) || target == name.dropFirst() }
            return target == name || target.hasSuffix(".\(name)")
        }
    }
}
