import ArgumentParser
import Curation
import Runtime

/// `atles deidentify key FILE`.
struct DeidentifyKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Makes a new pseudonym key.",
        discussion: """
            All pseudonyms, new UIDs and date shifts come from this key: keep it as long as the data set may grow, in two \
            safe places, and apart from the data. Whoever has it can tell whether a known patient is in the data set.
            """)

    @Argument(help: "The file to make. An existing file is never written over.")
    var file: String

    func run() async throws {
        try await explained {
            let files = PosixFileSystem()
            guard try !files.exists(file) else {
                throw Refusal(
                    "there is a file at \(file) already; a key that is in use must not be lost: choose another name")
            }
            try SecretFile.write(RandomSource.system.bytes(PseudonymKey.length), to: file, in: files)
            print(
                "The key is in \(file), readable by you alone. Make a copy of it now, and keep it apart from the data.")
        }
    }
}
