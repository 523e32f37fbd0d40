import Foundation
import Testing

/// Small codestreams by other encoders: Tests/Interop/frames/codestreams.json and the script beside it.
struct Codestreams: Decodable {
    struct Row: Decodable, Sendable, CustomTestStringConvertible {
        let syntax: String
        let bits, samples, width, height: Int
        let note: String
        let crc32: UInt32
        let codestream: Data

        var testDescription: String { "\(syntax), \(bits) bits × \(samples), \(note)" }
    }

    let codestreams: [Row]

    static let all: [Row] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Interop/frames/codestreams.json")
        guard let data = try? Data(contentsOf: file),
            let found = try? JSONDecoder().decode(Codestreams.self, from: data)
        else { return [] }
        return found.codestreams
    }()
}
