/// Writes a manifest line by line, as the objects are written.
///
/// The lines of a batch that was interrupted can be continued: read them with ``ManifestReader`` and give its progress.
public struct ManifestWriter {
    /// Takes one line with its line feed.
    public typealias Sink = (ArraySlice<UInt8>) throws -> Void

    private var progress: ManifestProgress
    private let sink: Sink

    /// Begins a manifest; the heading is written at once.
    public init(_ heading: BatchManifest.Heading, to sink: @escaping Sink) throws {
        self.sink = sink
        progress = ManifestProgress()
        var line = ManifestLine(previous: progress.lastHash)
        line.format = ManifestLine.format
        line.heading = heading
        try append(line)
    }

    /// Goes on behind the last whole line of a manifest that was not closed.
    public init(continuing progress: ManifestProgress, to sink: @escaping Sink) throws(ManifestError) {
        guard progress.heading != nil, !progress.isClosed else {
            throw ManifestError(
                .cannotWrite, "this manifest \(progress.isClosed ? "is closed" : "has no heading"); begin a new one")
        }
        self.progress = progress
        self.sink = sink
    }

    public mutating func append(_ entry: BatchManifest.Entry) throws {
        var line = ManifestLine(previous: progress.lastHash)
        line.object = entry
        try append(line)
        progress.sums.count(entry)
    }

    /// Writes the sums and the signature. Nothing can be appended after it.
    ///
    /// - Parameters:
    ///   - heldBack: objects that did not leave, by reason.
    ///   - finished: ISO 8601 in UTC.
    public mutating func close(heldBack: [String: Int] = [:], finished: String, key: ManifestKey) throws {
        var sums = progress.sums
        sums.heldBack = heldBack
        sums.finished = finished
        var closing = ManifestLine(previous: progress.lastHash)
        closing.closing = sums
        try append(closing)
        var signature = ManifestLine(previous: progress.lastHash)
        signature.signature = try key.sign(progress.lastHash)
        try append(signature)
        progress.isClosed = true
    }

    private mutating func append(_ line: ManifestLine) throws {
        guard !progress.isClosed else {
            throw ManifestError(
                .cannotWrite, "the manifest is closed; objects that come later need a batch of their own")
        }
        let bytes = try line.encoded()
        try sink((bytes + [UInt8(ascii: "\n")])[...])
        progress.lastHash = ManifestLine.hash(bytes)
        progress.lines += 1
    }
}

/// How far a manifest has come.
public struct ManifestProgress: Sendable, Equatable {
    public internal(set) var heading: BatchManifest.Heading?
    public internal(set) var lines = 0
    /// Bytes of the whole lines: what comes after them was torn off in writing, and is to be cut away before going on.
    public internal(set) var bytes = 0
    public internal(set) var sums = BatchManifest.Closing()
    /// Whether closing and signature are there.
    public internal(set) var isClosed = false
    var lastHash = ManifestLine.hashOfNothing
}
