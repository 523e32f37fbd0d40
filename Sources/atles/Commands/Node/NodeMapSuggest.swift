import ArgumentParser
import Curation
import Node
import Runtime

/// `atles node map suggest`.
struct NodeMapSuggest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest", abstract: "Drafts a mapping from tables, OMOP exports or FHIR, and prints it.",
        discussion: """
            Looks at the names of columns (English, Spanish, Catalan) and at what stands in them: codes, units, days, \
            columns of zeros and ones. Behind the draft stand, as comments, the share of values that it understands and \
            what it does not. Needs no node: `atles node map suggest TABLES > mapping.yaml`.
            """)

    @Option(help: "The name of the mapping: a later load under the same name replaces an earlier one.")
    var name = "clinical"

    @Argument(help: ArgumentHelp("The tables: files, or a folder of them. They are only read.", valueName: "path"))
    var paths: [String]

    func run() async throws {
        let yaml = try await explained {
            let tables = try MappingFiles(paths)
            defer { tables.close() }
            return try MappingProposal(name: name, tables.inputs, today: NodeMapDay.today()).yaml
        }
        print(Terminal.plainLines(yaml), terminator: "")
    }
}

/// The day after which nothing can have happened.
enum NodeMapDay {
    static func today() -> CivilDate? {
        CivilDate(dicom: Timestamp.text(WallClock.system.now).prefix(10).filter { $0 != "-" })
    }
}
