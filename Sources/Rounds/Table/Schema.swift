/// What is known of a federation's variables before the first round: their kinds, and the levels of the categories.
public struct Schema: Sendable, Equatable, Codable {
    public enum Kind: Sendable, Equatable, Codable {
        case number
        /// The levels' names, sorted.
        case category(levels: [String])
    }

    public var variables: [String: Kind]

    public init(_ variables: [String: Kind]) {
        self.variables = variables
    }

    public func kind(_ name: String) throws(RoundsError) -> Kind {
        guard let kind = variables[name] else { throw .variable(name, "is not known at any site of this run") }
        return kind
    }

    /// The schema of several sites together. A level that one site names is a level of all.
    ///
    /// - Parameter sites: the sites' names, in the order of `schemas`; an error names the site that differs.
    public static func merged(_ schemas: [Schema], sites: [String]) throws(RoundsError) -> Schema {
        var merged = Schema([:])
        for (schema, site) in zip(schemas, sites) {
            for (name, kind) in schema.variables.sorted(by: { $0.key < $1.key }) {
                switch (merged.variables[name], kind) {
                case (nil, _): merged.variables[name] = kind
                case (.number, .number): break
                case (.category(let known), .category(let more)):
                    merged.variables[name] = .category(levels: Set(known).union(more).sorted())
                default:
                    throw .site(site, "has \(name) as another kind of variable than the other sites: check its mapping")
                }
            }
        }
        return merged
    }
}
