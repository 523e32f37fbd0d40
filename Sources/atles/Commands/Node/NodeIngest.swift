import ArgumentParser
import Foundation
import Node
import Runtime

struct NodeIngest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Takes in DICOM files: de-identifies, stores and indexes them.",
        discussion: """
            The originals are only read. Running it again on the same folder changes nothing, and after an interruption \
            it goes on where it was. Exits with 0 when everything was taken in, with 3 when something was set aside.
            """)

    @OptionGroup var location: NodeFolderOption

    @Argument(help: ArgumentHelp("Folders and files.", valueName: "path"))
    var paths: [String] = []

    @Option(
        help: ArgumentHelp("A file that lists further paths, one a line; `-` reads standard input.", valueName: "file"))
    var filesFrom: String?

    @Flag(help: "Go on although the data set was begun with another de-identification profile.")
    var acceptProfileChange = false

    @Flag(help: "Print the summary for programs.")
    var json = false

    func validate() throws {
        guard !paths.isEmpty || filesFrom != nil else { throw ValidationError("Give a folder or a file to take in.") }
    }

    func run() async throws {
        let summary = try await explained {
            let node = try Node.open(location.nodeFolder)
            let all = try paths + (filesFrom.map(listed) ?? [])
            let change = acceptProfileChange
            let line = ProgressLine(isShown: Terminal.showsProgress)
            defer { line.clear() }
            return try await untilInterrupted {
                try await node.ingest(all, acceptsProfileChange: change) { line.show($0) }
            }
        }
        print(json ? try JSONOutput.text(summary) : summary.text)
        if !json, summary.review.waiting > 0 {
            print("\nLook at what waits, and decide: atles node console (with pictures), or atles node review")
        }
        let found = summary.accepted + summary.alreadyThere + summary.quarantined.count + summary.review.waiting
        if !json, summary.stopped == nil, found + summary.review.rejected == 0 {
            print("\nNothing was taken in: there is no DICOM file among these. Is it the right folder?")
        }
        if let stopped = summary.stopped { throw Refusal(stopped) }
        if !summary.isComplete { throw ExitCode(3) }
    }

    private func listed(_ path: String) throws -> [String] {
        let data =
            path == "-"
            ? try FileHandle.standardInput.readToEnd() ?? Data()
            : Data(try PosixFileSystem().read(path, limit: 1 << 30))
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }
}
