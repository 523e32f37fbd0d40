/// What an index found of one data set, before the disclosure rule. It stays inside the node.
public struct RawDataSet: Sendable, Equatable {
    public var name: String
    public var title: String
    public var description = ""
    public var provider = ""
    public var keywords: [String] = []
    public var counts: Counts
    /// The site's breakdowns, with the data set's patients in ``RawFacet/Cell/patients``.
    public var facets: [RawFacet]
    /// Patients of whom an attribute is recorded, by its full name.
    public var recorded: [String: Int]
    /// Whether the images are at the site, and not only a table of them.
    public var hasImages: Bool

    public init(
        name: String, title: String, counts: Counts, facets: [RawFacet], recorded: [String: Int], hasImages: Bool
    ) {
        self.name = name
        self.title = title
        self.counts = counts
        self.facets = facets
        self.recorded = recorded
        self.hasImages = hasImages
    }
}
