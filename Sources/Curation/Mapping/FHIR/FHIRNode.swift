/// A value of a FHIR resource in JSON.
indirect enum FHIRNode: Sendable, Equatable {
    case object([(name: String, value: FHIRNode)])
    case array([FHIRNode])
    case string(String)
    /// As it is written: 0.10 is not 0.1 for a laboratory.
    case number(String)
    case bool(Bool)
    case null

    subscript(name: String) -> FHIRNode? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string, a number or a truth value.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .object, .array, .null: nil
        }
    }

    /// The items of a list; a single value is a list of itself.
    var items: [FHIRNode] { if case .array(let items) = self { items } else { [self] } }

    static func == (left: FHIRNode, right: FHIRNode) -> Bool {
        switch (left, right) {
        case (.object(let one), .object(let other)):
            one.count == other.count && zip(one, other).allSatisfy { $0.name == $1.name && $0.value == $1.value }
        case (.array(let one), .array(let other)): one == other
        case (.string(let one), .string(let other)), (.number(let one), .number(let other)): one == other
        case (.bool(let one), .bool(let other)): one == other
        case (.null, .null): true
        default: false
        }
    }
}
