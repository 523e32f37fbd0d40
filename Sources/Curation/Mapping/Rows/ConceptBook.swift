/// What numbers of an OMOP vocabulary stand for, from an exported table CONCEPT (concept_id, vocabulary_id, concept_code):
/// those alone that the mapped tables hold.
struct ConceptBook {
    private var codes: [String: String] = [:]

    static let fileNames = ["concept.csv", "concept.tsv"]
    /// Different concepts that a site's tables may hold.
    private static let most = 500_000

    init() {}

    /// - Parameter wanted: the concepts that the tables hold.
    init(_ input: MappingInput, wanted: Set<String>) throws(MappingError) {
        do throws(TableError) {
            var reader = try TableReader(input.source)
            guard let id = reader.columns.place(of: "concept_id"), let code = reader.columns.place(of: "concept_code"),
                let vocabulary = reader.columns.place(of: "vocabulary_id")
            else {
                throw TableError(
                    .header, row: 1,
                    "a table of concepts has the columns concept_id, vocabulary_id and concept_code")
            }
            while let fields = try reader.next() {
                let key = JoinTable.normalised(fields[id])
                guard wanted.contains(key) else { continue }
                codes[key] = "\(fields[vocabulary].cellTrimmed)|\(fields[code].cellTrimmed)"
            }
        } catch {
            throw MappingError(file: input.name, error)
        }
    }

    /// As "SNOMED|254837009".
    func code(_ id: String) -> String? { codes[id] }

    /// The concepts in the given columns of a table.
    static func ids(in input: MappingInput, columns: Set<String>, _ source: FactSource) throws(MappingError) -> Set<
        String
    > {
        do throws(TableError) {
            var reader = try TableReader(input.source, separator: source.separator, encoding: source.encoding)
            let places = columns.compactMap { reader.columns.place(of: $0) }
            var ids: Set<String> = []
            while !places.isEmpty, let fields = try reader.next() {
                for place in places where fields.indices.contains(place) {
                    let id = JoinTable.normalised(fields[place])
                    if NumberCell.digits(id) > 0, ids.count < most { ids.insert(id) }
                }
            }
            return ids
        } catch {
            throw MappingError(file: input.name, error)
        }
    }
}
