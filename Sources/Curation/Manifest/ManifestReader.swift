import FoundationEssentials

/// Reads and checks a manifest, piece by piece, whatever its length.
public struct ManifestReader {
    public private(set) var progress = ManifestProgress()
    /// The beginning of a line whose end has not come yet.
    private var rest: [UInt8] = []
    private var closingHash: String?

    public init() {}

    /// Takes the next bytes. Each object whose line is whole and in its place is handed on: to look whether it is there, and
    /// whether its bytes are those that were written (``BatchManifest/Entry/check(_:)``).
    public mutating func read(
        _ bytes: some Sequence<UInt8>, each: (BatchManifest.Entry) throws -> Void = { _ in }
    ) throws {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                try take(rest, each)
                rest.removeAll(keepingCapacity: true)
            } else {
                guard rest.count < ManifestLine.longest else {
                    throw ManifestError(
                        .unreadable, line: progress.lines + 1, "the line is too long for one of a manifest")
                }
                rest.append(byte)
            }
        }
    }

    /// The end has come: the sums and the signature are there, and the signature is that of the key.
    ///
    /// - Parameter publicKey: of the site, 64 hexadecimal digits, from elsewhere than from the manifest.
    @discardableResult
    public func finish(publicKey: String) throws(ManifestError) -> ManifestProgress {
        guard progress.isClosed, rest.isEmpty, let closingHash, let signature else {
            throw ManifestError(
                .unfinished, line: progress.lines + 1,
                "the manifest ends here, without its signature; it was cut off, the batch was not finished, or its risk gate was shut"
            )
        }
        guard ManifestKey.isValid(signature, of: closingHash, by: publicKey.lowercased()) else {
            throw ManifestError(
                .badSignature,
                "the signature is not that of this key; ask the site for its key, and do not use the objects until it fits"
            )
        }
        return progress
    }

    private var signature: String?

    private mutating func take(_ line: [UInt8], _ each: (BatchManifest.Entry) throws -> Void) throws {
        let number = progress.lines + 1
        guard let parsed = try? JSONDecoder().decode(ManifestLine.self, from: Data(line)) else {
            throw ManifestError(
                .unreadable, line: number, "this is no line of a manifest; the file is damaged or another")
        }
        guard !progress.isClosed, parsed.previous == progress.lastHash else {
            throw ManifestError(
                .broken, line: number,
                progress.isClosed
                    ? "there is something behind the signature, which was added later"
                    : "the line before it was altered, or a line was removed, added or moved here")
        }
        // Another way to write the same content would be another line: only ours is taken.
        guard (try? parsed.encoded()) == line else {
            throw ManifestError(.broken, line: number, "the line was written again by something else")
        }
        switch (parsed.heading, parsed.object, parsed.closing, parsed.signature) {
        case (let heading?, nil, nil, nil) where number == 1 && parsed.format == ManifestLine.format:
            progress.heading = heading
        case (nil, let object?, nil, nil) where number > 1 && closingHash == nil:
            progress.sums.count(object)
            try each(object)
        case (nil, nil, let closing?, nil) where number > 1 && closingHash == nil:
            try check(closing, number)
            closingHash = ManifestLine.hash(line)
            progress.sums = closing
        case (nil, nil, nil, let signature?) where closingHash == progress.lastHash:
            self.signature = signature
            progress.isClosed = true
        default:
            throw ManifestError(
                .broken, line: number, "the line does not belong here: heading, objects, sums, signature")
        }
        progress.lastHash = ManifestLine.hash(line)
        progress.lines = number
        progress.bytes += line.count + 1
    }

    private func check(_ closing: BatchManifest.Closing, _ line: Int) throws(ManifestError) {
        var counted = progress.sums
        counted.heldBack = closing.heldBack
        counted.finished = closing.finished
        guard counted == closing else {
            throw ManifestError(.badSums, line: line, "the sums are not those of the \(progress.sums.objects) objects")
        }
    }
}

extension BatchManifest.Entry {
    /// Whether these are the bytes that were written.
    public func check(_ bytes: some Collection<UInt8>) throws(ManifestError) {
        guard BatchManifest.sha256(bytes) == sha256 else {
            throw ManifestError(
                .objectDiffers,
                "\(path) is not the object that the manifest lists; take it from the batch again, or leave it out")
        }
    }
}
