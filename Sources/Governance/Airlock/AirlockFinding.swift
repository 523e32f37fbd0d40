/// What an automatic check found in an output.
public struct AirlockFinding: Sendable, Hashable, Codable, CustomStringConvertible {
    public enum Severity: String, Sendable, Codable {
        /// A person has to look before it leaves, whatever the policy says.
        case look
        /// It cannot leave.
        case stops
    }

    public enum Rule: String, Sendable, Codable, CaseIterable {
        /// A cell of fewer patients than the threshold.
        case smallCell = "small-cell"
        /// It was computed on fewer patients than the threshold.
        case smallCohort = "small-cohort"
        /// So many numbers of so few patients that single patients can be worked out.
        case tooManyParameters = "too-many-parameters"
        /// The model is as large as what it learned from, so that it could hold a copy.
        case largeModel = "large-model"
        /// A stretch of numbers is a patient's record, or a column of the table.
        case memorisedRecord = "memorised-record"
        /// An identifier of the table stands in it.
        case identifier
        /// The file is not of the kind that it says.
        case fileType = "file-type"
        /// It holds a number that is none.
        case notANumber = "not-a-number"
    }

    public let rule: Rule
    /// How often it was found.
    public let count: Int

    public init(_ rule: Rule, count: Int = 1) {
        self.rule = rule
        self.count = count
    }

    public var severity: Severity {
        switch rule {
        case .largeModel, .notANumber: .look
        case .smallCell, .smallCohort, .tooManyParameters, .memorisedRecord, .identifier, .fileType: .stops
        }
    }

    public var description: String {
        switch rule {
        case .smallCell: "\(count) cells have fewer patients than may be told"
        case .smallCohort: "it was computed on fewer patients than this site allows"
        case .tooManyParameters: "it has more numbers than a third of its patients: single patients could be worked out"
        case .largeModel: "the model is as large as the data that it learned from, and could hold a copy of it"
        case .memorisedRecord: "\(count) stretches of numbers are records of the table"
        case .identifier: "\(count) identifiers of the table stand in it"
        case .fileType: "the file is not of the kind that it says, or of one that may not leave"
        case .notANumber: "\(count) of its numbers are infinite or none: the computation went wrong"
        }
    }
}
