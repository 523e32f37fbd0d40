import CZlib

/// Unfolds a deflated data set bit by bit, within bounds: no claim in the file makes it allocate.
final class Inflater<Source: ByteSource> {
    /// What has been unfolded so far.
    private(set) var output: [UInt8] = []
    /// The stream has ended; `output` is all there is.
    private(set) var isFinished = false

    private let source: Source
    private let limits: Limits
    private var position: Int
    private let start: Int
    /// zlib keeps a pointer to its state record and compares it: the record must not move, so it lives on the heap.
    private let stream: UnsafeMutablePointer<z_stream>

    private static var step: Int { 64 << 10 }
    /// Below this, a ratio says nothing: an empty slice may well deflate a thousandfold.
    private static var freeBytes: Int { 16 << 20 }

    init(_ source: Source, from start: Int, limits: Limits) throws(DICOMError) {
        self.source = source
        self.limits = limits
        self.start = start
        position = start
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let windowBits = try Self.hasWrapper(source, at: start) ? MAX_WBITS : -MAX_WBITS
        let status = inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            throw DICOMError(.badDeflate, offset: start, "the data set cannot be unfolded: no memory for it")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// The standard wants the bare stream (PS3.5 A.5); some writers wrap it as zlib does. A wrapper's first byte would
    /// begin a stored block, whose length must come with its complement.
    private static func hasWrapper(_ source: Source, at start: Int) throws(DICOMError) -> Bool {
        let first = try source.bytes(at: start, count: 5)
        guard first.count >= 5, first[0] == 0x78, (Int(first[0]) << 8 | Int(first[1])) % 31 == 0 else { return false }
        return first[1] != ~first[3] || first[2] != ~first[4]
    }

    /// Unfolds until `output` has `count` bytes or the stream ends.
    func extend(to count: Int, warnings: inout Warnings) throws(DICOMError) {
        while !isFinished, output.count < count {
            let input = try source.bytes(at: position, count: Self.step)
            guard !input.isEmpty else {
                guard limits.acceptsTruncatedDataSets else {
                    throw DICOMError(
                        .truncated, offset: position,
                        "the deflated data set is cut off: the file ends before the stream does")
                }
                warnings.add(DICOMError(.truncated, offset: position, "the deflated data set is cut off"))
                isFinished = true
                return
            }
            position += try inflate(input, until: count)
        }
    }

    /// Unfolds a piece of input until it is used up, the stream ends, or there is output enough; gives what it used.
    private func inflate(_ input: [UInt8], until count: Int) throws(DICOMError) -> Int {
        var used = 0
        var status: Int32 = Z_OK
        var produced = [UInt8]()
        repeat {
            produced = [UInt8](unsafeUninitializedCapacity: Self.step) { room, filled in
                input.withUnsafeBufferPointer { bytes in
                    // zlib reads avail_in bytes from next_in and writes avail_out at most to next_out; both are the
                    // exact extents of the buffers, which outlive the call. It never writes to its input.
                    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress.map { $0 + used })
                    stream.pointee.avail_in = UInt32(truncatingIfNeeded: bytes.count - used)
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(truncatingIfNeeded: room.count)
                    status = CZlib.inflate(stream, Z_NO_FLUSH)
                    filled = room.count - Int(stream.pointee.avail_out)
                    used = bytes.count - Int(stream.pointee.avail_in)
                    stream.pointee.next_in = nil
                    stream.pointee.next_out = nil
                }
            }
            output += produced
            try check(status, used)
        } while status == Z_OK && output.count < count && (used < input.count || produced.count == Self.step)
        isFinished = status == Z_STREAM_END
        guard isFinished || used > 0 || !produced.isEmpty else {
            throw DICOMError(.badDeflate, offset: position, "the deflated data set is damaged: the stream stands still")
        }
        return used
    }

    private func check(_ status: Int32, _ used: Int) throws(DICOMError) {
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            throw DICOMError(
                .badDeflate, offset: position + used,
                "the deflated data set is damaged: the stream cannot be unfolded beyond this byte")
        }
        guard output.count <= limits.maximumInflatedBytes else {
            throw DICOMError(
                .tooLarge, offset: position + used,
                "the deflated data set unfolds to more than \(limits.maximumInflatedBytes) bytes")
        }
        let consumed = max(position + used - start, 1)
        guard output.count <= Self.freeBytes || output.count / consumed < limits.maximumInflationRatio else {
            throw DICOMError(
                .tooLarge, offset: position + used,
                "the deflated data set unfolds to more than \(limits.maximumInflationRatio) times its size, as a bomb does"
            )
        }
    }
}
