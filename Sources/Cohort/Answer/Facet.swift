/// What may be shown of a breakdown: patients with each value.
///
/// A patient with series of several values is in several cells. Values that fewer patients of the whole site have than
/// its threshold are not listed: even their names would tell of them.
public struct Facet: Codable, Sendable, Equatable {
    /// The name of a ``CohortFacet``.
    public var name: String
    public var label: String
    public var cells: [FacetCell]

    public init(name: String, label: String, cells: [FacetCell]) {
        self.name = name
        self.label = label
        self.cells = cells
    }
}

/// Patients with one value.
public struct FacetCell: Codable, Sendable, Equatable {
    /// As it is stored and asked for: `MR`.
    public var value: String
    /// As people read it: "Magnetic resonance".
    public var label: String
    public var patients: ProtectedCount

    public init(value: String, label: String, patients: ProtectedCount) {
        self.value = value
        self.label = label
        self.patients = patients
    }
}

extension Facet {
    /// Reads a breakdown within ``AnswerLimits``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.text(.name), label: container.text(.label),
            cells: container.list(of: FacetCell.self, .cells, atMost: AnswerLimits.cells))
        try container.requireDistinct(cells.map(\.value), .cells)
    }
}

extension FacetCell {
    /// Reads a cell within ``AnswerLimits``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            value: container.text(.value), label: container.text(.label),
            patients: container.decode(ProtectedCount.self, forKey: .patients))
    }
}
