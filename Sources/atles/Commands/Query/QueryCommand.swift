import ArgumentParser
import Cohort
import Foundation
import Hub
import Runtime

struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Asks every site of a federation how many patients match.",
        discussion: """
            Examples:
              atles query --where 'modality = MR and sex = F'
              atles query --where 'bodyPart in (CHEST, ABDOMEN) and age between 50 and 70'
              atles query --where 'not (sliceThickness > 2 mm)' --json
              atles query -f question.json
              atles query --attributes

            Each site counts on its own images and hides small groups: "<5" means fewer than five, none included. \
            Exits with 0 when every site answered, with 3 when some did not or could not.
            """)

    @Option(help: ArgumentHelp("The hub's address.", valueName: "url"))
    var hub: String = ProcessInfo.processInfo.environment["ATLES_HUB"] ?? "http://127.0.0.1:8080"

    @Option(name: .customLong("where"), help: ArgumentHelp("What the images should be like.", valueName: "condition"))
    var condition: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A file with the question in its JSON form; `-` reads standard input.", valueName: "file"))
    var file: String?

    @Flag(help: "Print the answer for programs.")
    var json = false

    @Flag(help: "List the attributes that a question can name, with their units and known values.")
    var attributes = false

    func validate() throws {
        let given = [condition != nil, file != nil, attributes].filter { $0 }.count
        guard given == 1 else { throw ValidationError("Give one of --where, -f and --attributes.") }
    }

    func run() async throws {
        if attributes {
            print(AttributeList.text)
            return
        }
        let question = try await explained {
            let client = try HubClient(address: hub)
            return try await client.run { client in
                let id = try await client.ask(try query())
                let reporter = LiveReport(isShown: !json && Terminal.showsProgress)
                try await client.follow(id) { reporter.show($0) }
                return try await client.question(id)
            }
        }
        print(json ? try JSONOutput.text(question) : QuestionReport.text(question))
        if question.results.contains(where: { $0.state != .answered }) { throw ExitCode(3) }
    }

    /// Parsed here too, so that a slip is explained without a round to the hub.
    private func query() throws -> CohortQuery {
        if let condition {
            do {
                return try CohortQuery(text: condition)
            } catch {
                throw Refusal("the condition cannot be read:\n\(error.caret(under: condition))")
            }
        }
        let limit = 1 << 20
        let bytes =
            file == "-"
            ? [UInt8](try FileHandle.standardInput.read(upToCount: limit) ?? Data())
            : try PosixFileSystem().read(file ?? "", limit: limit)
        return try CohortQuery(json: bytes)
    }
}

/// A line for each site as its answer comes in.
private struct LiveReport {
    let isShown: Bool

    func show(_ result: SiteResult) {
        guard isShown, result.state != .waiting else { return }
        Terminal.note(Terminal.plain("  \(result.site.name): \(QuestionReport.state(of: result))"))
    }
}
