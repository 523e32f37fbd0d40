import ArgumentParser
import DICOM
import Node
import Runtime

/// `atles dicom convert IN OUT`.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Read a DICOM file and write it anew, in order and with a clean preamble.",
        discussion: """
            The data set is the same; how it is laid down may change. Compressed pixel data stays as it is: it can be \
            written in its own transfer syntax only.
            """)

    @Argument(help: "The file to read.", completion: .file())
    var input: String

    @Argument(help: "The file to write. Replaces one that is there.", completion: .file())
    var output: String

    @Option(
        name: .long,
        help: "implicit, explicit, big-endian, deflated, or a UID. Without it, the one that the file has.")
    var transferSyntax: String?

    func run() throws {
        let files = PosixFileSystem()
        do {
            let file = try DICOMFile.read(try FileSource(path: input).all())
            let syntax = transferSyntax.map(named) ?? file.transferSyntax
            guard transferSyntax == nil || syntax.isKnown else {
                throw Refusal(
                    "\(Terminal.plain(transferSyntax ?? "")) is no transfer syntax that is known: give implicit, explicit, big-endian, deflated, or a UID of the standard"
                )
            }
            let bytes = try DICOMWriter.file(meta: file.meta, dataSet: file.dataSet, transferSyntax: syntax)
            try files.writeAtomically(bytes, to: output, mode: 0o644)
        } catch let error as DICOMError {
            throw Refusal("\(input): \(error.message)")
        }
    }

    private func named(_ name: String) -> TransferSyntax {
        switch name {
        case "implicit": .implicitLittleEndian
        case "explicit": .explicitLittleEndian
        case "big-endian": .explicitBigEndian
        case "deflated": .deflatedExplicitLittleEndian
        default: TransferSyntax(uid: name)
        }
    }
}
