/// A number of patients as it may be shown: itself, or that it is below the rule. In JSON `12`, `"<5"` or `"≥96"`.
public enum ProtectedCount: Sendable, Equatable, Hashable {
    case exact(Int64)
    /// More than none, and fewer than this.
    case below(Int)
    /// So many or more: the rest of a known whole is more than none, and too few.
    case atLeast(Int64)

    /// None, and enough, are shown.
    public init(_ count: Int64, minimumCell: Int) {
        self = count > 0 && count < minimumCell ? .below(minimumCell) : .exact(count)
    }

    public init(_ count: Int64, _ rules: DisclosureRules) {
        self.init(count, minimumCell: rules.minimumCell)
    }

    /// The number, where it is shown.
    public var value: Int64? {
        if case .exact(let value) = self { value } else { nil }
    }
}

extension ProtectedCount: CustomStringConvertible {
    public var description: String {
        switch self {
        case .exact(let value): "\(value)"
        case .below(let minimum): "<\(minimum)"
        case .atLeast(let minimum): "≥\(minimum)"
        }
    }
}

extension ProtectedCount: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            self = .exact(value)
            return
        }
        let text = try container.decode(String.self)
        guard text.first == "<", let minimum = Int(text.dropFirst()) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a count is a number or like \"<5\"")
        }
        self = .below(minimum)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .exact(let value): try container.encode(value)
        case .below, .atLeast: try container.encode(description)
        }
    }
}
