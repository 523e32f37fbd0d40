import Cohort

/// The rows of a source's table with their partners, and where the mapping's columns lie in them.
struct TableRows {
    let file: String
    let columns: [String]
    private var reader: TableReader
    private let joins: [Join]

    private struct Join {
        let own: ColumnPlace
        let table: JoinTable?
        let name: String
        let isOptional: Bool
    }

    /// - Parameter inputs: all files; those of joins are read whole.
    init(_ source: FactSource, _ input: MappingInput, _ inputs: [MappingInput]) throws(MappingError) {
        file = input.name
        do {
            reader = try TableReader(input.source, separator: source.separator, encoding: source.encoding)
        } catch {
            throw MappingError(file: input.name, error)
        }
        columns = reader.columns
        let wanted = source.columnNames
        var joins: [Join] = []
        for join in source.joins {
            let place = Self.place(join.own, columns, joins)
            guard let place else { throw Self.noColumn(join.own, in: input.name, columns) }
            let found = inputs.first { input in join.files.contains { input.isNamed($0) } }
            guard let found else {
                guard join.isOptional else { throw Self.noFile(join.files) }
                joins.append(Join(own: place, table: nil, name: join.name, isOptional: true))
                continue
            }
            let prefix = join.name + "."
            let names = wanted.filter { $0.hasPrefix(prefix) }.map {
                String($0.dropFirst(prefix.count)).withoutQuestionMark
            }
            do {
                let table = try JoinTable(found, key: join.other, columns: names, source)
                joins.append(Join(own: place, table: table, name: join.name, isOptional: join.isOptional))
            } catch {
                throw MappingError(file: found.name, error)
            }
        }
        self.joins = joins
    }

    /// Where a column lies. Throws where there is none, unless its name ends in a question mark.
    func place(_ name: String, line: Int?) throws(MappingError) -> ColumnPlace {
        let plain = name.withoutQuestionMark
        if let place = Self.place(plain, columns, joins) { return place }
        if plain != name { return Self.place(name, columns, []) ?? .absent }
        throw Self.noColumn(name, in: file, columns, line: line)
    }

    private static func place(_ name: String, _ columns: [String], _ joins: [Join]) -> ColumnPlace? {
        if let own = columns.place(of: name) { return .own(own) }
        for (index, join) in joins.enumerated() where name.hasPrefix(join.name + ".") {
            guard let table = join.table else { return .absent }
            let rest = String(name.dropFirst(join.name.count + 1))
            return table.columns.place(of: rest).map { .joined(index, $0) } ?? (join.isOptional ? .absent : nil)
        }
        return nil
    }

    /// The next row; nil after the last.
    ///
    /// - Parameter lost: told the joins in which a row has no partner, with the column that names it.
    mutating func next(lost: (String) -> Void) throws(MappingError) -> MappedRow? {
        let fields: [String]?
        do {
            fields = try reader.next()
        } catch {
            throw MappingError(file: file, error)
        }
        guard let fields else { return nil }
        var row = MappedRow(number: reader.row, fields: fields)
        for join in joins {
            guard let key = row.cell(join.own).first?.cellTrimmed, !key.isEmpty, key != "0", let table = join.table
            else {
                row.partners.append(nil)
                continue
            }
            let partner = table.row(key)
            if partner == nil, !join.isOptional { lost(join.name) }
            row.partners.append(partner)
        }
        return row
    }

    var form: TableForm { reader.form }

    static func noFile(_ names: [String]) -> MappingError {
        MappingError(
            TableError(
                .file,
                "there is no file called \(names.joined(separator: " or ")); give its folder, or correct `file` in the mapping"
            ))
    }

    private static func noColumn(
        _ name: String, in file: String, _ columns: [String], line: Int? = nil
    ) -> MappingError {
        let near = TableHeader.looksLikeData(columns) ? [] : Nearness.nearest(to: name, among: columns).prefix(3)
        let hint =
            near.isEmpty
            ? "its first row must name the columns, and the separator must be right"
            : "did you mean \(near.map { "“\($0)”" }.joined(separator: " or "))?"
        return MappingError(
            file: file,
            TableError(
                .specification, row: 1, column: name,
                "the mapping\(line.map { ", line \($0)," } ?? "") reads this column and the table has none; \(hint)"))
    }
}

extension String {
    /// `birth_datetime?` is a column that a table may lack.
    var withoutQuestionMark: String { hasSuffix("?") ? String(dropLast()) : self }
}

extension FactSource {
    /// All columns that its rules name.
    var columnNames: [String] {
        var all = [patient] + joins.map(\.own)
        for rule in records {
            all += rule.conditions.map(\.column) + rule.values.flatMap(\.columns)
            switch rule.identity {
            case .key(let names), .row(let names): all += names
            case .content, .patient: break
            }
        }
        return all
    }
}
