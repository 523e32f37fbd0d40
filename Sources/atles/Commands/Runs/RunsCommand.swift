import ArgumentParser
import Foundation
import Hub

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "Lists, shows, follows and cancels analyses of a federation.",
        subcommands: [RunsList.self, RunsShow.self, RunsFollow.self, RunsCancel.self])
}

/// The address of the hub, the same for all.
struct HubOption: ParsableArguments {
    @Option(help: ArgumentHelp("The hub's address.", valueName: "url"))
    var hub: String = ProcessInfo.processInfo.environment["ATLES_HUB"] ?? "http://127.0.0.1:8080"

    @Flag(help: "Print it for programs.")
    var json = false
}

struct RunsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The latest analyses.")
    @OptionGroup var options: HubOption

    func run() async throws {
        let runs = try await explained {
            try await HubClient(address: options.hub).run { try await $0.runs() }
        }
        if options.json { return print(try JSONOutput.text(runs)) }
        if runs.isEmpty { return print("No analysis has been asked for yet.") }
        var table = Table([
            ("run", .left), ("state", .left), ("rounds", .right), ("sites", .right), ("analysis", .left),
        ])
        for run in runs {
            table.add([run.id, run.state, "\(run.round)", "\(run.sites)", run.title])
        }
        print(table.text)
    }
}

struct RunsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "An analysis: its sites, rounds and outcome.")
    @OptionGroup var options: HubOption
    @Argument(help: "The run's id.") var id: String

    func run() async throws {
        let run = try await explained { try await HubClient(address: options.hub).run { try await $0.runDocument(id) } }
        print(options.json ? try JSONOutput.text(run) : RunReport.text(run))
    }
}

struct RunsFollow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Watches an analysis until it is over, then shows it.")
    @OptionGroup var options: HubOption
    @Argument(help: "The run's id.") var id: String

    func run() async throws {
        let run = try await explained {
            try await HubClient(address: options.hub).run { client in
                let progress = RunProgress(isShown: !options.json && Terminal.showsProgress)
                return try await client.followRun(id) { progress.show($0) }
            }
        }
        print(options.json ? try JSONOutput.text(run) : RunReport.text(run))
        if run.state != "done" { throw ExitCode(1) }
    }
}

struct RunsCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ends an analysis before its time.")
    @OptionGroup var options: HubOption
    @Argument(help: "The run's id.") var id: String

    func run() async throws {
        try await explained { try await HubClient(address: options.hub).run { try await $0.cancelRun(id) } }
        print("The analysis is cancelled.")
    }
}
