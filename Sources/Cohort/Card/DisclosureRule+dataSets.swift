extension DisclosureRule {
    /// What may be shown of a site's data sets, beside the site's own card.
    ///
    /// Each is protected like the answer to the question for it. Together they are a table: a patient is in one data set,
    /// so that the numbers of the data sets add up to the site's, and a hidden one must not come out of the others.
    ///
    /// - Parameters:
    ///   - everything: what the site holds.
    ///   - site: the site's own breakdowns, as its card shows them.
    public func parts(of dataSets: [RawDataSet], everything: Counts, site: [Facet]) -> [DataSetPart] {
        let isAll = dataSets.count == 1 && dataSets.first?.counts == everything
        let patients = CellProtection(
            threshold: threshold, total: everything.patients, site: everything.patients, isCard: true, form: .cover,
            cells: dataSets.map {
                .init(
                    patients: $0.counts.patients, everywhere: $0.counts.patients, upper: everything.patients,
                    isOnCard: false)
            }
        ).shown
        var parts = zip(dataSets, patients).map { dataSet, shown in
            part(dataSet, patients: shown, everything, isAll: isAll)
        }
        if !isAll, threshold > 1 {
            for facet in site { hide(facet, of: dataSets, in: &parts) }
        }
        return parts
    }

    private func part(
        _ dataSet: RawDataSet, patients: ProtectedCount, _ everything: Counts, isAll: Bool
    ) -> DataSetPart {
        var counts = protect(dataSet.counts, of: everything, isEverything: isAll)
        if counts.patients.exactly != nil, patients.exactly == nil, threshold > 1, !isAll {
            counts = hidden(counts, behind: patients, everything)
        }
        let facets = dataSet.facets.compactMap { raw -> Facet? in
            guard let facet = CohortFacet.find(raw.name) else { return nil }
            return FacetProtection(
                rule: self, facet: facet, raw: raw, all: everything.patients, patients: counts.patients,
                isEverything: isAll, implied: nil
            ).result
        }
        return DataSetPart(
            name: dataSet.name.cut(toBytes: AnswerLimits.nameBytes),
            title: dataSet.title.cut(toBytes: AnswerLimits.nameBytes),
            description: dataSet.description.cut(toBytes: AnswerLimits.textBytes),
            provider: dataSet.provider.cut(toBytes: AnswerLimits.nameBytes),
            keywords: dataSet.keywords.prefix(20).map { $0.cut(toBytes: AnswerLimits.nameBytes) }, counts: counts,
            facets: facets, variables: completeness(of: dataSet), tier: tier(of: dataSet))
    }

    /// The same counts where the number of patients follows from others: none of them is shown.
    private func hidden(
        _ counts: ProtectedCounts, behind patients: ProtectedCount, _ everything: Counts
    ) -> ProtectedCounts {
        let bound = ProtectedCount.fewerThan(everything.patients + 1)
        let other = protect(Counts(), of: everything)
        return ProtectedCounts(
            patients: patients.exactly == nil ? patients : bound, studies: other.studies, series: other.series,
            images: other.images)
    }

    // MARK: Across data sets

    /// Hides further cells of one value, until none that is hidden comes out of the site's number and the other data
    /// sets' numbers. Hiding more never gives away what was hidden before.
    private func hide(_ site: Facet, of dataSets: [RawDataSet], in parts: inout [DataSetPart]) {
        for cell in site.cells {
            var places: [(part: Int, facet: Int, cell: Int, patients: Int)] = []
            for part in parts.indices {
                guard let facet = parts[part].facets.firstIndex(where: { $0.name == site.name }),
                    let place = parts[part].facets[facet].cells.firstIndex(where: { $0.value == cell.value })
                else { continue }
                let raw = dataSets[part].facets.first { $0.name == site.name }?.cells
                    .first { $0.value == cell.value }?.patients
                places.append((part, facet, place, raw ?? 0))
            }
            func isHidden(_ at: (part: Int, facet: Int, cell: Int, patients: Int)) -> Bool {
                parts[at.part].facets[at.facet].cells[at.cell].patients.exactly == nil
            }
            let isSiteShown = cell.patients.exactly != nil
            while true {
                let hidden = places.filter(isHidden)
                let isRevealed =
                    isSiteShown
                    ? !hidden.isEmpty && (hidden.count < 2 || hidden.reduce(0) { $0 + $1.patients } < threshold)
                    : hidden.isEmpty
                guard isRevealed,
                    let next = places.filter({ !isHidden($0) }).min(by: {
                        ($0.patients, $0.part) < ($1.patients, $1.part)
                    })
                else { break }
                parts[next.part].facets[next.facet].cells[next.cell].patients =
                    .fewerThan((parts[next.part].counts.patients.exactly ?? next.patients) + 1)
            }
        }
    }

    // MARK: Completeness

    /// A step stands for at least as many patients as the threshold, and so does what is nearly all or nearly nothing.
    private func completeness(of dataSet: RawDataSet) -> [VariableCompleteness] {
        let all = dataSet.counts.patients
        let step = all >= 10 * threshold ? 10 : 50
        guard all >= 2 * threshold else { return [] }
        return dataSet.recorded.sorted { $0.key < $1.key }.compactMap { name, number in
            let known = number < threshold ? 0 : all - number < threshold ? all : number
            let percent = Int((Double(known) / Double(all) * 100 / Double(step)).rounded()) * step
            return percent > 0 ? VariableCompleteness(attribute: name, percent: min(percent, 100)) : nil
        }
    }

    /// A data set of an index answers questions; it runs analyses where its images and minimum attributes are there.
    private func tier(of dataSet: RawDataSet) -> DataSetTier {
        func isMissing(_ name: String) -> Bool { (dataSet.recorded[name] ?? 0) < max(threshold, 1) }
        var missing = MinimumAttributes.all.filter { isMissing($0.attribute) }.map(\.label)
        if !dataSet.hasImages { missing.append("the images at the site: it holds a table of them") }
        // Which of a few patients' attributes are there would tell of them.
        if dataSet.counts.patients < threshold { missing = ["enough patients to be told about"] }
        return DataSetTier(level: missing.isEmpty ? 3 : 2, missing: missing)
    }
}

/// What EUCAIM asks of a data set at least, beside the patient's number.
enum MinimumAttributes {
    static let all: [(attribute: String, label: String)] = [
        ("series.modality", "modality"), ("series.bodyPart", "body part"), ("series.manufacturer", "manufacturer"),
        ("study.date", "date of the images"), ("patient.ageAtStudy", "age at the study"), ("patient.sex", "sex"),
        ("condition.topography", "topography"), ("condition.morphology", "morphology"),
        ("condition.ageAtDiagnosis", "age at diagnosis"), ("condition.dateOfDiagnosis", "date of diagnosis"),
        ("condition.pathologyConfirmation", "pathology confirmation"), ("treatment.type", "treatment"),
        ("treatment.startDate", "date of the first treatment"),
    ]
}
