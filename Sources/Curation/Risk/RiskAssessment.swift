/// Works out how easily the records of a table are found again, and what could be done about it.
public struct RiskAssessment: Sendable {
    public var gate: ReleaseGate
    /// The part of the population that is in the data set; nil: not known, and no journalist's risk.
    public var samplingFraction: Double?
    /// The part of the records that a suggestion may leave out.
    public var mostSuppressed: Double
    /// Own hierarchies by the name of the fact; the usual ones for others.
    public var hierarchies: [String: Hierarchy]
    /// Suggestions that are looked for; 0: none.
    public var suggestions: Int
    /// Records at risk that are listed.
    public var mostListed: Int

    public init(
        gate: ReleaseGate = ReleaseGate(), samplingFraction: Double? = nil, mostSuppressed: Double = 0.05,
        hierarchies: [String: Hierarchy] = [:], suggestions: Int = 3, mostListed: Int = 10_000
    ) {
        self.gate = gate
        self.samplingFraction = samplingFraction
        self.mostSuppressed = min(max(mostSuppressed, 0), 1)
        self.hierarchies = hierarchies
        self.suggestions = suggestions
        self.mostListed = mostListed
    }

    public func report(_ table: RiskTable) -> RiskReport {
        let classes = EquivalenceClasses(table.codes, records: table.count)
        let diversity = table.sensitive.indices.map { index in
            Diversity(
                table.sensitive[index], codes: table.sensitiveCodes[index], values: table.sensitiveValues[index],
                classes: classes)
        }
        var report = RiskReport(
            quasiIdentifiers: table.quasiIdentifiers, records: table.count,
            risk: ReidentificationRisk(
                sizes: classes.sizes, threshold: 1 / Double(gate.k), samplingFraction: samplingFraction),
            gate: gate, decision: gate.decide(records: table.count, classes: classes, diversity: diversity))
        report.classes = classes.sizes.count
        report.smallest = classes.smallest
        report.sizes = Dictionary(grouping: classes.sizes) { $0 }
            .map { RiskReport.ClassSize(size: $0.key, classes: $0.value.count) }.sorted { $0.size < $1.size }
        report.diversity = diversity
        addRecordsAtRisk(table, classes, &report)
        addSuggestions(table, classes, &report)
        return report
    }

    /// The records at risk, and which fact gives most of them away: the one without which fewest would be at risk.
    private func addRecordsAtRisk(_ table: RiskTable, _ classes: EquivalenceClasses, _ report: inout RiskReport) {
        let atRisk = table.pseudonyms.indices.filter { classes.size(of: $0) < gate.k }
            .sorted { (classes.size(of: $0), $0) < (classes.size(of: $1), $1) }
        report.atRisk = atRisk.count
        let without = table.codes.indices.map { left in
            EquivalenceClasses(
                table.codes.indices.filter { $0 != left }.map { table.codes[$0] }, records: table.count)
        }
        report.contributions = table.quasiIdentifiers.indices.map { index in
            RiskReport.Contribution(
                name: table.quasiIdentifiers[index].name,
                values: table.values[index].count,
                atRiskWithout: without[index].records(below: gate.k))
        }
        report.listed = atRisk.prefix(mostListed).map { record in
            let best = without.indices.max { without[$0].size(of: record) < without[$1].size(of: record) }
            let gain = best.map { without[$0].size(of: record) > classes.size(of: record) } ?? false
            return RiskReport.RecordAtRisk(
                pseudonym: table.pseudonyms[record], classSize: classes.size(of: record),
                because: gain ? best.map { table.quasiIdentifiers[$0].name } : nil)
        }
    }

    private func addSuggestions(_ table: RiskTable, _ classes: EquivalenceClasses, _ report: inout RiskReport) {
        guard suggestions > 0, report.atRisk > 0 else { return }
        let columns = table.generalisedColumns(hierarchies)
        let found = GeneralisationSearch(
            table, columns: columns, k: gate.k, mostSuppressed: Int(mostSuppressed * Double(table.count))
        ).find(most: suggestions)
        report.suggestionsAreOptimal = found.isOptimal
        report.suggestions = found.ways.map { way in
            let told = columns.indices.map { index in
                RiskReport.Suggestion.Told(
                    name: table.quasiIdentifiers[index].name, level: way.levels[index],
                    how: columns[index].levels[way.levels[index]].name)
            }
            let left = table.generalised(columns, way.levels, k: gate.k)
            let after = EquivalenceClasses(left.codes, records: left.count)
            return RiskReport.Suggestion(
                told: told, suppressed: way.suppressed,
                suppressedShare: Double(way.suppressed) / Double(max(table.count, 1)), loss: way.loss,
                smallest: after.smallest,
                averageRisk: ReidentificationRisk(sizes: after.sizes, threshold: 1).prosecutor.average)
        }
    }
}

extension RiskTable {
    func generalisedColumns(_ hierarchies: [String: Hierarchy]) -> [GeneralisedColumn] {
        quasiIdentifiers.indices.map { index in
            let fact = quasiIdentifiers[index]
            return GeneralisedColumn(
                values: values[index],
                hierarchy: hierarchies[fact.name] ?? Hierarchy.usual(fact.kind, values: values[index]), kind: fact.kind)
        }
    }

    /// The table with facts told on these levels, without the records that are still in classes below k.
    func generalised(_ columns: [GeneralisedColumn], _ levels: [Int], k: Int) -> RiskTable {
        let coarse = columns.indices.map { index in codes[index].map { columns[index].groups[levels[index]][Int($0)] } }
        let classes = EquivalenceClasses(coarse, records: count)
        let kept = pseudonyms.indices.filter { classes.size(of: $0) >= k }
        return RiskTable(
            quasiIdentifiers: quasiIdentifiers, sensitive: sensitive,
            records: kept.map { record in
                let facts = columns.indices.map { columns[$0].names[levels[$0]][Int(coarse[$0][record])] }
                let rest = sensitive.indices.map { sensitiveValues[$0][Int(sensitiveCodes[$0][record])] }
                return (pseudonyms[record], facts + rest)
            })
    }

    /// The table as a suggestion of a report on it would have it, and the patients that it leaves out.
    ///
    /// - Parameter hierarchies: those that the report was made with.
    public func following(
        _ suggestion: RiskReport.Suggestion, k: Int, hierarchies: [String: Hierarchy] = [:]
    ) -> (table: RiskTable, leftOut: [String]) {
        let columns = generalisedColumns(hierarchies)
        let levels = columns.indices.map { index in
            let level = suggestion.told.indices.contains(index) ? suggestion.told[index].level : 0
            return min(max(level, 0), columns[index].levels.count - 1)
        }
        let table = generalised(columns, levels, k: k)
        let kept = Set(table.pseudonyms)
        return (table, pseudonyms.filter { !kept.contains($0) })
    }
}
