import ArgumentParser
import Glibc

/// Where the program begins.
@main
struct Main {
    static func main() async {
        // What a hub and a node write is theirs alone, on a machine with other users too.
        umask(0o077)
        SingleThreadedReading.ensure()
        await Atles.main()
    }
}

/// Tesseract's own threads are in each other's way where objects are read side by side: four threads for a line of text
/// spend most of their time waiting for each other. How many there may be is read from the environment before a program
/// begins, so the program begins again with it.
private enum SingleThreadedReading {
    private static let variable = "OMP_THREAD_LIMIT"

    static func ensure() {
        let command = CommandLine.arguments.dropFirst().first
        guard command == "deidentify" || command == "node", getenv(variable) == nil else { return }
        setenv(variable, "1", 1)
        // Returns only where it fails; then the program goes on, slower.
        execv("/proc/self/exe", CommandLine.unsafeArgv)
    }
}

/// The one command of Atles. Everything it does is in the libraries; here are only the words.
struct Atles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "atles",
        abstract: "A federation of cancer images: hospitals keep them at home, researchers study them together.",
        discussion: """
            A hospital runs a node: `atles node`. The federation runs a hub: `atles hub`. A researcher asks the hub, on \
            its web page or with `atles query`, and gets counts that every hospital computed and protected by itself.
            """,
        version: "0.1.0",
        subcommands: [
            NodeCommand.self, HubCommand.self, QueryCommand.self, LoginCommand.self, LogoutCommand.self,
            DeidentifyCommand.self, DICOMCommand.self,
            AuditCommand.self, AnalyseCommand.self, RunsCommand.self,
        ])
}
