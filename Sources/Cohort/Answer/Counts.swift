/// True numbers. They stay inside the node: what leaves it are ``ProtectedCounts``.
public struct Counts: Codable, Sendable, Equatable {
    public var patients: Int
    public var studies: Int
    public var series: Int
    public var images: Int
    /// Of ``patients``, those of whom there are clinical facts and no images.
    public var withoutImages: Int

    public init(patients: Int = 0, studies: Int = 0, series: Int = 0, images: Int = 0, withoutImages: Int = 0) {
        self.patients = patients
        self.studies = studies
        self.series = series
        self.images = images
        self.withoutImages = withoutImages
    }
}

/// What an index found, before the disclosure rule. It stays inside the node.
public struct RawAnswer: Sendable, Equatable {
    /// Of the series that the condition selects.
    public var counts: Counts
    /// Of everything that the site holds.
    public var everything: Counts
    public var facets: [RawFacet]
    /// Patients none of whose series record an attribute of the question, by the attribute's name.
    public var notRecorded: [String: Int]

    public init(counts: Counts, everything: Counts, facets: [RawFacet] = [], notRecorded: [String: Int] = [:]) {
        self.counts = counts
        self.everything = everything
        self.facets = facets
        self.notRecorded = notRecorded
    }
}

/// A breakdown before the disclosure rule.
public struct RawFacet: Sendable, Equatable {
    /// Patients with one value.
    public struct Cell: Sendable, Equatable {
        public var value: String
        /// Patients with a selected series that has the value.
        public var patients: Int
        /// Patients of the whole site with a series that has the value.
        public var everywhere: Int

        public init(value: String, patients: Int, everywhere: Int) {
            self.value = value
            self.patients = patients
            self.everywhere = everywhere
        }
    }

    public var name: String
    /// The values that the site holds. ``CohortFacet/notRecorded`` is the value of what is not recorded.
    public var cells: [Cell]

    public init(name: String, cells: [Cell]) {
        self.name = name
        self.cells = cells
    }
}
