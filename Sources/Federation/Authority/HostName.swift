import SwiftASN1
import X509

/// A name or IP address that a server is reached by.
struct HostName: Hashable, Sendable {
    let text: String
    private let address: [UInt8]?

    /// Nil where `text` is neither a host name nor an IPv4 or IPv6 address (without brackets).
    init?(_ text: String) {
        if let address = IPAddress.bytes(text) {
            self.text = text
            self.address = address
            return
        }
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= 253, !text.hasPrefix("."), !text.hasPrefix("-") else { return nil }
        let plain = bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard plain else { return nil }
        self.text = text.lowercased()
        address = nil
    }

    var generalName: GeneralName {
        if let address { .ipAddress(ASN1OctetString(contentBytes: address[...])) } else { .dnsName(text) }
    }
}
