import Foundation

/// A fresh folder for one test, removed when the last reference to it goes.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init(_ name: String = "atles") {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString)").path
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of `name` inside the folder.
    public func file(_ name: String) -> String { path + "/" + name }
}
