import ArgumentParser
import Curation
import Node
import Runtime

/// `atles deidentify risk [TABLE] [--images FOLDER]`.
struct RiskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "risk", abstract: "Tells how easily patients could be found again in a table and in images.",
        discussion: """
            The facts that others may know of a patient (quasi-identifiers) are named with their kind: `--quasi \
            age:age --quasi plz:area`; kinds are \(QuasiIdentifier.Kind.allCases.map(\.rawValue).joined(separator: ", ")), \
            and category where none is said. Images tell sex, age, ethnic group, height, weight, body parts, modalities and \
            the number of studies; a table and images are put together by pseudonym (`--patient`). Exits with 0 when the table may be published, with 3 when it may not.
            """)

    @Argument(help: "A de-identified table (CSV or TSV).")
    var table: String?

    @Option(help: ArgumentHelp("A folder of de-identified images.", valueName: "folder"))
    var images: String?

    @Flag(help: "Count the years of studies and the manufacturers as known to others.")
    var moreTraits = false

    @Option(
        help: ArgumentHelp("A column that others may know, and what it is.", valueName: "column[:kind]"))
    var quasi: [String] = []

    @Option(help: ArgumentHelp("A column that nobody should learn.", valueName: "column"))
    var sensitive: [String] = []

    @Option(
        help: ArgumentHelp(
            "The column that tells patients apart; else the one that is named so. Only where there is none is every row a patient.",
            valueName: "column"))
    var patient: String?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Patients that must share the same facts.", valueName: "number"))
    var k = 5

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Values of a sensitive column that they must have.", valueName: "number"))
    var l: Int?

    @Option(help: ArgumentHelp("The part of the population that is in the table, from 0 to 1.", valueName: "share"))
    var sampled: Double?

    @Option(help: ArgumentHelp("The part of the records that a suggestion may leave out.", valueName: "share"))
    var suppress = 0.05

    @Option(help: ArgumentHelp("Write the report as a page with a picture.", valueName: "file"))
    var html: String?

    @Flag(help: "Print the report for programs.")
    var json = false

    func validate() throws {
        if table == nil, images == nil { throw ValidationError("Give a table, or --images with a folder, or both.") }
        if table != nil, quasi.isEmpty {
            throw ValidationError("Name the columns that others may know: --quasi age:age")
        }
        if table != nil, images != nil, patient == nil {
            throw ValidationError("Name the column of pseudonyms, to put the table and the images together: --patient")
        }
        if !(1...1_000_000).contains(k) { throw ValidationError("-k is a number from 1.") }
        if let sampled, !(sampled > 0 && sampled <= 1) {
            throw ValidationError("--sampled is more than 0 and at most 1.")
        }
        if !(0...1).contains(suppress) { throw ValidationError("--suppress is a share from 0 to 1.") }
        _ = try columns()
    }

    func run() async throws {
        let report = try await explained {
            var builder = RiskTableBuilder()
            if let images {
                let traits = RiskTableBuilder.ImageTraits(includesYears: moreTraits, includesManufacturer: moreTraits)
                let reading = try builder.add(folder: images, traits: traits)
                guard reading.unreadable == 0 else {
                    throw Refusal(
                        "\(reading.unreadable) files in \(images) cannot be read, so their patients would be missing: run `atles dicom check` on the folder"
                    )
                }
            }
            if let table {
                let columns = try columns()
                try TableFile.read(table) { source in
                    // Rows of one patient, taken for patients, would open the gate where it should be shut.
                    let named = RiskTableBuilder.patientColumn(among: try TableReader(source).columns)
                    try builder.add(table: source, patientColumn: patient ?? named, columns: columns)
                }
            }
            let assessment = RiskAssessment(
                gate: ReleaseGate(k: k, l: l), samplingFraction: sampled, mostSuppressed: suppress)
            let report = assessment.report(builder.table)
            if let html {
                let title = String((table ?? images ?? "").split(separator: "/").last ?? "")
                try PosixFileSystem().writeAtomically(
                    Array(RiskSection.page(report, title: title).utf8), to: html, mode: 0o600)
            }
            return report
        }
        print(json ? try JSONOutput.text(report) : Terminal.plainLines(report.text))
        if !report.decision.passed { throw ExitCode(3) }
    }

    /// A name may have a colon in it: only a kind after the last one counts.
    private func columns() throws -> [RiskTableBuilder.TableColumn] {
        let known = quasi.map { text -> RiskTableBuilder.TableColumn in
            if let colon = text.lastIndex(of: ":"),
                let kind = QuasiIdentifier.Kind(rawValue: String(text[text.index(after: colon)...]))
            {
                return .init(String(text[..<colon]), kind)
            }
            return .init(text, .category)
        }
        let all = known + sensitive.map { .init($0, .category, isSensitive: true) }
        guard Set(all.map(\.name)).count == all.count else {
            throw ValidationError("A column is named twice; it is either known to others or sensitive.")
        }
        return all
    }
}
