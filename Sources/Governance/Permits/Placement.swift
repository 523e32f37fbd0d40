public import Federation

/// Where the work may be done.
public enum Placement: Sendable, Hashable {
    /// Only on this site's own machines.
    case here
    /// Also at these compute nodes of the federation.
    case alsoAt([SiteID])

    public func allows(_ place: SiteID, at site: SiteID) -> Bool {
        if place == site { return true }
        if case .alsoAt(let nodes) = self { return nodes.contains(place) }
        return false
    }
}

extension Placement: Codable {
    private enum CodingKeys: String, CodingKey { case alsoAt }

    public init(from decoder: any Decoder) throws {
        let nodes = try decoder.container(keyedBy: CodingKeys.self).decode([SiteID].self, forKey: .alsoAt)
        self = nodes.isEmpty ? .here : .alsoAt(nodes)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if case .alsoAt(let nodes) = self {
            try container.encode(nodes, forKey: .alsoAt)
        } else {
            try container.encode([SiteID](), forKey: .alsoAt)
        }
    }
}
