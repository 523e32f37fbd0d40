import Crypto
import Governance
import Runtime

/// Files that people added to requests, each under the name of its content. Nothing of them is read or shown here: they are
/// handed out again as they came, for download.
struct AttachmentShelf: Sendable {
    let folder: String
    let files: any FileSystem

    /// Keeps a file durably and says how it is called; twice the same content is one file.
    func put(_ file: MultipartForm.File) throws -> Attachment {
        guard !file.bytes.isEmpty, file.bytes.count <= RequestLimits.attachmentBytes else {
            throw RequestError.invalid(
                "\(Self.shortened(file.name)) is empty, or larger than \(RequestLimits.attachmentBytes >> 20) MiB.")
        }
        guard let kind = Self.kinds[Self.ending(file.name)], file.bytes.starts(with: kind) else {
            let known = Self.kinds.keys.sorted().joined(separator: ", ")
            throw RequestError.invalid(
                "\(Self.shortened(file.name)) is not a file that can be added, or not what its name says. Known are \(known)."
            )
        }
        let digest = Hex.text(SHA256.hash(data: file.bytes))
        let path = path(digest)
        if try !files.exists(path) {
            try files.createDirectory(FilePath.parent(path), mode: 0o700)
            try files.writeAtomically(file.bytes, to: path, mode: 0o600)
        }
        return Attachment(digest: digest, name: Self.shortened(file.name), size: file.bytes.count)
    }

    func bytes(_ attachment: Attachment) throws -> [UInt8] {
        // A digest comes from our own events, and is a name of 64 digits.
        guard let digest = Hex.bytes(attachment.digest), digest.count == 32 else { throw RequestError.unknown }
        return try files.read(path(Hex.text(digest)), limit: RequestLimits.attachmentBytes)
    }

    private func path(_ digest: String) -> String {
        FilePath.join(FilePath.join(folder, String(digest.prefix(2))), digest)
    }

    /// What can be added, and the bytes that it begins with. Documents and pictures: no program, no page, no archive.
    private static let kinds: [String: [UInt8]] = [
        "pdf": Array("%PDF-".utf8), "png": [0x89, 0x50, 0x4E, 0x47], "jpg": [0xFF, 0xD8, 0xFF],
        "jpeg": [0xFF, 0xD8, 0xFF], "txt": [], "csv": [], "docx": [0x50, 0x4B, 0x03, 0x04],
        "odt": [0x50, 0x4B, 0x03, 0x04],
    ]

    private static func ending(_ name: String) -> String {
        name.split(separator: ".").count > 1 ? name.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
    }

    /// The name without a folder and without what does not print.
    static func shortened(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let printable = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            default: scalar != "\""
            }
        }
        return printable.isEmpty ? "file" : String(String.UnicodeScalarView(printable.suffix(120)))
    }
}
