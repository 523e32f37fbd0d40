public import Curation
import DICOM
import FoundationEssentials
import Runtime
import Synchronization

/// What was done with each attribute of each object, a line of JSON an object, and the sums of it: attributes and actions,
/// never a value.
final class RecordFile: Sendable {
    private struct State {
        var sums: [ActionSum.Key: Int] = [:]
    }

    private struct Line: Encodable {
        /// The new SOP Instance UID.
        let object: String
        /// Paths of attributes by action.
        let actions: [String: [String]]
    }

    private let file: (any WritableFile)?
    private let state = Mutex(State())

    /// - Parameter path: where the lines go; nil: only the sums are kept.
    init(_ path: String?, files: any FileSystem) throws(FileError) {
        if let path { file = try files.openForAppending(path, mode: 0o600) } else { file = nil }
    }

    /// Adds an object that was released.
    func add(_ record: [ActionRecord], of instance: String) throws {
        try state.withLock { state in
            for action in record {
                state.sums[ActionSum.Key(tag: action.tag, action: action.action), default: 0] += 1
            }
            guard let file else { return }
            let actions = Dictionary(grouping: record) { $0.action.rawValue }.mapValues { $0.map(\.path) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            let bytes = Array(try encoder.encode(Line(object: instance, actions: actions))) + [UInt8(ascii: "\n")]
            try file.write(bytes[...])
        }
    }

    func close() throws(FileError) -> [ActionSum] {
        try file?.sync()
        try file?.close()
        return state.withLock { state in
            state.sums.map { ActionSum(tag: "\($0.key.tag)", action: $0.key.action, count: $0.value) }
                .sorted { ($0.tag, $0.action.rawValue) < ($1.tag, $1.action.rawValue) }
        }
    }
}

/// How often something was done with an attribute.
public struct ActionSum: Sendable, Codable, Equatable {
    struct Key: Hashable {
        let tag: Tag
        let action: ActionRecord.Action
    }

    /// "(0010,0010)".
    public let tag: String
    public let action: ActionRecord.Action
    public let count: Int
}
