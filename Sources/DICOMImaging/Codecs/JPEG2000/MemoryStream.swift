import COpenJPEG

/// OpenJPEG's stream over memory. The library asks through callbacks; each stays within the bytes.
final class MemoryStream {
    private(set) var bytes: [UInt8]
    private var position = 0
    private let limit: Int

    /// To read.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        limit = bytes.count
    }

    /// To write, `limit` bytes at most.
    init(limit: Int) {
        bytes = []
        self.limit = limit
    }

    /// Runs a piece of work with the stream; it is destroyed afterwards. Nil where there is no memory for one.
    func with<Result>(reading isReading: Bool, _ body: (UnsafeMutablePointer<opj_stream_t?>) -> Result?) -> Result? {
        guard let stream = opj_stream_default_create(isReading ? 1 : 0) else { return nil }
        // The object outlives the stream: `withExtendedLifetime` holds it until the stream is gone.
        return withExtendedLifetime(self) {
            defer { opj_stream_destroy(stream) }
            opj_stream_set_user_data(stream, Unmanaged.passUnretained(self).toOpaque(), nil)
            if isReading { opj_stream_set_user_data_length(stream, UInt64(bytes.count)) }
            opj_stream_set_read_function(stream) { target, count, user in
                MemoryStream.of(user)?.read(target, count) ?? .max
            }
            opj_stream_set_write_function(stream) { source, count, user in
                MemoryStream.of(user)?.write(source, count) ?? .max
            }
            opj_stream_set_skip_function(stream) { count, user in
                guard let stream = MemoryStream.of(user) else { return -1 }
                return stream.seek(stream.position.addingReportingOverflow(Int(count))) ? count : -1
            }
            opj_stream_set_seek_function(stream) { position, user in
                MemoryStream.of(user)?.seek((Int(position), false)) == true ? 1 : 0
            }
            return body(stream)
        }
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> MemoryStream? {
        user.map { Unmanaged<MemoryStream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Copies at most `count` bytes, the room at `target`; the library's word for the end is -1.
    private func read(_ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        let length = min(count, bytes.count - position)
        guard let target, length > 0 else { return -1 }
        bytes.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(start: target, count: length)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[position..<position + length]))
        }
        position += length
        return length
    }

    /// Takes `count` bytes from `source`, over those that are there and beyond.
    private func write(_ source: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        guard let source, count >= 0, count <= limit - position else { return -1 }
        let piece = UnsafeRawBufferPointer(start: source, count: count)
        if position + count > bytes.count {
            bytes += [UInt8](repeating: 0, count: position + count - bytes.count)
        }
        bytes.replaceSubrange(position..<position + count, with: piece)
        position += count
        return count
    }

    /// Within the bytes to read; within the limit when writing, the gap filled with zeros.
    private func seek(_ target: (partialValue: Int, overflow: Bool)) -> Bool {
        guard !target.overflow, target.partialValue >= 0, target.partialValue <= limit else { return false }
        position = target.partialValue
        return true
    }
}
