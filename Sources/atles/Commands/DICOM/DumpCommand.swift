import ArgumentParser
import DICOM
import Node
import Runtime

/// `atles dicom dump FILE`.
struct DumpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "List what is in a DICOM file, patients' values too.",
        discussion: """
            Pixel data is not read unless --pixel-data asks for it. A file that is cut off is listed as far as it goes; \
            what is wrong with it follows on standard error, and the exit code is 1.
            """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Flag(name: .long, help: "Print DICOM JSON (PS3.18 annex F) in place of the listing.")
    var json = false

    @Flag(name: .long, help: "Read the pixel data too: in JSON it becomes InlineBinary.")
    var pixelData = false

    func run() throws {
        let source = try FileSource(path: file)
        var limits = Limits.standard
        limits.acceptsTruncatedDataSets = true
        let content: DICOMFile
        do {
            content =
                pixelData
                ? try DICOMFile.read(try source.all(), limits: limits)
                : try DICOMFile.readHeader(source, limits: limits)
        } catch let error as DICOMError {
            throw Refusal("\(file): \(error.message)")
        }
        if json {
            StandardOutput.write(DICOMJSON.encode(content.dataSet) + [0x0A])
        } else {
            StandardOutput.write(Array(listing(content).utf8))
        }
        for warning in content.warnings { Terminal.note("\(file): \(warning.message)") }
        if content.warningCount > content.warnings.count {
            Terminal.note("\(file): \(content.warningCount - content.warnings.count) more warnings")
        }
        if content.isTruncated { throw ExitCode.failure }
    }

    private func listing(_ content: DICOMFile) -> String {
        let lines = Listing()
        var text = lines.text(content.meta) + "# \(content.transferSyntax)\n" + lines.text(content.dataSet)
        if let pixels = content.pixelData {
            switch pixels.length {
            case .bytes(let count):
                text += "\(pixels.tag) \(pixels.vr) \(pixels.tag.keyword ?? "")  \(count) bytes, not read\n"
            case .undefined: text += "\(pixels.tag) \(pixels.vr) \(pixels.tag.keyword ?? "")  compressed, not read\n"
            }
        }
        return text
    }
}
