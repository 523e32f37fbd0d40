import Catalogue
import Curation
import Foundation
import Node
import Runtime
import TestSupport

/// A node's folder for one test, with what intakes need.
struct TestNode {
    let folder: NodeFolder
    private let place: TemporaryFolder

    init() {
        place = TemporaryFolder("node")
        folder = NodeFolder(place.path)
    }

    static var deidentifier: Deidentifier {
        get throws { Deidentifier(profile: .research, key: try PseudonymKey(Array(0..<32))) }
    }

    func index() throws -> Index { try Index.open(path: folder.index) }

    func store(_ files: any FileSystem = PosixFileSystem()) throws -> ObjectStore {
        try ObjectStore(folder: folder.store, files: files)
    }

    func intake(
        files: any FileSystem = PosixFileSystem(), deidentifier: Deidentifier? = nil,
        options: IntakeOptions = IntakeOptions(workers: 2, batchObjects: 4)
    ) throws -> Intake {
        Intake(
            folder: folder, files: files, store: try store(files), index: try index(),
            deidentifier: try deidentifier ?? Self.deidentifier, options: options)
    }

    @discardableResult
    func ingest(
        _ paths: [String], files: any FileSystem = PosixFileSystem(), deidentifier: Deidentifier? = nil,
        options: IntakeOptions = IntakeOptions(workers: 2, batchObjects: 4)
    ) async throws -> IntakeSummary {
        try await intake(files: files, deidentifier: deidentifier, options: options).run(paths: paths)
    }

    /// Every object's bytes, by digest.
    func objects() throws -> [String: [UInt8]] {
        let store = try store()
        var objects: [String: [UInt8]] = [:]
        for digest in try store.digests() {
            objects[digest] = try PosixFileSystem().read(store.path(of: digest), limit: 1 << 24)
        }
        return objects
    }

    /// Files that are written but not named yet.
    func staged() throws -> [String] {
        try PosixFileSystem().list(folder.store + "/staging")
    }

    func quarantineFiles() throws -> [String] {
        try PosixFileSystem().list(folder.quarantine)
    }
}

extension [UInt8] {
    /// Whether the bytes of a text are anywhere in these.
    func holds(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
