import Cohort

/// One of several data sets of a site, as the page tells of it: a line, and more where one looks.
struct DataSetPartView {
    var title: String
    var provider: String?
    var description: String?
    var patients: String
    var images: String
    var modalities: String?
    var bodyParts: String?
    var ages: String?
    var tier: Int
    var missing: String?
    var variables: String?
    /// A question about it alone.
    var link: String

    init(_ part: DataSetPart) {
        title = part.title
        provider = part.provider.isEmpty ? nil : part.provider
        description = part.description.isEmpty ? nil : part.description
        patients = CountText.text(part.counts.patients)
        images = CountText.objects(part.counts.images)
        modalities = Self.values(part, "modality")
        bodyParts = Self.values(part, "bodyPart")
        ages = Self.ages(part)
        tier = part.tier.level
        missing = part.tier.missing.isEmpty ? nil : part.tier.missing.joined(separator: ", ")
        let full = part.variables.map { "\(CohortModel.find($0.attribute)?.label ?? $0.attribute) \($0.percent) %" }
        variables = full.isEmpty ? nil : full.joined(separator: ", ")
        let name = part.name.map { $0 == "'" || $0 == "\"" || $0 == "\\" ? " " : $0 }
        link = WebLink.question("series.dataset = '\(String(name))'")
    }

    /// The values that some patients have, the most frequent first.
    private static func values(_ part: DataSetPart, _ name: String) -> String? {
        let cells = part.facets.first { $0.name == name }?.cells ?? []
        let shown = cells.filter { $0.patients.range.low > 0 && $0.value != CohortFacet.notRecorded }
        guard !shown.isEmpty else { return nil }
        return shown.prefix(8).map(\.label).joined(separator: ", ") + (shown.count > 8 ? ", …" : "")
    }

    /// From the youngest to the oldest band with patients.
    private static func ages(_ part: DataSetPart) -> String? {
        let cells = part.facets.first { $0.name == "ageBand" }?.cells ?? []
        let shown = cells.filter { $0.patients.range.low > 0 && $0.value != CohortFacet.notRecorded }
        guard let first = shown.first, let last = shown.last else { return nil }
        return first == last ? first.label : "\(first.label) to \(last.label)"
    }
}
