import Runtime
import X509

/// What a party's certificate says about it beyond its signing key, as URIs among the alternative names.
///
/// - `atles://party/hub` or `atles://party/site/SITE` is who it is;
/// - `atles://agreement/x25519/HEX` is the key that messages to it are sealed with.
///
/// No host name stands in it, so that it can never serve as a TLS certificate; and a TLS certificate has none of these
/// URIs, so that it can never sign a message.
struct PartyName: Equatable {
    let site: SiteID
    let agreement: [UInt8]

    private static let party = "atles://party/"
    private static let key = "atles://agreement/x25519/"

    init(site: SiteID, agreement: [UInt8]) {
        self.site = site
        self.agreement = agreement
    }

    /// Nil unless there is exactly one of each.
    init?(_ names: SubjectAlternativeNames) {
        var parties: [SiteID] = []
        var keys: [[UInt8]] = []
        for name in names {
            guard case .uniformResourceIdentifier(let uri) = name else { return nil }
            if uri.hasPrefix(Self.party) {
                let rest = String(uri.dropFirst(Self.party.count))
                guard let site = Self.site(rest) else { return nil }
                parties.append(site)
            } else if uri.hasPrefix(Self.key) {
                guard let bytes = Hex.bytes(String(uri.dropFirst(Self.key.count))) else { return nil }
                keys.append(bytes)
            } else {
                return nil
            }
        }
        guard parties.count == 1, keys.count == 1, let site = parties.first, let key = keys.first else { return nil }
        self.init(site: site, agreement: key)
    }

    private static func site(_ rest: String) -> SiteID? {
        if rest == "hub" { return .hub }
        guard rest.hasPrefix("site/"), let site = SiteID(String(rest.dropFirst(5))), site != .hub else { return nil }
        return site
    }

    var alternativeNames: SubjectAlternativeNames {
        SubjectAlternativeNames([
            .uniformResourceIdentifier(Self.party + (site == .hub ? "hub" : "site/\(site)")),
            .uniformResourceIdentifier(Self.key + Hex.text(agreement)),
        ])
    }
}
