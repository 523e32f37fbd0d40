/// The original UIDs of an object, found again by looking up every run of digits and points.
struct KnownUIDs: Sendable {
    /// A shorter text is not taken for a UID: "1.2.3" is a version number as well.
    static let shortest = 9
    /// From this length on a UID is also found as the beginning of another, which was made from it.
    private static let longEnoughToBegin = 20

    /// FNV-1a of the texts, 64 bits. Two texts of one hash would report a UID that is not there: once in 10^13 objects.
    private var hashes: Set<UInt64> = []

    init() {}

    var isEmpty: Bool { hashes.isEmpty }

    mutating func insert(_ uid: some StringProtocol) {
        var hash = Self.start
        for byte in uid.utf8 { hash = Self.next(hash, byte) }
        hashes.insert(hash)
    }

    /// Whether a run of digits and points is one of the UIDs, or begins with one.
    func holds(_ text: Span<UInt8>, _ run: Range<Int>) -> Bool {
        var end = run.upperBound
        while end > run.lowerBound, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
        guard end - run.lowerBound >= Self.shortest else { return false }
        var hash = Self.start
        for index in run.lowerBound..<end {
            let byte = text[index]
            if byte == UInt8(ascii: "."), index - run.lowerBound >= Self.longEnoughToBegin, hashes.contains(hash) {
                return true
            }
            hash = Self.next(hash, byte)
        }
        return hashes.contains(hash)
    }

    private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func next(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Whether the standard itself has given the UID out (PS3.6 annex A): under its root, and no component of more than
    /// four digits, which careless makers have put dates into.
    static func isOfTheStandard(_ uid: some StringProtocol) -> Bool {
        let root = "1.2.840.10008."
        guard uid.hasPrefix(root) else { return false }
        return uid.dropFirst(root.count).split(separator: ".", omittingEmptySubsequences: false)
            .allSatisfy { (1...4).contains($0.utf8.count) }
    }
}
