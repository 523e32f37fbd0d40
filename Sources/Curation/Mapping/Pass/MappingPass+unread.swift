import Cohort

/// What no rule reads, and rules that make nothing: listed, so that nothing is lost in silence.
extension MappingPass {
    mutating func noteUnread(
        _ rows: TableRows, _ rules: [CompiledRule], _ source: FactSource, _ patient: ColumnPlace
    ) {
        guard !TableHeader.looksLikeData(rows.columns) else { return }
        var read = Set(rules.flatMap(\.ownColumns))
        if case .own(let index) = patient { read.insert(index) }
        let joined = Set(source.joins.compactMap { rows.columns.place(of: $0.own) })
        for (index, name) in rows.columns.enumerated()
        where !read.contains(index) && !joined.contains(index) && !source.ignored.contains(name) {
            book.add(
                .unmapped, file: rows.file, column: name,
                "no rule reads this column; map it, or list it under `ignore`")
        }
    }

    mutating func noteUnreadFiles() {
        for input in inputs
        where !account.isRead(input.name) && !ConceptBook.fileNames.contains(input.name.lowercased()) {
            book.add(.unmapped, file: input.name, "no source of the mapping reads this file")
        }
    }

    /// Rules that made nothing: those that a row could have fed, and those whose conditions chose none, of which a ready
    /// mapping has many.
    mutating func noteEmpty(_ rules: [CompiledRule], file: String) {
        let empty = rules.filter { $0.records == 0 }
        let unchosen = empty.filter { $0.rows == 0 || !$0.rule.needs.isEmpty }
        note(
            empty.filter { rule in !unchosen.contains { $0.rule == rule.rule } }, file,
            "made no record: none of their columns has a value that is understood")
        note(unchosen, file, "made no record: `when` or `needs` holds for no row")
    }

    private mutating func note(_ rules: [CompiledRule], _ file: String, _ message: String) {
        guard !rules.isEmpty else { return }
        let lines = Set(rules.compactMap(\.rule.line)).sorted()
        let listed = lines.prefix(20).map(String.init).joined(separator: ", ")
        book.add(
            .mapsNothing, file: file,
            "\(rules.count) of the mapping's rules (line\(lines.count == 1 ? "" : "s") \(listed)\(lines.count > 20 ? ", …" : "")) \(message)"
        )
    }

    /// The concepts of the table that the exported vocabulary explains.
    func concepts(_ source: FactSource, _ input: MappingInput) throws(MappingError) -> ConceptBook {
        let named = source.records.flatMap(\.values).filter(\.isConcept).flatMap(\.columns).map(\.withoutQuestionMark)
        guard !named.isEmpty,
            let table = inputs.first(where: { ConceptBook.fileNames.contains($0.name.lowercased()) })
        else { return ConceptBook() }
        var wanted = try ConceptBook.ids(in: input, columns: Set(named), source)
        for join in source.joins {
            let names = named.filter { $0.hasPrefix(join.name + ".") }.map { String($0.dropFirst(join.name.count + 1)) }
            guard !names.isEmpty,
                let joined = inputs.first(where: { input in join.files.contains { input.isNamed($0) } })
            else { continue }
            wanted.formUnion(try ConceptBook.ids(in: joined, columns: Set(names), source))
        }
        return try ConceptBook(table, wanted: wanted)
    }
}
