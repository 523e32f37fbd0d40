public import Curation
import DICOM
public import Runtime

/// The files that a mapping is to read: some, or all of a folder.
public struct MappingFiles: Sendable {
    private var opened: [(name: String, source: FileSource)] = []

    /// Files of other kinds lie in folders of exports, too; they are not opened.
    private static let endings = [".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl"]
    private static let most = 10_000

    /// - Parameter paths: files, and folders of which each file with a fitting ending is taken.
    public init(_ paths: [String], files: any FileSystem = PosixFileSystem()) throws {
        for path in paths {
            guard try files.attributes(FilePath.join(path, "."))?.kind == .directory else {
                opened.append((FilePath.name(path), try FileSource(path: path, files: files)))
                continue
            }
            for name in try files.list(path) where Self.endings.contains(where: name.lowercased().hasSuffix) {
                guard opened.count < Self.most else { throw NodeMappingError.tooManyFiles(path, Self.most) }
                opened.append((name, try FileSource(path: FilePath.join(path, name), files: files)))
            }
        }
    }

    public var inputs: [MappingInput] { opened.map { MappingInput(name: $0.name, source: $0.source) } }

    public func close() { for one in opened { one.source.close() } }
}

extension FactMapping {
    /// Reads a mapping file.
    public static func read(_ path: String, files: any FileSystem = PosixFileSystem()) throws -> FactMapping {
        let bytes = try files.read(path, limit: FactMapping.largestFile)
        guard let yaml = String(validating: bytes, as: UTF8.self) else {
            throw NodeMappingError.mapping(path: path, "it is not in UTF-8; save it as UTF-8")
        }
        do {
            return try FactMapping(yaml: yaml)
        } catch {
            throw NodeMappingError.mapping(path: path, "\(error)")
        }
    }
}
