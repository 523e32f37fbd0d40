import Glibc
import Synchronization

/// The C library's character set converter.
enum Converter {
    /// The text of bytes in a set. A byte that begins no character of it becomes U+FFFD.
    static func convert(_ bytes: ArraySlice<UInt8>, from set: CharacterSet) -> String {
        if set == .ascii || set == .latin1 { return latin1(bytes) }
        if set == .utf8 { return String(decoding: bytes, as: UTF8.self) }
        guard let descriptor = take(set) else { return latin1(bytes) }
        defer { give(descriptor, set) }
        return String(decoding: descriptor.convert(bytes), as: UTF8.self)
    }

    /// Latin-1 is the first 256 characters of Unicode.
    static func latin1(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
        return text
    }

    /// Descriptors that are not in use: opening one costs more than converting a name. One thread uses one at a time,
    /// because it is out of the pool while it is used.
    private static let pool = Mutex<[CharacterSet: [Descriptor]]>([:])

    private static func take(_ set: CharacterSet) -> Descriptor? {
        if let free = pool.withLock({ $0[set]?.popLast() }) { return free }
        return Descriptor(from: set.converterName)
    }

    private static func give(_ descriptor: Descriptor, _ set: CharacterSet) {
        pool.withLock { $0[set, default: []].append(descriptor) }
    }

    /// An open converter to UTF-8. Sendable unchecked: iconv allows one thread after another, and the pool sees to that.
    private struct Descriptor: @unchecked Sendable {
        private let handle: iconv_t

        init?(from name: String) {
            // iconv_open answers (iconv_t)-1 for a set that the system has no module for.
            guard let handle = iconv_open("UTF-8", name), Int(bitPattern: handle) != -1 else { return nil }
            self.handle = handle
        }

        func convert(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
            var input = bytes.map { CChar(bitPattern: $0) }
            var position = 0
            var result: [UInt8] = []
            // Back to the initial state.
            _ = iconv(handle, nil, nil, nil, nil)
            while position < input.count {
                var code: Int32 = 0
                // A buffer of its own size, whatever the text's: bytes that are no characters must not cost one each.
                result += [UInt8](unsafeUninitializedCapacity: 4096) { output, filled in
                    output.withMemoryRebound(to: CChar.self) { output in
                        input.withUnsafeMutableBufferPointer { source in
                            // iconv moves the pointers within the counts that go with them, which are those of the
                            // buffers; both outlive the call.
                            var from = source.baseAddress.map { $0 + position }
                            var left = source.count - position
                            var to = output.baseAddress
                            var free = output.count
                            let outcome = iconv(handle, &from, &left, &to, &free)
                            code = outcome == -1 ? errno : 0
                            position = source.count - left
                            filled = output.count - free
                        }
                    }
                }
                // E2BIG: the buffer is full, and there is more to come.
                if code != 0, code != E2BIG {
                    result += Array("\u{FFFD}".utf8)
                    position += 1
                    _ = iconv(handle, nil, nil, nil, nil)
                }
            }
            return result
        }
    }
}
