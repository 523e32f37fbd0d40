import Foundation
import TestSupport
import Testing

/// What other programs decode from public sample images: Tests/Interop/frames/references.json and the script beside it.
struct References: Decodable {
    struct Row: Decodable, Sendable, CustomTestStringConvertible {
        /// Below the folder that Python packages are installed in.
        let file: String
        let frame: Int
        let syntax: String
        /// Of all pixels, or the values at some places.
        let crc32: UInt32?
        let places: [Int]?
        let values: [Int]?

        var testDescription: String { "\(file) [\(frame)]" }
        /// The file's bytes; nil where the package is not installed.
        var bytes: [UInt8]? { References.bytes(file) }
    }

    let frames: [Row]

    static let all: [Row] = {
        guard
            let data = try? Data(
                contentsOf: root.appending(path: "Tests/Interop/frames/references.json")),
            let references = try? JSONDecoder().decode(References.self, from: data)
        else { return [] }
        return references.frames
    }()

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func bytes(_ file: String) -> [UInt8]? { InstalledPackages.data(file).map { [UInt8]($0) } }

    /// Whether the samples are there at all.
    static var areInstalled: Bool { bytes("pydicom/data/test_files/CT_small.dcm") != nil }
}

/// CRC-32, as PNG and zip files have it (ISO 3309).
func crc32(_ bytes: [UInt8]) -> UInt32 {
    let table: [UInt32] = (0..<256).map { (byte: UInt32) -> UInt32 in
        var value = byte
        for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
        return value
    }
    var sum = UInt32.max
    for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8) }
    return ~sum
}
