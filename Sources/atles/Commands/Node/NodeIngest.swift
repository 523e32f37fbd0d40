import ArgumentParser
import Foundation
import Node
import Runtime
import UnixSignals

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

    @Flag(help: "Print the summary for programs.")
    var json = false

    func validate() throws {
        guard !paths.isEmpty || filesFrom != nil else { throw ValidationError("Give a folder or a file to take in.") }
    }

    func run() async throws {
        let summary = try await explained {
            let node = try Node.open(location.nodeFolder)
            let all = try paths + (filesFrom.map(listed) ?? [])
            let line = ProgressLine(isShown: Terminal.showsProgress)
            defer { line.clear() }
            return try await untilInterrupted { try await node.ingest(all) { line.show($0) } }
        }
        print(json ? try JSONOutput.text(summary) : summary.text)
        if !json, summary.stopped == nil, summary.accepted + summary.alreadyThere + summary.quarantined.count == 0 {
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

/// Runs `body`, and cancels it when the person at the terminal presses Ctrl-C: it then ends in good order.
private func untilInterrupted<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws
    -> Value
{
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await _ in signals { break }
            return nil
        }
        while let result = try await group.next() {
            if let value = result {
                group.cancelAll()
                return value
            }
            group.cancelAll()
        }
        throw CancellationError()
    }
}

/// The progress bar of an intake, drawn over itself at most ten times a second.
private final class ProgressLine: Sendable {
    private let isShown: Bool

    init(isShown: Bool) { self.isShown = isShown }

    func show(_ progress: IntakeProgress) {
        if isShown { Terminal.draw(ProgressBar.text(progress, width: Terminal.width)) }
    }

    func clear() {
        if isShown { Terminal.draw("") }
    }
}
