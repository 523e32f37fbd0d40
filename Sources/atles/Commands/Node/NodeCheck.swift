import ArgumentParser
import Curation
import Node
import Runtime

struct NodeCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks the quality and integrity of everything the node holds.",
        discussion: """
            Looks at every object's header and at the first, middle and last frame of each series; --deep decodes every \
            frame. Only de-identified objects are read, and the report holds pseudonyms and new UIDs. Exits with 0 when \
            there is no finding of severity error, with 3 when there is.
            """)

    @OptionGroup var location: NodeFolderOption

    @Option(help: ArgumentHelp("Write the report as one page with pictures.", valueName: "file"))
    var html: String?

    @Option(
        defaultAsFlag: "-", parsing: .next,
        help: ArgumentHelp("Print the report for programs, or write it to a file.", valueName: "file"))
    var json: String? = nil

    @Flag(help: "Decode every frame, and compare all bytes of all pixels.")
    var deep = false

    @Flag(help: "Print the rules, and check nothing.")
    var rules = false

    @Option(
        help: ArgumentHelp(
            "A de-identified clinical table (CSV or TSV), to compare with the images.", valueName: "file"))
    var clinical: String?

    @Option(help: ArgumentHelp("Its column of pseudonyms, where it is not called patient_id.", valueName: "name"))
    var patientColumn: String?

    func run() async throws {
        if rules {
            print(json == nil ? QualityRule.text(width: 100) : try JSONOutput.text(QualityRule.all))
            return
        }
        let report = try await explained {
            let node = try Node.open(location.nodeFolder)
            var options = QualityOptions()
            options.isDeep = deep
            options.clinical = try clinical.map { try ClinicalFacts(file: $0, patientColumn: patientColumn) }
            let isShown = Terminal.showsProgress
            defer { if isShown { Terminal.draw("") } }
            let checked = try await untilInterrupted { [options] in
                try await node.check(options) { progress in
                    if isShown { Terminal.draw("checking  \(Int(progress.fraction * 100)) %") }
                }
            }
            let files = PosixFileSystem()
            if let html { try files.writeAtomically(Array(QualityPage.html(checked).utf8), to: html, mode: 0o600) }
            if let json, json != "-" {
                try files.writeAtomically(Array(JSONOutput.text(checked).utf8), to: json, mode: 0o600)
            }
            return checked
        }
        print(json == "-" ? try JSONOutput.text(report) : Terminal.plainLines(report.text))
        if report.hasErrors { throw ExitCode(3) }
    }
}
