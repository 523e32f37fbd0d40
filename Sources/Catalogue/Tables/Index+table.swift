public import Cohort

extension Index {
    /// The most cells of one table: 8 bytes each.
    public static let largestTable = 1 << 26

    /// A cohort's patients with some variables, for a computation at this site.
    ///
    /// - Throws: ``IndexError/tableTooLarge`` where it would have more than ``largestTable`` cells.
    public func table(
        _ cohort: Condition, variables: [TableVariable], until deadline: ContinuousClock.Instant? = nil
    ) throws(IndexError) -> PatientTable {
        let content = try content(until: deadline)
        let selection = try Selection(cohort, in: content, until: deadline)
        let patients = selection.patients
        guard patients.count.multipliedReportingOverflow(by: max(1, variables.count)).partialValue <= Self.largestTable
        else { throw .tableTooLarge }
        let evaluator = Evaluator(content: content, deadline: deadline)
        var columns: [(name: String, values: PatientTable.Column)] = []
        for variable in variables {
            switch variable.meaning {
            case .attribute(let attribute):
                columns.append((variable.name, selection.values(of: attribute, for: patients)))
            case .condition(let condition):
                let truth = try evaluator.truth(condition, of: .patient)
                let values = patients.map { patient -> Double in
                    switch truth[Int(patient)] {
                    case Truth.isTrue: 1
                    case Truth.isFalse: 0
                    default: .nan
                    }
                }
                columns.append((variable.name, .numbers(values)))
            }
        }
        return PatientTable(patients: patients.count, columns: columns, token: content.token)
    }
}
