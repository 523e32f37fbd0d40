import DICOM
import Foundation

/// Prints what a check finds, file by file, and sums it up. Values are never in it; paths are.
struct CheckReport {
    private let json: Bool
    private let quiet: Bool
    private var counts: [Inspection.Verdict: Int] = [:]

    init(json: Bool, quiet: Bool) {
        self.json = json
        self.quiet = quiet
    }

    /// Whether a DICOM file, or a path, could not be read.
    var hasFailures: Bool { counts[.damaged, default: 0] + counts[.unreadable, default: 0] > 0 }

    mutating func add(_ path: String, _ inspection: Inspection) throws {
        counts[inspection.verdict, default: 0] += 1
        if quiet, inspection.verdict == .ok || inspection.verdict == .notDICOM { return }
        if json { return try printLine(FileReport(path, inspection)) }
        let verdict =
            switch inspection.verdict {
            case .ok: "OK        "
            case .warnings: "WARNINGS  "
            case .damaged: "DAMAGED   "
            case .notDICOM: "NOT DICOM "
            case .unreadable: "UNREADABLE"
            }
        print(verdict, Terminal.plain(path))
        for finding in [inspection.error].compactMap(\.self) + inspection.warnings {
            print("           " + Terminal.plain(finding.message))
        }
        let more = inspection.warningCount - inspection.warnings.count
        if more > 0 { print("           \(more) more warnings") }
    }

    func close() throws {
        if json { return try printLine(Summary(counts)) }
        let total = counts.values.reduce(0, +)
        let parts = [
            "\(counts[.ok, default: 0]) in order", "\(counts[.warnings, default: 0]) with warnings",
            "\(counts[.damaged, default: 0]) damaged", "\(counts[.notDICOM, default: 0]) not DICOM",
            "\(counts[.unreadable, default: 0]) unreadable",
        ]
        print("\(total) \(total == 1 ? "file" : "files"): " + parts.joined(separator: ", "))
    }

    private func printLine(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    private struct FileReport: Encodable {
        let path: String
        let verdict: Inspection.Verdict
        let transferSyntax: String?
        let findings: [Finding]

        init(_ path: String, _ inspection: Inspection) {
            self.path = path
            verdict = inspection.verdict
            transferSyntax = inspection.transferSyntax?.uid
            findings = ([inspection.error].compactMap(\.self) + inspection.warnings).map(Finding.init)
        }
    }

    private struct Finding: Encodable {
        let code: String
        let offset: Int?
        let tag: String?
        let message: String

        init(_ error: DICOMError) {
            code = error.code.description
            offset = error.offset
            tag = error.tag?.hex
            message = error.message
        }
    }

    private struct Summary: Encodable {
        let files: Int
        let ok: Int
        let warnings: Int
        let damaged: Int
        let notDICOM: Int
        let unreadable: Int

        init(_ counts: [Inspection.Verdict: Int]) {
            files = counts.values.reduce(0, +)
            ok = counts[.ok, default: 0]
            warnings = counts[.warnings, default: 0]
            damaged = counts[.damaged, default: 0]
            notDICOM = counts[.notDICOM, default: 0]
            unreadable = counts[.unreadable, default: 0]
        }
    }
}
