import DICOM

/// What an object must have of the attributes with a conditional action, by its SOP class (PS3.3).
///
/// Knows the attributes of the data set itself. Inside sequences, and for SOP classes that are not in the table, nothing is
/// known: there the strictest form is kept, which is valid whatever the type is.
struct AttributeTypes: Sendable {
    static let standard = AttributeTypes(text: AttributeTypeRows.text)

    enum Need: UInt8, Sendable {
        /// Type 3, or not of this object at all: may go.
        case nothing = 0x58  // X
        /// Type 2: must be there, may be empty.
        case attribute = 0x5A  // Z
        /// Type 1: must have a value. Conditions are not looked at: 1C counts as 1, 2C as 2.
        case value = 0x44  // D
    }

    private let columns: [Tag: Int]
    private let needs: [String: [Need?]]

    init(text: String) {
        var columns: [Tag: Int] = [:]
        var needs: [String: [Need?]] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.first == "attributes" {
                for (column, field) in fields.dropFirst().enumerated() {
                    if let tag = Tag(hex: field) { columns[tag] = column }
                }
            } else if fields.count == 2 {
                needs[StandardUID.root + fields[1]] = fields[0].utf8.map(Need.init(rawValue:))
            }
        }
        self.columns = columns
        self.needs = needs
    }

    /// The row of a SOP class; nil where it is not known.
    func needs(of sopClass: String?) -> Needs? {
        guard let sopClass, let row = needs[sopClass] else { return nil }
        return Needs(columns: columns, row: row)
    }

    struct Needs: Sendable {
        fileprivate let columns: [Tag: Int]
        fileprivate let row: [Need?]

        subscript(tag: Tag) -> Need? {
            guard let column = columns[tag], row.indices.contains(column) else { return nil }
            return row[column]
        }
    }
}
