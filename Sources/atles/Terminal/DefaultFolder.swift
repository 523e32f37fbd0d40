import Foundation

/// Where a hub and a node live unless --folder says otherwise.
enum DefaultFolder {
    static let hub = inHome("hub")
    static let node = inHome("node")

    private static func inHome(_ name: String) -> String {
        let home = ProcessInfo.processInfo.environment["HOME"] ?? "."
        return home + "/.atles/" + name
    }
}
