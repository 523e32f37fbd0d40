import ArgumentParser
import DICOM
import Node
import Runtime

/// `atles dicom check PATH…`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check whether DICOM files can be read, and say what is wrong with them.",
        discussion: """
            Folders are walked whole; symbolic links in them are not followed, and listed. Values are never shown. The exit code \
            is 1 when a DICOM file, or a path, could not be read.
            """)

    @Argument(help: "Files and folders.", completion: .file())
    var paths: [String]

    @Flag(name: .long, help: "Print one JSON object for each file, and one with the summary at the end.")
    var json = false

    @Flag(name: .shortAndLong, help: "Leave out files that are in order or are no DICOM.")
    var quiet = false

    func run() throws {
        var report = CheckReport(json: json, quiet: quiet)
        for entry in FileWalk(paths, files: PosixFileSystem()) {
            switch entry {
            case .file(let file): try report.add(file.path, inspect(file.path))
            case .passedBy(let path, let why):
                try report.add(path, Inspection(verdict: .unreadable, error: DICOMError(unreadable: "it is \(why)")))
            case .unreadable(let path, let error):
                try report.add(path, Inspection(verdict: .unreadable, error: DICOMError(unreadable: "\(error)")))
            }
        }
        try report.close()
        if report.hasFailures { throw ExitCode.failure }
    }

    private func inspect(_ path: String) -> Inspection {
        do {
            let source = try FileSource(path: path)
            defer { source.close() }
            return Inspection(of: source)
        } catch {
            return Inspection(verdict: .unreadable, error: DICOMError(unreadable: "\(error)"))
        }
    }
}

extension DICOMError {
    /// A file or folder that the system did not let us read.
    fileprivate init(unreadable why: String) {
        self.init(.unreadable, why)
    }
}
