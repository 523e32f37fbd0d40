public import Catalogue
public import Cohort
public import Federation
import FoundationEssentials
import Runtime

extension Node {
    /// What the node holds, what it set aside, and its link to the hub.
    public func report() throws -> NodeReport {
        let index = try openIndex()
        return NodeReport(
            title: configuration.title, folder: folder.path, holds: try index.totals(),
            quarantined: try index.quarantine(), notDICOM: try index.notDICOM().count, isServing: try isServing(),
            link: try files.exists(folder.federation)
                ? FederationNode.status(folder: folder.federation, files: files) : nil)
    }
}

/// A node's state, for its own people: true numbers, and paths of the hospital's own files.
public struct NodeReport: Codable, Sendable {
    public var title: String
    public var folder: String
    public var holds: Counts
    public var quarantined: [QuarantineEntry]
    public var notDICOM: Int
    /// Whether `atles node serve` runs.
    public var isServing: Bool
    /// nil for a node that belongs to no federation.
    public var link: NodeStatus?

    /// The state in words.
    public func text(listingQuarantine: Bool) -> String {
        var lines = [
            title,
            "folder       \(folder)",
            "holds        \(holds.patients) patients, \(holds.studies) studies, \(holds.series) series, \(holds.images) images",
            "set aside    \(quarantined.count) files\(quarantined.isEmpty || listingQuarantine ? "" : "; --quarantine lists them")",
            "not DICOM    \(notDICOM) files",
            "service      \(isServing ? "running" : "not running: atles node serve --folder \(folder)")",
            "hub          \(link.map { Self.text($0, isServing: isServing) } ?? "none: this node belongs to no federation")",
        ]
        if listingQuarantine {
            lines += quarantined.map { "  \($0.path): \($0.reason)" }
        }
        return lines.joined(separator: "\n")
    }
}

extension NodeReport {
    private static func text(_ link: NodeStatus, isServing: Bool) -> String {
        var text =
            switch link.state {
            case .waiting: "\(link.federation): waits for the operator's approval; fingerprint \(link.fingerprint)"
            case .suspended: "\(link.federation): suspended by the operator"
            case .admitted:
                (isServing ? link.connectedSince : nil).map {
                    "\(link.federation): connected since \(Timestamp.text($0))"
                }
                    ?? "\(link.federation): not connected"
            }
        if let expiry = link.certificateExpires {
            text += "\ncertificate  valid until \(Timestamp.text(expiry)); renewed by itself"
        }
        if isServing, let problem = link.problem { text += "\nproblem      \(problem)" }
        return text
    }
}
