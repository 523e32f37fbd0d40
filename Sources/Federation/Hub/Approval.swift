/// Whether a site that joins with an invitation is admitted at once or waits for the operator.
public enum Approval: String, Codable, Sendable, CaseIterable {
    case automatic
    case manual
}
