import ArgumentParser
import Curation
import Node

/// `atles deidentify verify FOLDER`.
struct DeidentifyVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks a folder against its signed manifest.",
        discussion: """
            For whoever receives the output of `atles deidentify`: that every object is there, that none was changed and \
            none was added, and that the site whose key is given has signed it. Ask the site for its public key by \
            another way than the folder came. Exits with 0 when all is in order, with 3 when not.
            """)

    @Argument(help: "The folder, with manifest.jsonl in it.")
    var folder: String

    @Option(
        help: ArgumentHelp(
            "The site's public key: 64 hexadecimal digits, as its run printed them.", valueName: "digits"))
    var publicKey: String?

    @Option(help: ArgumentHelp("The site's own pseudonym key, for the site itself.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the result for programs.")
    var json = false

    func validate() throws {
        guard (publicKey == nil) != (key == nil) else { throw ValidationError("Give either --public-key or --key.") }
    }

    func run() async throws {
        let outcome = try await explained {
            let digits = try publicKey ?? ManifestKey(pseudonyms: Pseudonymizer(key: KeyFile.read(key ?? ""))).publicKey
            return try ManifestCheck.run(folder: folder, publicKey: digits)
        }
        if json {
            print(try JSONOutput.text(outcome))
        } else if outcome.isInOrder {
            print(
                "All is in order: \(outcome.objects) objects, profile \(outcome.profile), signed \(outcome.finished).")
        } else {
            print("\(outcome.objects) objects are in the manifest. Not in order:")
            for (what, paths) in [
                ("missing", outcome.missing), ("changed", outcome.changed), ("not in the manifest", outcome.extra),
            ] {
                for path in paths.prefix(20) { print("  \(what): \(Terminal.plain(path))") }
                if paths.count > 20 { print("  … and \(paths.count - 20) more \(what)") }
            }
        }
        if !outcome.isInOrder { throw ExitCode(3) }
    }
}
