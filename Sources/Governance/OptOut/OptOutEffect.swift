public import Federation
import FoundationEssentials

/// What an opt-out list did at a site: told in numbers alone, so that it can be shown and kept.
public struct OptOutEffect: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Patients on the list.
    public var listed: Int
    /// Objects that were not taken in because their patient is on it.
    public var refusedObjects = 0
    /// Patients of the index who are on it, and what of theirs was taken out.
    public var patients = 0
    public var series = 0
    public var objects = 0
    public var clinicalRecords = 0
    /// Data sets derived from this one, to which the withdrawal was sent on.
    public var derivedDataSets: [String] = []

    public init(listed: Int) { self.listed = listed }

    public var description: String {
        """
        Opt-out (Regulation (EU) 2025/327, article 71): \(listed) patients on the list.
        Not taken in: \(refusedObjects) objects.
        Taken out: \(patients) patients with \(series) series, \(objects) objects and \(clinicalRecords) clinical records.
        Sent on to \(derivedDataSets.count) derived data sets\(derivedDataSets.isEmpty ? "" : ": ")\
        \(derivedDataSets.joined(separator: ", ")).
        """
    }
}

extension AuditEvent.Kind {
    /// The list changed; the count is how many are on it.
    public static let optOutChanged = Self("opt-out.changed")
    /// The list was applied to what is stored; the count is how many patients were taken out.
    public static let optOutApplied = Self("opt-out.applied")
}
