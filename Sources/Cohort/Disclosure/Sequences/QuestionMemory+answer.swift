extension QuestionMemory {
    /// An answer under the site's rule, in the light of what its asker was told before; what it tells is remembered.
    ///
    /// A number that would tell, with earlier ones, of fewer patients than the threshold is not shown: in its place stands
    /// what already follows from the earlier ones, `about` so many. The report says so.
    ///
    /// - Parameters:
    ///   - withheldFacets: breakdowns that were asked for and that the site does not give.
    ///   - noise: where noise comes from, if the rule wants any.
    /// - Returns: the answer, and the numbers in it that are remembered.
    public mutating func answer(
        _ query: CohortQuery, _ cohort: CountedCohort, withheldFacets: [String] = [], rule: DisclosureRule,
        noise: NoiseSource?
    ) -> (answer: SiteAnswer, told: [Entry]) {
        let raw = cohort.answer
        var answer = SiteAnswer.counted(query, raw, withheldFacets: withheldFacets, rule: rule)
        guard rule.threshold > 1 || rule.isVeiling, var counts = answer.counts else { return (answer, []) }
        let veil = Veil(rule: rule, noise: noise)
        let hidden = rule.protect(Counts(), of: raw.everything)
        let question = query.condition.canonical
        let isEverything = query.condition == .everything
        var told: [Entry] = []
        var isNear = false
        if case .exact(let number) = counts.patients {
            let patients = cohort.members.patients
            let finding = isEverything ? nil : finding(question, patients, everyone: cohort.everyone, isWhole: true)
            counts.patients = veil.shown(number, patients, question, finding)
            // A number that was told before, but not exactly, must not come out of its studies.
            if finding != nil, case .about = counts.patients { isNear = !rule.isVeiling || finding?.isNew == true }
            let isHidden =
                rule.noise != nil || isNear || (!isEverything && hasOther(like: patients, question, cohort.everyone))
            for path in [\ProtectedCounts.studies, \.series, \.images] {
                counts[keyPath: path] =
                    isHidden ? hidden[keyPath: path] : veil.objects(counts[keyPath: path])
            }
            if isNear { answer.conditions.append(.tooNear(threshold: rule.threshold)) }
            if !isEverything, finding?.isNew != true {
                told.append(
                    Entry(question: question, patients: patients, shown: counts.patients, isWhole: true))
            }
        }
        if rule.isVeiling, case .moreThan = counts.patients {
            // The bound would tell the site's exact number.
            counts.patients = veil.nearlyAll(of: cohort.everyone)
            (counts.studies, counts.series, counts.images) = (hidden.studies, hidden.series, hidden.images)
        }
        for place in answer.facets.indices {
            guard let facet = CohortFacet.find(answer.facets[place].name) else { continue }
            let sets = cohort.cells[facet.name] ?? [:]
            told += protect(
                &answer.facets[place], facet, sets, query.condition, isNear: isNear, cohort.everyone, veil,
                widest: hidden.studies)
        }
        answer.counts = counts
        for entry in told { keep(entry) }
        return (answer, told)
    }

    /// Puts into the exact cells of a breakdown what may stand there, and returns what they tell.
    private func protect(
        _ shown: inout Facet, _ facet: CohortFacet, _ sets: [String: PatientSet], _ condition: Condition,
        isNear: Bool, _ everyone: PatientSet, _ veil: Veil,
        widest: ProtectedCount
    ) -> [Entry] {
        let isEverything = condition == .everything
        let isPartition = facet.attribute.entity == .patient
        var told: [Entry] = []
        var isCoarse = isNear
        var open: [(place: Int, number: Int, question: String, patients: PatientSet)] = []
        for place in shown.cells.indices {
            guard case .exact(let number) = shown.cells[place].patients else { continue }
            let question = facet.question(for: shown.cells[place].value, of: condition).canonical
            // A cell whose patients are not known cannot be compared with anything.
            guard let patients = sets[shown.cells[place].value] else {
                shown.cells[place].patients = veil.coarse(number)
                isCoarse = true
                continue
            }
            let finding = isEverything ? nil : finding(question, patients, everyone: everyone, isWhole: false)
            if let finding {
                shown.cells[place].patients = veil.shown(number, patients, question, finding)
                if case .follows = finding { isCoarse = true }
            } else {
                open.append((place, number, question, patients))
            }
        }
        let cells = isPartition ? 1 : shown.cells.count
        for cell in open {
            // With a number that is not exact beside them, exact ones would tell it: they add up.
            let number =
                isCoarse
                ? veil.coarse(cell.number) : veil.shown(cell.number, cell.patients, cell.question, nil, cells: cells)
            shown.cells[cell.place].patients = number
            told.append(Entry(question: cell.question, patients: cell.patients, shown: number, isWhole: false))
        }
        if isCoarse || veil.rule.isVeiling { veil.widen(&shown, to: widest) }
        if facet.values == nil { shown.sortBySize() }
        return told
    }

    /// Whether the studies, series and images of a cohort of nearly the same patients were told.
    private func hasOther(like patients: PatientSet, _ question: String, _ everyone: PatientSet) -> Bool {
        let mine = patients.words(max(patients.wordCount, everyone.wordCount))
        return places(with: patients.count - threshold + 1...patients.count + threshold - 1).contains { place in
            let entry = entries[place]
            return entry.isWhole && entry.question != question
                && entry.patients.count + patients.count - 2 * entry.patients.common(with: mine) < threshold
        }
    }
}

/// What is put over a number: noise, rounding, or what follows from earlier numbers.
struct Veil {
    let rule: DisclosureRule
    let noise: NoiseSource?

    func shown(
        _ number: Int, _ patients: PatientSet, _ question: String, _ finding: QuestionMemory.Finding?, cells: Int = 1
    ) -> ProtectedCount {
        switch finding {
        case .same(let told): return told
        case .follows(let number, let within): return .about(number, within: within)
        case nil: break
        }
        var (shown, within) = (number, 0)
        if let noiseRule = rule.noise, let noise {
            let distribution = noiseRule.distribution(cells: cells)
            // The patients are part of the label: other patients get other noise, as if the question were a new one.
            shown += noise.sample(distribution, for: "\(question)|\(patients.count)|\(patients.digest)")
            within = distribution.reach
            // That the group is not small is known: its number is shown.
            shown = max(rule.threshold, shown)
        }
        return rounded(shown, within)
    }

    private func rounded(_ number: Int, _ within: Int) -> ProtectedCount {
        let step = rule.rounding
        if step <= 1 { return within == 0 ? .exact(number) : .about(number, within: within) }
        return .about((number + step / 2) / step * step, within: within + step / 2)
    }

    /// A number of studies, series or images.
    func objects(_ count: ProtectedCount) -> ProtectedCount {
        guard case .exact(let number) = count else { return count }
        return rounded(number, 0)
    }

    /// A number that is nearly all of the site, beside a number of the site that is not shown exactly.
    func nearlyAll(of everyone: PatientSet) -> ProtectedCount {
        let site = QuestionMemory.Entry(
            question: "", patients: everyone, shown: shown(everyone.count, everyone, "everything", nil), isWhole: true)
        return .about(site.middle, within: site.slack + rule.threshold + 2)
    }

    /// Takes from the bounds of hidden cells what they tell of exact numbers: their sum is one, and each bound is made of
    /// it. Left is whether a cell is small; a small one has at most the threshold and one more (see ``Smallness``).
    func widen(_ facet: inout Facet, to widest: ProtectedCount) {
        for place in facet.cells.indices {
            switch facet.cells[place].patients {
            case .exact, .about: break
            case .fewerThan(let bound) where bound <= rule.threshold + 2:
                facet.cells[place].patients = .fewerThan(max(rule.threshold + 2, 2 * rule.threshold - 1))
            case .fewerThan, .moreThan: facet.cells[place].patients = widest
            }
        }
    }

    /// The nearest of the numbers that are so far apart that a small group makes no difference that could be seen.
    func coarse(_ number: Int) -> ProtectedCount {
        let step = 2 * rule.threshold - 1
        return .about((number + rule.threshold - 1) / step * step, within: rule.threshold - 1)
    }
}

extension ConditionReport {
    /// Why a number is not exact although every condition was applied.
    static func tooNear(threshold: Int) -> ConditionReport {
        ConditionReport(
            text: "the number of patients", status: .approximated,
            reason: """
                withheld: too close to an earlier question, so that the exact number could tell of a group of fewer than \
                \(threshold) patients
                """)
    }
}

extension Facet {
    /// Those with the most patients first, by what is shown; what is not recorded last.
    mutating func sortBySize() {
        cells.sort { one, other in
            if (one.value == CohortFacet.notRecorded) != (other.value == CohortFacet.notRecorded) {
                return other.value == CohortFacet.notRecorded
            }
            return (-one.patients.range.low, one.value) < (-other.patients.range.low, other.value)
        }
    }
}
