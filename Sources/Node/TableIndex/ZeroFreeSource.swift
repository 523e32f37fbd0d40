import DICOM

/// A table without zero bytes: DICOM pads odd values with them, and careless exports leave them in. They are read as
/// spaces, which are left out around a value.
///
/// A table with many of them is UTF-16 without its mark, and is read as it is, so that its reader can say so.
struct ZeroFreeSource<Base: ByteSource>: ByteSource {
    private let base: Base
    private let isPlain: Bool

    private static var sample: Int { 65_536 }

    init(_ base: Base) throws {
        self.base = base
        let head = try base.read(at: 0, count: Self.sample)
        let hasWideMark = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
        isPlain = !hasWideMark && head.count { $0 == 0 } * 20 <= head.count
    }

    var count: Int { base.count }

    func read(at offset: Int, count: Int) throws -> [UInt8] {
        var bytes = try base.read(at: offset, count: count)
        if isPlain, bytes.contains(0) {
            for place in bytes.indices where bytes[place] == 0 { bytes[place] = UInt8(ascii: " ") }
        }
        return bytes
    }
}
