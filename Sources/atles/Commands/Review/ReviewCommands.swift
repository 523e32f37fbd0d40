import ArgumentParser
import Curation
import Foundation
import Node
import Runtime

/// `atles node review`.
struct NodeReview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Lists, shows, releases and rejects objects that rules could not decide about.",
        discussion: """
            Such objects are de-identified, but something in them needs a person's eyes: text in the pixels that could \
            not be read, an identifier that the leak scan found. Nothing of them is released until somebody does it here \
            or on the node's console (`atles node console`), where they can be seen before and after.
            """,
        subcommands: [
            ReviewList<NodeFolderOption>.self, ReviewShow<NodeFolderOption>.self, ReviewRelease<NodeFolderOption>.self,
            ReviewReject<NodeFolderOption>.self,
        ], defaultSubcommand: ReviewList<NodeFolderOption>.self)
}

/// `atles deidentify review`.
struct DeidentifyReview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Lists, shows, releases and rejects objects that rules could not decide about.",
        discussion: NodeReview.configuration.discussion,
        subcommands: [
            ReviewList<OutputOption>.self, ReviewShow<OutputOption>.self, ReviewRelease<OutputOption>.self,
            ReviewReject<OutputOption>.self,
        ], defaultSubcommand: ReviewList<OutputOption>.self)
}

/// Whose objects are decided about.
protocol ReviewLocation: ParsableArguments {
    func office() throws -> ReviewOffice
    /// What is left to do once something was released; nil: nothing.
    var afterRelease: String? { get }
}

extension NodeFolderOption: ReviewLocation {
    func office() throws -> ReviewOffice { try Node.open(nodeFolder).reviewOffice() }
    var afterRelease: String? { nil }
}

/// The output of a run without a node, and the key that it was made with.
struct OutputOption: ReviewLocation {
    @Option(help: ArgumentHelp("The folder that `atles deidentify` wrote to.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("The pseudonym key that it was made with.", valueName: "file"))
    var key: String

    @Option(help: "Where what stays at the hospital is, instead of OUT.private.")
    var `private`: String?

    @Option(help: ArgumentHelp("The project that it was made for, where one was named.", valueName: "name"))
    var project = ""

    var afterRelease: String? {
        "The manifest does not name it yet: run `atles deidentify` once more on the same folders before the output leaves."
    }

    var privateFolder: String { `private` ?? output + ".private" }

    func pseudonyms() throws -> Pseudonymizer {
        Pseudonymizer(key: try KeyFile.read(key, usedIn: privateFolder), project: project)
    }

    func office() throws -> ReviewOffice {
        try ReviewOffice(folder: NodeFolder(privateFolder), output: output, pseudonyms: try pseudonyms())
    }
}

struct ReviewList<Location: ReviewLocation>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "What waits (the default).")
    }

    @OptionGroup var location: Location
    @Flag(help: "Print the list for programs.") var json = false

    func run() async throws {
        try await explained {
            let entries = try location.office().queue.entries()
            if json { return print(try JSONOutput.text(entries)) }
            let waiting = entries.filter { $0.state == .waiting }
            guard !waiting.isEmpty else { return print("Nothing waits for a person.") }
            var table = Table([("ID", .left), ("SINCE", .left), ("KIND", .left), ("FOUND", .left)])
            for entry in waiting {
                table.add([
                    entry.id, entry.added, entry.modality ?? "",
                    Set(entry.findings.map(\.kind.rawValue)).sorted().joined(separator: ", "),
                ])
            }
            print(table.text)
        }
    }
}

struct ReviewShow<Location: ReviewLocation>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: "What was found in an object, and pictures of it before and after.")
    }

    @OptionGroup var location: Location
    @Argument(help: "The object's ID in the list.") var id: String
    @Option(
        help: ArgumentHelp(
            "A folder to write the pictures to. They may show a name: keep them at the hospital, and remove them.",
            valueName: "folder"))
    var pictures: String?

    func run() async throws {
        try await explained {
            let queue = try location.office().queue
            guard let entry = try queue.entry(id) else { throw ReviewError.unknown(id) }
            print(
                "\(entry.modality ?? "object") of patient \(entry.patientID), \(entry.frames) frame(s), \(entry.state.rawValue) since \(entry.added)"
            )
            if let origin = try queue.origin(id) { print("original: \(Terminal.plain(origin))") }
            for finding in entry.findings { print("  \(finding.kind.rawValue): \(finding.sentence)") }
            guard let pictures else { return }
            let files = PosixFileSystem()
            try files.createDirectory(pictures, mode: 0o700)
            for number in 0..<entry.pictures {
                for moment in ReviewQueue.Moment.allCases {
                    guard let bytes = try queue.picture(id, number, moment) else { continue }
                    let path = FilePath.join(
                        pictures, "\(number)-\(moment.rawValue).\(bytes.first == 0x89 ? "png" : "jpg")")
                    try files.writeAtomically(bytes, to: path, mode: 0o600)
                    print(path)
                }
            }
        }
    }
}

struct ReviewRelease<Location: ReviewLocation>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "release", abstract: "Releases objects that somebody has looked at: they join the data set.")
    }

    @OptionGroup var location: Location
    @Argument(help: "The objects' IDs in the list.") var ids: [String]

    func run() async throws {
        try await explained {
            let office = try location.office()
            for id in ids {
                try office.release(id)
                print("\(id) released")
            }
            if let next = location.afterRelease { print(next) }
        }
    }
}

struct ReviewReject<Location: ReviewLocation>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reject", abstract: "Rejects objects: what would have been released is removed.")
    }

    @OptionGroup var location: Location
    @Argument(help: "The objects' IDs in the list.") var ids: [String]

    func run() async throws {
        try await explained {
            let office = try location.office()
            for id in ids {
                try office.reject(id)
                print("\(id) rejected")
            }
        }
    }
}
