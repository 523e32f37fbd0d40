public import DICOM

/// A file that is mapped, by its name.
public struct MappingInput: Sendable {
    /// Without its folder: what a mapping's `file` is compared with, and what messages call it.
    public let name: String
    public let source: any ByteSource

    public init(name: String, source: any ByteSource) {
        self.name = name
        self.source = source
    }

    /// Whether a name of a mapping means this file: letters' case does not matter, and one `*` stands for anything.
    func isNamed(_ pattern: String) -> Bool {
        let (name, pattern) = (name.lowercased(), pattern.lowercased())
        guard let star = pattern.firstIndex(of: "*") else { return name == pattern }
        let (head, tail) = (pattern[..<star], pattern[star...].dropFirst())
        return name.utf8.count >= head.utf8.count + tail.utf8.count && name.hasPrefix(head) && name.hasSuffix(tail)
    }
}
