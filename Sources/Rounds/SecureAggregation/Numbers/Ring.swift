/// The whole numbers modulo a power of two in which masked vectors are added: what wraps around is nothing lost.
public enum Ring: UInt8, Sendable, Equatable, Codable {
    /// For model weights: 4 bytes a number.
    case bits32 = 4
    /// For model weights: 8 bytes a number.
    case bits64 = 8
    /// For statistics: 16 bytes a number, as many as an exact sum of doubles needs.
    case bits128 = 16

    /// Bytes of one number.
    public var width: Int { Int(rawValue) }

    /// How many 64-bit words hold `count` numbers.
    func words(_ count: Int) -> Int {
        switch self {
        case .bits32: (count + 1) / 2
        case .bits64: count
        case .bits128: count * 2
        }
    }
}
