/// What a site says of one of its data sets; what is in it is counted, not said.
public struct DataSetDescription: Sendable, Equatable, Codable {
    /// The name that series refer to it by.
    public var name: String
    public var title: String
    public var summary: String?
    /// Who made it, or answers for it.
    public var provider: String?
    /// Kinds of cancer, places, whatever helps to find it.
    public var keywords: [String]

    public init(
        name: String, title: String, summary: String? = nil, provider: String? = nil, keywords: [String] = []
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.provider = provider
        self.keywords = keywords
    }
}
