public import Cohort

/// Makes records of the common data model from a site's tables, as a mapping says: the pseudonyms and date shifts of the
/// images, memory that does not grow with the rows of tables whose rows are records of their own.
///
/// Deterministic: the same tables, mapping and key give the same records with the same keys, in whatever order the rows
/// stand, so that a second load changes what has changed and nothing else.
public struct FactMapper: Sendable {
    let mapping: FactMapping
    let pseudonyms: Pseudonymizer
    let cleaner: TextCleaner
    let imaged: Set<String>?
    let today: Int

    /// - Parameters:
    ///   - imaged: the pseudonyms of patients whose images are known, to report who has none; nil: not known.
    ///   - today: the day after which nothing can have happened; nil where that is not known.
    public init(
        _ mapping: FactMapping, pseudonyms: Pseudonymizer, imaged: Set<String>? = nil, today: CivilDate?,
        cleaner: TextCleaner = TextCleaner()
    ) {
        self.mapping = mapping
        self.pseudonyms = pseudonyms
        self.cleaner = cleaner
        self.imaged = imaged
        self.today = today?.daysSince1970 ?? Int.max
    }

    /// Reads all tables of the mapping.
    ///
    /// - Parameters:
    ///   - inputs: the files; those that the mapping does not name are listed as unread.
    ///   - sink: takes the records, some at a time. What it was given counts only when this returns.
    /// - Throws: ``MappingError`` for a table that is damaged, or that does not fit the mapping.
    public func run(
        _ inputs: [MappingInput], to sink: @escaping ([ClinicalRecord]) throws -> Void
    ) throws(MappingError) -> MappingReport {
        var pass = MappingPass(self, inputs, sink)
        for source in mapping.sources {
            let files = inputs.filter { input in source.files.contains { input.isNamed($0) } }
            // The only file there is may be called anything.
            let isOnly = inputs.count == 1 && mapping.sources.count == 1 && source.joins.isEmpty
            let chosen = files.isEmpty && isOnly ? inputs : files
            guard !chosen.isEmpty || source.isOptional else { throw TableRows.noFile(source.files) }
            switch source.kind {
            case .table: for input in chosen { try pass.table(source, input) }
            case .fhir: try pass.resources(source, chosen)
            }
        }
        return try pass.finished()
    }

    /// Looks at the tables, and keeps nothing.
    public func check(_ inputs: [MappingInput]) throws(MappingError) -> MappingReport {
        try run(inputs) { _ in }
    }
}
