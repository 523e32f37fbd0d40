/// The kinds of file that can leave a site, and how their content is told from what only says that it is one.
public enum FileType: String, Sendable, Codable, CaseIterable {
    case json
    case csv
    case text
    /// Named arrays of numbers and nothing else: no code can hide in it, unlike in a pickle.
    case safetensors

    /// Beginnings of files that must not leave under any of these names: images, archives, programs, documents.
    private static let foreign: [[UInt8]] = [
        [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x50, 0x4B, 0x03, 0x04], [0x1F, 0x8B], [0x80, 0x02],
        [0x80, 0x03],
        [0x80, 0x04], [0x80, 0x05], [0x7F, 0x45, 0x4C, 0x46], [0x25, 0x50, 0x44, 0x46], [0x93, 0x4E, 0x55, 0x4D],
        [0x89, 0x48, 0x44, 0x46], [0x42, 0x5A, 0x68], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58],
    ]
    /// The mark of a DICOM file, at byte 128.
    private static let dicom: [UInt8] = Array("DICM".utf8)
    private static let zero: UInt8 = 0

    /// Whether the content is of this kind.
    public func describes(_ content: [UInt8]) -> Bool {
        guard !Self.foreign.contains(where: { content.starts(with: $0) }) else { return false }
        guard !content.dropFirst(128).starts(with: Self.dicom) else { return false }
        switch self {
        case .safetensors: return Self.isSafetensors(content)
        case .json:
            guard let first = content.first(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }) else { return false }
            return Self.isText(content) && (first == UInt8(ascii: "{") || first == UInt8(ascii: "["))
        case .csv, .text: return Self.isText(content)
        }
    }

    private static func isText(_ content: [UInt8]) -> Bool {
        !content.contains(zero) && String(validating: content, as: UTF8.self) != nil
    }

    /// Eight bytes with the length of the header, the least first; then the header, which is a JSON object.
    private static func isSafetensors(_ content: [UInt8]) -> Bool {
        guard content.count >= 10 else { return false }
        var length: UInt64 = 0
        for byte in content.prefix(8).reversed() { length = length << 8 | UInt64(byte) }
        guard length >= 2, length <= UInt64(content.count - 8), length <= 100_000_000 else { return false }
        let header = content.dropFirst(8).prefix(Int(length))
        return header.first == UInt8(ascii: "{") && String(validating: header, as: UTF8.self) != nil
    }
}
