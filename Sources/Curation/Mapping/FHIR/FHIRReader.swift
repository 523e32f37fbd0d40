import DICOM

/// Reads resources one after the other, with memory for one: of a Bundle (its entries), of NDJSON (its lines), or the single
/// resource of a file.
struct FHIRReader {
    /// Bytes of one resource.
    static let largestResource = 16 << 20
    /// Lists and objects inside each other.
    static let depth = 64

    private var input: ByteStream
    private var state = State.start
    /// The number of the resource that was given last, from 1.
    private(set) var number = 0

    private enum State { case start, inEntries, betweenLines, end }

    /// One resource, and the address that the Bundle gives it.
    struct Entry {
        var resource: FHIRNode
        var fullURL: String?
    }

    init(_ source: any ByteSource) { input = ByteStream(source) }

    /// The next resource; nil after the last.
    mutating func next() throws(TableError) -> Entry? {
        while true {
            switch state {
            case .start:
                try input.skipMark()
                guard try input.skipSpace() != nil else { throw error("the file is empty") }
                if try enterBundle() {
                    state = .inEntries
                } else {
                    state = .betweenLines
                }
            case .inEntries:
                guard let byte = try input.skipSpace() else { throw error("the Bundle is cut off; export it again") }
                if byte == UInt8(ascii: "]") {
                    state = .end
                    continue
                }
                if byte == UInt8(ascii: ",") {
                    input.advance()
                    continue
                }
                let node = try value()
                number += 1
                guard let resource = node["resource"] else { continue }
                return Entry(resource: resource, fullURL: node["fullUrl"]?.text)
            case .betweenLines:
                guard try input.skipSpace() != nil else {
                    state = .end
                    continue
                }
                let node = try value()
                number += 1
                return Entry(resource: node)
            case .end: return nil
            }
        }
    }

    private func error(_ message: String) -> TableError { TableError(.form, row: max(number, 1), message) }

    private mutating func value() throws(TableError) -> FHIRNode {
        input.startCounting()
        do {
            return try FHIRValueReader.value(&input, depth: 0)
        } catch {
            throw TableError(error.code, row: number + 1, error.message)
        }
    }

    /// Whether the document is a Bundle: then the reader stands at its first entry. Members before `entry` are passed over.
    private mutating func enterBundle() throws(TableError) -> Bool {
        guard try input.peek() == UInt8(ascii: "{") else {
            throw error("it is no JSON of FHIR: it should begin with {")
        }
        // A Bundle says so near its beginning; NDJSON lines begin in the same way and may hold the word in a text.
        let head = try input.ahead(4_096)
        guard let type = Self.topType(head), type == "Bundle" else { return false }
        input.advance()
        while let byte = try input.skipSpace() {
            if byte == UInt8(ascii: ",") {
                input.advance()
                continue
            }
            guard byte == UInt8(ascii: "\"") else { return try endWithoutEntries() }
            input.startCounting()
            guard case .string(let name) = try FHIRValueReader.value(&input, depth: 0) else { break }
            guard try input.skipSpace() == UInt8(ascii: ":") else { throw error("a colon is missing after “\(name)”") }
            input.advance()
            if name == "entry" {
                guard try input.skipSpace() == UInt8(ascii: "[") else { throw error("`entry` is no list") }
                input.advance()
                return true
            }
            _ = try value()
        }
        throw error("the Bundle is cut off; export it again")
    }

    private mutating func endWithoutEntries() throws(TableError) -> Bool {
        guard try input.peek() == UInt8(ascii: "}") else { throw error("the Bundle is no JSON") }
        state = .end
        throw error("the Bundle has no entries; export it again")
    }

    /// The `resourceType` among the first members of the first object, without looking into what is inside them.
    private static func topType(_ head: [UInt8]) -> String? {
        guard let start = String(decoding: head, as: UTF8.self).firstRange(of: "\"resourceType\"") else { return nil }
        let rest = String(decoding: head, as: UTF8.self)[start.upperBound...]
        let quoted = rest.drop { $0 == ":" || $0.isWhitespace }
        guard quoted.first == "\"" else { return nil }
        return String(quoted.dropFirst().prefix { $0 != "\"" })
    }
}
