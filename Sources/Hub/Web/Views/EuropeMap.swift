/// Europe as equal tiles, one a country: where the sites are, without an atlas' bias for size.
struct EuropeMap {
    struct Tile {
        var x: Int
        var y: Int
        var style: String
        /// Only where there is a site.
        var code: String?
        var textX: Int
        var textY: Int
    }

    /// One country that has sites, in words: the map's legend, and all of it for who cannot see the map.
    struct Presence {
        var country: String
        var isOnline: Bool
        var icon: String
        var state: String
    }

    var width = 9 * EuropeMap.pitch - 4
    var height = 9 * EuropeMap.pitch - 4
    var label: String
    var tiles: [Tile]
    var countries: [Presence]

    private static let pitch = 40

    init(_ sites: [SiteOverview]) {
        let byCountry = Dictionary(grouping: sites) { $0.country.uppercased() }
        tiles = Country.tiles.map { tile in
            let here = byCountry[tile.code] ?? []
            let style = here.isEmpty ? "land" : here.contains(where: \.isOnline) ? "land-on" : "land-off"
            let x = tile.column * Self.pitch
            let y = tile.row * Self.pitch
            return Tile(
                x: x, y: y, style: style, code: here.isEmpty ? nil : tile.code, textX: x + 18, textY: y + 23)
        }
        countries = byCountry.map { code, sites in
            let online = sites.count(where: \.isOnline)
            let state =
                switch (sites.count, online) {
                case (1, 1): "on line"
                case (1, _): "off line"
                case (let all, let some) where all == some: "\(all) sites on line"
                case (let all, let some): "\(some) of \(all) sites on line"
                }
            return Presence(
                country: Country.name(code), isOnline: online > 0, icon: online > 0 ? "i-online" : "i-offline",
                state: state)
        }.sorted { $0.country < $1.country }
        label =
            sites.isEmpty
            ? "Map of Europe. No site has joined yet."
            : "Map of Europe with the sites: " + countries.map { "\($0.country) \($0.state)" }.joined(separator: ", ")
    }
}
