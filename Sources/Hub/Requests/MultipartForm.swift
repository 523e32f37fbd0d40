import NIOCore

/// A form with files, as browsers send it (RFC 7578). The body has been read already, and is bounded by the route's rule.
struct MultipartForm: Sendable {
    struct File: Sendable, Equatable {
        var field: String
        var name: String
        var bytes: [UInt8]
    }

    private(set) var fields: [(name: String, value: String)] = []
    private(set) var files: [File] = []

    /// Parts of one form; a bomb of tiny ones is refused.
    static let mostParts = 600
    static let largestHeader = 4_096

    /// Nil where the body is not such a form.
    init?(contentType: String, body: ByteBuffer) {
        guard let boundary = Self.boundary(contentType) else { return nil }
        let bytes = Array(body.readableBytesView)
        let mark = Array("--\(boundary)".utf8)
        guard bytes.starts(with: mark) else { return nil }
        var position = mark.count
        let inner = Array("\r\n--\(boundary)".utf8)
        while true {
            // After a boundary: the end, or a line's end and another part.
            if bytes[safe: position] == UInt8(ascii: "-"), bytes[safe: position + 1] == UInt8(ascii: "-") { return }
            guard bytes[safe: position] == 13, bytes[safe: position + 1] == 10 else { return nil }
            position += 2
            guard let end = Self.find(inner, in: bytes, from: position), fields.count + files.count < Self.mostParts,
                take(bytes[position..<end])
            else { return nil }
            position = end + inner.count
        }
    }

    func text(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }
    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    private mutating func take(_ part: ArraySlice<UInt8>) -> Bool {
        let gap = Array("\r\n\r\n".utf8)
        let head = Array(part.prefix(Self.largestHeader))
        guard let end = Self.find(gap, in: head, from: 0),
            let header = String(validating: head[..<end], as: UTF8.self)
        else { return false }
        let line = header.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition: form-data") }
        guard let line, let name = Self.parameter("name", of: line) else { return false }
        let content = part.dropFirst(end + gap.count)
        if let file = Self.parameter("filename", of: line) {
            // A file's field that was left empty comes as a file without a name.
            if !file.isEmpty || !content.isEmpty { files.append(File(field: name, name: file, bytes: Array(content))) }
            return true
        }
        guard let value = String(validating: content, as: UTF8.self) else { return false }
        fields.append((name, value))
        return true
    }

    private static func boundary(_ contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.filter { $0 != " " } }
        guard parts.first?.lowercased() == "multipart/form-data",
            let part = parts.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let boundary = part.dropFirst("boundary=".count).filter { $0 != "\"" }
        return (1...70).contains(boundary.utf8.count) ? String(boundary) : nil
    }

    /// `name="value"`, in which browsers write a quotation mark as `%22`.
    private static func parameter(_ name: String, of line: Substring) -> String? {
        guard let start = line.firstRange(of: "; \(name)=\"")?.upperBound else { return nil }
        return String(line[start...].prefix { $0 != "\"" })
    }

    private static func find(_ mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = mark.first, mark.count <= bytes.count else { return nil }
        var position = start
        while position <= bytes.count - mark.count {
            guard let next = bytes[position...].firstIndex(of: first), next <= bytes.count - mark.count else {
                return nil
            }
            if bytes[next..<next + mark.count].elementsEqual(mark) { return next }
            position = next + 1
        }
        return nil
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
