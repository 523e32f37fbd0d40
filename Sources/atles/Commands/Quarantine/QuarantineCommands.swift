import ArgumentParser
import Curation
import Node
import Runtime

/// `atles node quarantine`.
struct NodeQuarantine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: "Lists, retries and clears files that could not be taken in.",
        discussion: """
            Each was set aside with a reason and what to do about it. Put it right at its source, then retry; or clear what \
            nobody needs. Copies of the files are kept in the node's folder while they fit: they are originals, not \
            de-identified. Whatever is done here, the originals stay as they are.
            """,
        subcommands: [
            QuarantineList<NodeFolderOption>.self, QuarantineRetry.self, QuarantineClear<NodeFolderOption>.self,
        ], defaultSubcommand: QuarantineList<NodeFolderOption>.self)
}

/// `atles deidentify quarantine`. To retry is to run `atles deidentify` again.
struct DeidentifyQuarantine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: "Lists and clears files that could not be de-identified.",
        discussion: """
            Each was set aside with a reason and what to do about it. Put it right at its source, and run `atles \
            deidentify` again: it is tried again; or clear what nobody needs. Copies of the files are kept in OUT.private \
            while they fit: they are originals, not de-identified. Whatever is done here, the originals stay as they are.
            """,
        subcommands: [QuarantineList<OutputOption>.self, QuarantineClear<OutputOption>.self],
        defaultSubcommand: QuarantineList<OutputOption>.self)
}

/// Whose files were set aside.
protocol QuarantineLocation: ParsableArguments {
    func quarantine() throws -> QuarantineOffice
}

extension NodeFolderOption: QuarantineLocation {
    func quarantine() throws -> QuarantineOffice { try Node.open(nodeFolder).quarantineOffice() }
}

extension OutputOption: QuarantineLocation {
    func quarantine() throws -> QuarantineOffice {
        try QuarantineOffice(ofRun: NodeFolder(privateFolder), pseudonyms: try pseudonyms())
    }
}

/// Which of the files that were set aside.
struct QuarantineChoice: ParsableArguments {
    @Argument(help: "The files' IDs in the list.") var ids: [String] = []
    @Flag(help: "All of them.") var all = false
    @Flag(help: "Those whose originals are gone.") var gone = false

    func validate() throws {
        guard [!ids.isEmpty, all, gone].filter({ $0 }).count == 1 else {
            throw ValidationError("Say which: IDs from the list, or --gone, or --all.")
        }
    }

    func chosen(_ entries: [QuarantineOffice.Entry]) throws -> [QuarantineOffice.Entry] {
        if all { return entries }
        if gone { return entries.filter { !$0.isThere } }
        let known = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
        return try Set(ids).sorted().map { id in
            guard let entry = known[id] else {
                throw Refusal("nothing was set aside under \(id): `quarantine list` shows what was")
            }
            return entry
        }
    }
}

struct QuarantineList<Location: QuarantineLocation>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "What was set aside, and why (the default).")
    }

    @OptionGroup var location: Location
    @Flag(help: "Print the list for programs.") var json = false

    func run() async throws {
        try await explained {
            let entries = try location.quarantine().entries()
            if json { return print(try JSONOutput.text(entries)) }
            guard !entries.isEmpty else { return print("Nothing is set aside.") }
            for entry in entries {
                let state = [
                    entry.isThere ? nil : "the original is gone", entry.copy == nil ? "no copy was kept" : nil,
                ]
                let notes = state.compactMap { $0 }.joined(separator: "; ")
                print("\(entry.id)  \(entry.recorded)  \(Terminal.plain(entry.path))")
                print("    \(Terminal.plain(entry.explanation))\(notes.isEmpty ? "" : " (\(notes))")")
            }
            print("\(entries.count) file\(entries.count == 1 ? "" : "s") set aside")
        }
    }
}

struct QuarantineClear<Location: QuarantineLocation>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "clear", abstract: "Forgets files that were set aside, and removes the copies of them.",
            discussion:
                "Originals are not touched. Where one is still there and still wrong, the next intake of its folder sets it aside again."
        )
    }

    @OptionGroup var location: Location
    @OptionGroup var choice: QuarantineChoice

    func run() async throws {
        try await explained {
            let office = try location.quarantine()
            print(try office.clear(try choice.chosen(try office.entries())))
        }
    }
}

struct QuarantineRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Takes in again what was set aside, from where the originals lie.",
        discussion: "Exits with 0 when everything was taken in, with 3 when something was set aside again or is gone.")

    @OptionGroup var location: NodeFolderOption
    @OptionGroup var choice: QuarantineChoice
    @Flag(help: "Print the summary for programs.") var json = false

    func run() async throws {
        let (summary, gone) = try await explained {
            let node = try Node.open(location.nodeFolder)
            let entries = try choice.chosen(try node.quarantineOffice().entries())
            let paths = entries.filter(\.isThere).map(\.path)
            let line = ProgressLine(isShown: Terminal.showsProgress)
            defer { line.clear() }
            let summary = try await untilInterrupted { try await node.ingest(paths) { line.show($0) } }
            return (summary, entries.filter { !$0.isThere })
        }
        print(json ? try JSONOutput.text(summary) : summary.text)
        if !json, !gone.isEmpty {
            print(
                "\n\(gone.count) original\(gone.count == 1 ? " is" : "s are") gone. Put them back where they were, or take in the copies that `quarantine list --json` names, from a folder outside the node's; `quarantine clear --gone` forgets them."
            )
        }
        if let stopped = summary.stopped { throw Refusal(stopped) }
        if !summary.isComplete || !gone.isEmpty { throw ExitCode(3) }
    }
}
