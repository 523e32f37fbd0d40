import Catalogue
import Cohort
import Governance
import Rounds

/// This site in a run: it decides whether it takes part, and makes the cohort's table.
struct AnalysisSite: RunSite {
    let index: Index
    let configuration: NodeConfiguration
    /// The site's name in the federation: the one level of the variable `site`.
    let name: String
    let permits: RunPermits

    /// A table that takes longer at this site is given up.
    private static let longest = Duration.seconds(60)

    /// By a permit of this site, where the run names a request; otherwise by what the settings let everybody do.
    func admit(
        _ plan: RunPlan, _ computation: AnyComputation, run: String, message: String
    ) async throws -> DisclosureRules {
        let policy = configuration.analyses
        guard plan.isMasked || policy.allowsUnmasked else {
            throw RoundsError.plan("this site answers under secure aggregation only")
        }
        if let request = plan.request {
            let thresholds = try await permits.allow(plan, computation, request: request, run: run, message: message)
            return policy.rules.strictest(
                DisclosureRules(
                    minimumCell: thresholds.smallestCell, minimumRows: thresholds.smallestCohort, minimumSites: 2,
                    parametersPerRow: policy.rules.parametersPerRow))
        }
        guard policy.allowed.contains(plan.computation) else {
            throw RoundsError.plan("this site does not let \(plan.computation) be computed without a permit")
        }
        return policy.rules
    }

    func table(_ plan: RunPlan, variables: [String]) async throws -> (table: CohortTable, token: Int64) {
        let cohort = try cohort(plan)
        var asked: [TableVariable] = []
        for name in variables where !RunPlan.isSite(name, in: plan) {
            asked.append(try variable(name, written: plan.definitions[name] ?? name))
        }
        let columns = asked
        let deadline = ContinuousClock.now.advanced(by: Self.longest)
        do {
            let made = try await index.counting { index throws(IndexError) in
                try index.table(cohort, variables: columns, until: deadline)
            }
            var table = try Self.table(made)
            for variable in variables where RunPlan.isSite(variable, in: plan) {
                try table.add(.categories(Array(repeating: 0, count: table.rows), levels: [name]), as: variable)
            }
            return (table, made.token)
        } catch let error as IndexError {
            throw RoundsError.plan(
                error == .tookTooLong || error == .tableTooLarge ? "\(error)" : "this site's index could not be read")
        }
    }

    private func cohort(_ plan: RunPlan) throws(RoundsError) -> Condition {
        let query: CohortQuery
        do {
            query = try CohortQuery(json: Array(plan.cohort.utf8))
        } catch {
            throw .plan("its cohort cannot be read: \(error)")
        }
        for comparison in query.condition.comparisons { try check(comparison.attribute, in: "the cohort") }
        return plan.dataSets.isEmpty ? query.condition : .all([query.condition, try Self.isIn(plan.dataSets)])
    }

    /// The series of some data sets.
    private static func isIn(_ names: [String]) throws(RoundsError) -> Condition {
        guard let attribute = CohortModel.find("series.dataset") else { throw .plan("there are no data sets by name") }
        return .test(Comparison(attribute, .oneOf(names.map { .text($0) })))
    }

    private func variable(_ name: String, written: String) throws(RoundsError) -> TableVariable {
        let variable: TableVariable
        do {
            variable = try TableVariable(name: name, written: written)
        } catch {
            throw .variable(name, "cannot be read: \(error)")
        }
        for attribute in variable.attributes { try check(attribute, in: name) }
        if case .attribute(let attribute) = variable.meaning {
            if attribute.kind == .date {
                throw .variable(name, "is a date; dates are moved at each site, so use the days since diagnosis")
            }
        }
        return variable
    }

    private func check(_ attribute: CohortAttribute, in place: String) throws(RoundsError) {
        guard configuration.answerable.contains(attribute.name) else {
            throw .variable(place, "uses \(attribute.name), which this site does not give out")
        }
    }

    private static func table(_ made: PatientTable) throws(RoundsError) -> CohortTable {
        var table = CohortTable(rows: made.patients)
        for (name, values) in made.columns {
            switch values {
            case .numbers(let numbers): try table.add(.numbers(numbers), as: name)
            case .words(let codes, let levels): try table.add(.categories(codes, levels: levels), as: name)
            }
        }
        return table
    }
}
