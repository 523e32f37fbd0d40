import Glibc

/// Reading of IP addresses as text.
enum IPAddress {
    /// Four bytes for an IPv4 address, sixteen for an IPv6 one, nil for anything else.
    static func bytes(_ text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: &four) { [UInt8]($0) } }
        var six = in6_addr()
        if inet_pton(AF_INET6, text, &six) == 1 { return withUnsafeBytes(of: &six) { [UInt8]($0) } }
        return nil
    }
}
