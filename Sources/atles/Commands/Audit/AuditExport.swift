import ArgumentParser
import Federation
import Foundation
import Governance
import Runtime

/// `atles audit export`.
struct AuditExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes the entries of an audit log for other systems.",
        discussion: """
            json: one entry a line. dicom: one audit message a line (DICOM PS3.15 section A.5, IHE ATNA). syslog: the same \
            messages as they go over TLS to an audit record repository (RFC 5424, RFC 5425).
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case json, dicom, syslog }

    @Argument(help: "The log: audit.log in the folder of a hub or a node.")
    var log: String

    @Option(help: "The form.")
    var form: Form = .json

    @Option(help: ArgumentHelp("Whose log it is: hub, or the site's identifier.", valueName: "party"))
    var source: String = "hub"

    @Option(help: ArgumentHelp("Begin with this entry.", valueName: "number"))
    var from: Int = 1

    func run() async throws {
        try await explained {
            guard let party = SiteID(source) else { throw ValidationError("--source is hub, or a site's identifier.") }
            let (host, process) = (ProcessInfo.processInfo.hostName, "\(ProcessInfo.processInfo.processIdentifier)")
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let out = FileHandle.standardOutput
            // A piece at a time: a log may be longer than memory.
            var next = from
            while true {
                let entries = try AuditLog.entries(path: log, from: next, limit: 10_000)
                for entry in entries {
                    let message = AuditMessage(entry, source: party)
                    switch form {
                    case .json: try out.write(contentsOf: try encoder.encode(entry) + Data("\n".utf8))
                    case .dicom: try out.write(contentsOf: Data((message.xml + "\n").utf8))
                    case .syslog:
                        try out.write(contentsOf: Data(message.syslog(host: host, process: process).framed))
                    }
                }
                guard let last = entries.last, entries.count == 10_000 else { return }
                next = last.sequence + 1
            }
        }
    }
}

/// `atles audit compare`.
struct AuditCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Checks that a hub's log and a node's tell the same story.")

    @Argument(help: "The hub's log.")
    var hub: String

    @Argument(help: "The node's log.")
    var node: String

    @Option(help: "The node's site.")
    var site: String

    func run() async throws {
        let comparison = try await explained {
            guard let site = SiteID(site) else { throw ValidationError("--site is a site's identifier.") }
            for path in [hub, node] {
                if let problem = try AuditLog.verify(path: path).problem {
                    throw Refusal("\(path) is not as it was written: \(problem)")
                }
            }
            return AuditComparison(
                hub: try AuditLog.entries(path: hub), node: try AuditLog.entries(path: node), site: site)
        }
        for difference in comparison.differences {
            switch difference.kind {
            case .notSentByHub: print("\(difference.message): the node received it, the hub's log does not show it")
            case .answerNotGivenByNode:
                print("\(difference.message): the hub accepted an answer, the node's log does not show one")
            }
        }
        print("\(comparison.agreed) tasks stand in both logs, \(comparison.differences.count) messages in one alone")
        if !comparison.differences.isEmpty { throw ExitCode.failure }
    }
}
