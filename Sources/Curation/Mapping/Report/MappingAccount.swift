import Cohort

/// What is counted while a mapping runs.
struct MappingAccount {
    private var files: [MappingReport.File] = []
    private var joined: Set<String> = []
    private var attributes: [String: MappingReport.Attribute] = [:]
    private var patients: [String: UInt64] = [:]
    private let minimum = MinimumFacts.attributes

    /// Patients that are told apart.
    private static let most = 5_000_000

    mutating func begin(_ file: String, joined names: [String]) {
        files.append(MappingReport.File(name: file))
        joined.formUnion(names.map { $0.lowercased() })
    }

    mutating func row() {
        guard !files.isEmpty else { return }
        files[files.count - 1].rows += 1
    }

    mutating func patient(_ pseudonym: String) {
        if patients[pseudonym] == nil, patients.count < Self.most { patients[pseudonym] = 0 }
    }

    /// Notes which minimum attributes a record gives.
    mutating func filled(_ pseudonym: String, _ record: ClinicalRecord) {
        var bits: UInt64 = 0
        for (index, name) in minimum.prefix(64).enumerated() where MinimumFacts.has(record, name) { bits |= 1 << index }
        if bits != 0 { patients[pseudonym]? |= bits }
    }

    mutating func end(_ rules: [CompiledRule]) {
        for rule in rules {
            if !files.isEmpty { files[files.count - 1].records += rule.records }
            for value in rule.values where !value.source.isConstant {
                let name = value.source.attribute.name
                var line = attributes[name] ?? MappingReport.Attribute(name: name)
                line.taken += value.taken
                line.empty += value.empty
                line.leftOut += value.leftOut
                attributes[name] = line
            }
        }
    }

    func isRead(_ file: String) -> Bool {
        files.contains { $0.name == file }
            || joined.contains { MappingInput(name: file, source: NoBytes()).isNamed($0) }
    }

    func report(
        _ mapping: FactMapping, _ collector: RecordCollector, _ book: ProblemBook, images: TableReport.ImageLink?
    ) -> MappingReport {
        var report = MappingReport()
        var book = book
        report.mapping = mapping.name
        report.files = files
        report.records = CohortEntity.allCases.compactMap { entity in
            collector.byEntity[entity].map { MappingReport.EntityCount(entity: entity, records: $0) }
        }
        report.patients = patients.count
        report.attributes = mapping.attributes.compactMap { attributes[$0.name] }
        report.images = images
        for (index, name) in minimum.enumerated() {
            let count = patients.values.count { $0 & (1 << UInt64(index)) != 0 }
            report.minimum.append(MappingReport.Minimum(name: name, patients: count))
            if count < patients.count {
                book.add(
                    .missingMinimum, attribute: name,
                    count == 0
                        ? "no patient has this minimum attribute; map it if the tables know it"
                        : "\(patients.count - count) of \(patients.count) patients lack this minimum attribute")
            }
        }
        if let images, images.withoutImages > 0 {
            let remedy = images.remedies.max { ($0.value, $1.key) < ($1.value, $0.key) }
            book.add(
                .patientWithoutImages,
                "\(images.withoutImages) patients of the tables have no images here"
                    + (remedy.map { "; `\($0.key)` under `patient` in the mapping would find those of \($0.value)" }
                        ?? ""))
        }
        report.problems = book.sorted
        report.further = Dictionary(uniqueKeysWithValues: book.further.map { ($0.key.rawValue, $0.value) })
        return report
    }
}
