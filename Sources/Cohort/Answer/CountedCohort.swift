/// What the index found for a question: true numbers, and whom they count. It stays inside the node.
public struct CountedCohort: Sendable, Equatable {
    public var answer: RawAnswer
    public var members: CohortMembers
    /// Who is in each cell of each breakdown: by the breakdown's name, then by the value.
    public var cells: [String: [String: PatientSet]]
    /// All patients of the site.
    public var everyone: PatientSet

    public init(
        answer: RawAnswer, members: CohortMembers, cells: [String: [String: PatientSet]], everyone: PatientSet
    ) {
        self.answer = answer
        self.members = members
        self.cells = cells
        self.everyone = everyone
    }
}
