/// Countries by their ISO 3166-1 alpha-2 code: the name, and where Europe's stand on a map of equal tiles.
enum Country {
    /// The English name; the code itself where it is none of these.
    static func name(_ code: String) -> String {
        let code = code.uppercased()
        return tiles.first { $0.code == code }?.name ?? elsewhere[code] ?? code
    }

    /// A country's place on the tile map.
    struct Tile {
        let code: String
        let name: String
        let column: Int
        let row: Int

        init(_ code: String, _ name: String, _ column: Int, _ row: Int) {
            self.code = code
            self.name = name
            self.column = column
            self.row = row
        }
    }

    /// Each neighbour as near as equal tiles allow.
    static let tiles: [Tile] = [
        Tile("IS", "Iceland", 0, 0), Tile("NO", "Norway", 4, 0), Tile("SE", "Sweden", 5, 0),
        Tile("FI", "Finland", 6, 0),
        Tile("EE", "Estonia", 6, 1), Tile("DK", "Denmark", 4, 1),
        Tile("IE", "Ireland", 0, 2), Tile("GB", "United Kingdom", 1, 2), Tile("LV", "Latvia", 6, 2),
        Tile("NL", "Netherlands", 3, 2), Tile("DE", "Germany", 4, 2), Tile("PL", "Poland", 5, 2),
        Tile("BE", "Belgium", 2, 3), Tile("LU", "Luxembourg", 3, 3), Tile("CZ", "Czechia", 4, 3),
        Tile("SK", "Slovakia", 5, 3), Tile("LT", "Lithuania", 6, 3), Tile("BY", "Belarus", 7, 3),
        Tile("FR", "France", 2, 4), Tile("CH", "Switzerland", 3, 4), Tile("AT", "Austria", 4, 4),
        Tile("HU", "Hungary", 5, 4), Tile("UA", "Ukraine", 6, 4), Tile("MD", "Moldova", 7, 4),
        Tile("PT", "Portugal", 0, 5), Tile("ES", "Spain", 1, 5), Tile("IT", "Italy", 3, 5),
        Tile("SI", "Slovenia", 4, 5),
        Tile("HR", "Croatia", 5, 5), Tile("RS", "Serbia", 6, 5), Tile("RO", "Romania", 7, 5),
        Tile("BA", "Bosnia and Herzegovina", 5, 6), Tile("ME", "Montenegro", 6, 6), Tile("BG", "Bulgaria", 7, 6),
        Tile("MT", "Malta", 3, 7), Tile("AL", "Albania", 5, 7), Tile("MK", "North Macedonia", 6, 7),
        Tile("TR", "Türkiye", 8, 7), Tile("GR", "Greece", 6, 8), Tile("CY", "Cyprus", 8, 8),
    ]

    private static let elsewhere = [
        "AD": "Andorra", "AU": "Australia", "BR": "Brazil", "CA": "Canada", "CL": "Chile", "CN": "China",
        "EL": "Greece",
        "IL": "Israel", "IN": "India", "JP": "Japan", "KR": "South Korea", "LI": "Liechtenstein", "MC": "Monaco",
        "MX": "Mexico", "NZ": "New Zealand", "SG": "Singapore", "SM": "San Marino", "UK": "United Kingdom",
        "US": "United States", "XK": "Kosovo", "ZA": "South Africa",
    ]
}
