/// A data set in brief, computed from the index, and under the same rule as every answer.
public struct DataSetCard: Codable, Sendable, Equatable {
    /// The years of a site's studies.
    public struct Years: Codable, Sendable, Equatable {
        public var first: Int
        public var last: Int

        public init(first: Int, last: Int) {
            self.first = first
            self.last = last
        }
    }

    public var title: String
    public var description: String
    public var counts: ProtectedCounts
    public var modalities: Facet
    public var bodyParts: Facet
    public var manufacturers: Facet
    public var sexes: Facet
    public var ageBands: Facet
    /// The first and the last year with studies of enough patients; nil where dates are not kept.
    public var years: Years?
    /// When the card was computed: RFC 3339, UTC.
    public var updated: String
    /// The attributes that the site answers questions about, by name.
    public var attributes: [String]
    /// The site's disclosure threshold: groups smaller than this are not shown.
    public var threshold: Int
    /// The site's data sets, where it tells them apart.
    public var dataSets: [DataSetPart]

    public init(
        title: String, description: String, counts: ProtectedCounts, modalities: Facet, bodyParts: Facet,
        manufacturers: Facet, sexes: Facet, ageBands: Facet, years: Years?, updated: String, attributes: [String],
        threshold: Int, dataSets: [DataSetPart] = []
    ) {
        self.title = title
        self.description = description
        self.counts = counts
        self.modalities = modalities
        self.bodyParts = bodyParts
        self.manufacturers = manufacturers
        self.sexes = sexes
        self.ageBands = ageBands
        self.years = years
        self.updated = updated
        self.attributes = attributes
        self.threshold = threshold
        self.dataSets = dataSets
    }

    /// The facets of the card, in the order in which they are shown.
    public var facets: [Facet] { [modalities, bodyParts, manufacturers, sexes, ageBands] }
}

extension DataSetCard {
    /// Reads a card within ``AnswerLimits``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func facet(_ key: CodingKeys) throws -> Facet { try container.decode(Facet.self, forKey: key) }
        try self.init(
            title: container.text(.title), description: container.text(.description, atMost: AnswerLimits.textBytes),
            counts: container.decode(ProtectedCounts.self, forKey: .counts), modalities: facet(.modalities),
            bodyParts: facet(.bodyParts), manufacturers: facet(.manufacturers), sexes: facet(.sexes),
            ageBands: facet(.ageBands), years: container.decodeIfPresent(Years.self, forKey: .years),
            updated: container.text(.updated),
            attributes: container.list(of: String.self, .attributes, atMost: AnswerLimits.attributes),
            threshold: container.number(.threshold, in: AnswerLimits.thresholds),
            // Nodes of earlier versions do not tell data sets apart.
            dataSets: container.contains(.dataSets)
                ? container.list(of: DataSetPart.self, .dataSets, atMost: AnswerLimits.dataSets) : [])
        try container.requireDistinct(facets.map(\.name), .ageBands)
        try container.requireDistinct(dataSets.map(\.name), .dataSets)
        guard attributes.allSatisfy({ $0.utf8.count <= AnswerLimits.nameBytes }) else {
            throw container.refusal(.attributes, "a text of more than \(AnswerLimits.nameBytes) bytes")
        }
    }
}

extension DataSetCard.Years {
    /// Reads years of the calendar.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(first: container.number(.first, in: 0...9999), last: container.number(.last, in: 0...9999))
        guard first <= last else { throw container.refusal(.last, "years that end before they begin") }
    }
}
