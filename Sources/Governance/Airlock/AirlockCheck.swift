/// The automatic checks of what wants to leave.
public struct AirlockCheck: Sendable {
    /// Numbers per patient above which a statistic gives patients away (DataSHIELD's `nfilter.glm`).
    public static let parametersPerPatient = 0.33

    private let thresholds: PermitThresholds
    private let allowed: Set<FileType>
    private let records: MemorisedRecords?

    /// - Parameters:
    ///   - thresholds: the strictest of site, permit and task (``Authorisation/thresholds``).
    ///   - records: of the table that the output was computed from.
    public init(
        thresholds: PermitThresholds, allowed: Set<FileType> = Set(FileType.allCases), records: MemorisedRecords?
    ) {
        self.thresholds = thresholds
        self.allowed = allowed
        self.records = records
    }

    /// What is found, at most one finding of each rule.
    public func findings(in output: AirlockOutput) -> [AirlockFinding] {
        var found: [AirlockFinding] = []
        func add(_ rule: AirlockFinding.Rule, _ count: Int) {
            if count > 0 { found.append(AirlockFinding(rule, count: count)) }
        }
        add(.smallCell, output.cells.count { $0.map { $0 < thresholds.smallestCell } ?? false })
        add(.smallCohort, output.patients < thresholds.smallestCohort ? 1 : 0)
        if output.kind == .models {
            // A 32-bit float for each number, or the file itself where it is larger.
            let bytes = max(output.content.count, 4 * output.parameters)
            add(.largeModel, bytes >= output.trainingBytes ? 1 : 0)
        } else {
            let most = Self.parametersPerPatient * Double(output.patients)
            add(.tooManyParameters, Double(output.parameters) > most ? 1 : 0)
        }
        add(.notANumber, output.arrays.reduce(0) { $0 + $1.values.count { !$0.isFinite } })
        if let records {
            add(.memorisedRecord, output.arrays.reduce(0) { $0 + records.matches(in: $1.values) })
            add(.identifier, records.identifiers(in: output.content))
        }
        add(.fileType, allowed.contains(output.type) && output.type.describes(output.content) ? 0 : 1)
        return found
    }
}
