/// What a rule finds in a column of a row: nothing, one text, or several in resources.
enum MappedCell: Equatable {
    case none
    case one(String)
    case several([String])

    var first: String? {
        switch self {
        case .none: nil
        case .one(let text): text
        case .several(let texts): texts.first
        }
    }
}

/// Where a column lies.
enum ColumnPlace: Equatable {
    /// In the table itself.
    case own(Int)
    /// In a joined table: which, and which of its columns that are kept.
    case joined(Int, Int)
    /// In a resource.
    case path(FHIRPath)
    /// Nowhere: an optional table that is not there, or a column that it has not.
    case absent
}

/// A row of a table with its partners, or a resource.
struct MappedRow {
    var number: Int
    var fields: [String] = []
    var partners: [[String]?] = []
    var resource: FHIRResource?

    func cell(_ place: ColumnPlace) -> MappedCell {
        switch place {
        case .own(let index):
            return fields.indices.contains(index) ? .one(fields[index]) : .none
        case .joined(let join, let column):
            guard partners.indices.contains(join), let row = partners[join], row.indices.contains(column) else {
                return .none
            }
            return .one(row[column])
        case .path(let path):
            guard let resource else { return .none }
            let found = resource.texts(path)
            guard let first = found.first else { return .none }
            return found.count == 1 ? .one(first) : .several(found)
        case .absent: return .none
        }
    }
}
