import ArgumentParser

/// `atles dicom …`: looking at DICOM files.
struct DICOMCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dicom",
        abstract: "Look at DICOM files: list what is in them, check folders of them, write them anew.",
        subcommands: [DumpCommand.self, CheckCommand.self, ConvertCommand.self])
}
