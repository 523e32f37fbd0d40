import ArgumentParser
import Cohort
import Foundation
import Hub
import Rounds
import Runtime

struct AnalyseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyse", abstract: "Computes a statistic over every site's patients, without moving them.",
        discussion: """
            Examples:
              atles analyse 'describe(condition.ageAtDiagnosis)' --cohort 'modality = MR'
              atles analyse 'km(time, event ~ C(sex))' --let time=followUp.survivalDays \\
                    --let 'event=followUp.vitalStatus = dead'
              atles analyse 'cox(time, event ~ age + C(stage))' --cohort-file cohort.json --out results

            Names in the analysis are attributes of the model (`atles query --attributes`), or what --let says. Sites send \
            masked sums; the hub sees only the sum of all of them. Each site decides by its own rules whether it takes part.
            Exits with 0 when there is an outcome, with 3 when a site could not take part, with 1 when there is none.
            """)

    @Argument(help: "What to compute.")
    var analysis: String?

    @Flag(help: "List what can be computed, with the options of each.")
    var list = false

    @Option(help: ArgumentHelp("The hub's address.", valueName: "url"))
    var hub: String = ProcessInfo.processInfo.environment["ATLES_HUB"] ?? "http://127.0.0.1:8080"

    @Option(help: ArgumentHelp("Whom it is over; everybody, where it is missing.", valueName: "condition"))
    var cohort: String?

    @Option(help: ArgumentHelp("The same as a file in the query's JSON form.", valueName: "file"))
    var cohortFile: String?

    @Option(
        name: .customLong("let"),
        help: ArgumentHelp("A variable: an attribute, or a condition that becomes 1 or 0.", valueName: "name=meaning"))
    var definitions: [String] = []

    @Option(help: ArgumentHelp("Ask this site only; can be given several times.", valueName: "id"))
    var site: [String] = []

    @Option(help: "The fewest sites that must take part.")
    var minimumSites: Int = 2

    @Option(help: ArgumentHelp("How long each site may take for one exchange.", valueName: "seconds"))
    var patience: Double = 60

    @Option(help: ArgumentHelp("The access request whose permits allow it.", valueName: "id"))
    var request: String?

    @Option(help: "What for, in the words of the European Health Data Space (article 53).")
    var purpose: String = "scientific-research"

    @Option(help: ArgumentHelp("Look at this data set only; can be given several times.", valueName: "name"))
    var dataSet: [String] = []

    @Flag(help: "Without secure aggregation, where the computation and the sites allow it.")
    var unmasked = false

    @Option(help: ArgumentHelp("Write tables and pictures into this folder.", valueName: "folder"))
    var out: String?

    @Flag(help: "Print the run's record for programs.")
    var json = false

    func validate() throws {
        if analysis == nil, !list { throw ValidationError("Say what to compute; --list shows what there is.") }
        if cohort != nil, cohortFile != nil { throw ValidationError("Give one of --cohort and --cohort-file.") }
        for definition in definitions where !definition.contains("=") {
            throw ValidationError("--let takes name=meaning, such as --let time=followUp.survivalDays.")
        }
    }

    func run() async throws {
        guard !list, let analysis else {
            print(ComputationRegistry.synopses.joined(separator: "\n"))
            return
        }
        // Read here too, so that a slip is explained without a round to the hub.
        try await explained { _ = try Plan(text: analysis) }
        let run = try await explained {
            let body = try JSONSerialization.data(withJSONObject: try body(analysis))
            return try await HubClient(address: hub).run { client in
                let id = try await client.startRun(body)
                let progress = RunProgress(isShown: !json && Terminal.showsProgress)
                return try await client.followRun(id) { progress.show($0) }
            }
        }
        if let out { try await explained { try RunFiles.write(run, to: out) } }
        print(json ? try JSONOutput.text(run) : RunReport.text(run))
        if run.state != "done" { throw ExitCode(1) }
        if run.sites.contains(where: { $0.standing == "out" }) { throw ExitCode(3) }
    }

    private func body(_ analysis: String) throws -> [String: Any] {
        var request: [String: Any] = [
            "analysis": analysis, "masked": !unmasked, "minimumSites": minimumSites, "patience": patience,
            "purpose": purpose,
        ]
        if let cohort {
            do { _ = try CohortQuery(text: cohort) } catch {
                throw Refusal("the cohort cannot be read:\n\(error.caret(under: cohort))")
            }
            request["cohort"] = cohort
        }
        if let cohortFile {
            let bytes = try PosixFileSystem().read(cohortFile, limit: 1 << 20)
            _ = try CohortQuery(json: bytes)
            request["cohort"] = try JSONSerialization.jsonObject(with: Data(bytes))
        }
        var names: [String: String] = [:]
        for definition in definitions {
            let parts = definition.split(separator: "=", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard parts.count == 2, !parts[0].isEmpty else { throw Refusal("--let takes name=meaning") }
            names[parts[0]] = parts[1]
        }
        request["define"] = names
        if !site.isEmpty { request["sites"] = site }
        if let named = self.request { request["request"] = named }
        if !dataSet.isEmpty { request["dataSets"] = dataSet }
        return request
    }
}
