import Catalogue
import Curation
import DICOM

/// A table that describes a site's data sets: one row each.
struct DataSetTable {
    let dataSets: [DataSetDescription]
    let unusedColumns: [String]

    private enum Role { case name, title, summary, provider, keyword }

    private static let roles: [String: Role] = [
        "dataset": .name, "datasetid": .name, "collectionid": .name, "id": .name, "name": .title, "title": .title,
        "datasetname": .title, "collectionname": .title, "description": .summary, "summary": .summary,
        "provider": .provider, "publisher": .provider, "holder": .provider, "keywords": .keyword,
        "cancertypes": .keyword, "tumorlocations": .keyword, "tumourlocations": .keyword, "species": .keyword,
    ]

    /// What a site may say at most: it travels to the hub.
    private static let most = 10_000
    private static let textBytes = 4_000

    init(_ source: some ByteSource) throws(TableError) {
        var table = try TableReader(source)
        let roles = table.columns.map { name in Self.roles[name.lowercased().filter { $0 != "_" && $0 != " " }] }
        unusedColumns = zip(table.columns, roles).filter { $0.1 == nil }.map(\.0)
        guard let name = roles.firstIndex(of: .name) else {
            throw TableError(
                .header, row: 1, column: "dataset",
                "there is no such column; it holds the name by which the table of series refers to a data set")
        }
        var found: [DataSetDescription] = []
        var seen: Set<String> = []
        while let fields = try table.next() {
            guard fields.indices.contains(name), !fields[name].isEmpty else {
                throw TableError(
                    .content, row: table.row, column: table.columns[name], "it is empty; every data set has a name")
            }
            guard seen.insert(fields[name].uppercased()).inserted else {
                throw TableError(
                    .content, row: table.row, column: table.columns[name], "an earlier row has the same name")
            }
            guard found.count < Self.most, fields.allSatisfy({ $0.utf8.count <= Self.textBytes }) else {
                throw TableError(
                    .tooLarge, row: table.row,
                    "there are more than \(Self.most) data sets, or a text of more than \(Self.textBytes) bytes")
            }
            found.append(Self.description(fields, roles, name: fields[name]))
        }
        dataSets = found
    }

    private static func description(_ fields: [String], _ roles: [Role?], name: String) -> DataSetDescription {
        var description = DataSetDescription(name: name, title: name)
        for (field, role) in zip(fields, roles) where !field.isEmpty {
            switch role {
            case .title: description.title = field
            case .summary: description.summary = field
            case .provider: description.provider = field
            case .keyword: description.keywords.append(field)
            case .name, nil: break
            }
        }
        return description
    }
}
