import CZlib

/// Compresses a data set for the deflated transfer syntaxes.
enum Deflater {
    /// A bare deflate stream (PS3.5 A.5), padded to an even length.
    static func deflate(_ bytes: [UInt8]) throws(DICOMError) -> [UInt8] {
        // The record stays where it is: zlib compares its address.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer {
            deflateEnd(stream)
            stream.deinitialize(count: 1)
            stream.deallocate()
        }
        guard
            deflateInit2_(
                stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw DICOMError(.cannotWrite, "the data set cannot be deflated: no memory for it") }
        // avail_in counts in 32 bits; a data set of that size has no place in memory beside its compressed form anyway.
        guard bytes.count <= Int(UInt32.max) else {
            throw DICOMError(.cannotWrite, "the data set is too large to be deflated")
        }
        let bound = Int(deflateBound(stream, UInt(bytes.count)))
        var result = [UInt8](unsafeUninitializedCapacity: bound) { room, filled in
            bytes.withUnsafeBufferPointer { input in
                // zlib reads avail_in bytes and writes avail_out at most: the extents of the two buffers. The bound that
                // it gave makes one call enough.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(truncatingIfNeeded: input.count)
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(truncatingIfNeeded: room.count)
                _ = CZlib.deflate(stream, Z_FINISH)
                filled = room.count - Int(stream.pointee.avail_out)
            }
        }
        if result.count & 1 == 1 { result.append(0) }
        return result
    }
}
