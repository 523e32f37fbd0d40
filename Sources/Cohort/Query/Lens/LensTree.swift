/// Lens's tree of groups and criteria (samply/lens, `src/types/ast.ts`).
indirect enum LensTree: Equatable {
    case group(Operand, [LensTree])
    case criterion(LensCriterion)

    enum Operand: String { case and = "AND", or = "OR", xor = "XOR", not = "NOT" }

    /// Reads a tree. A name, an operand or a form that is not known is refused, never skipped.
    init(_ value: JSONValue) throws(LensError) {
        guard case .object(let members) = value else {
            throw .malformed("a group or a criterion is an object, not \(value.kind)")
        }
        guard members.contains(where: { $0.name == "operand" || $0.name == "children" }) else {
            self = .criterion(try LensCriterion(members))
            return
        }
        var operand: Operand?
        var children: [LensTree]?
        for member in members {
            switch (member.name, member.value) {
            case ("operand", .string(let name)):
                guard let known = Operand(rawValue: name) else {
                    throw .malformed("the operand \"\(name.prefix(40))\" is not known; known are AND, OR, XOR, NOT")
                }
                operand = known
            case ("children", .array(let values)):
                var list: [LensTree] = []
                for value in values { list.append(try LensTree(value)) }
                children = list
            // A name for people, of a group that stands for one entry of a catalogue.
            case ("key", .string): break
            default: throw .malformed("a group has no `\(member.name.prefix(40))` of this form")
            }
        }
        guard let operand, let children else { throw .malformed("a group has an `operand` and `children`") }
        self = .group(operand, children)
    }
}

/// One criterion: `{"key": …, "type": …, "system": …, "value": …}`.
struct LensCriterion: Equatable {
    enum Kind: String, CaseIterable {
        case equals = "EQUALS"
        case notEquals = "NOT_EQUALS"
        case oneOf = "IN"
        case between = "BETWEEN"
        case lower = "LOWER_THAN"
        case greater = "GREATER_THAN"
        case contains = "CONTAINS"
    }

    var key: String
    var kind: Kind
    var system: String
    var value: JSONValue

    init(_ members: [JSONValue.Member]) throws(LensError) {
        var (key, kind, system, value): (String?, Kind?, String, JSONValue?) = (nil, nil, "", nil)
        for member in members {
            switch (member.name, member.value) {
            case ("key", .string(let text)): key = text
            case ("type", .string(let text)), ("type_", .string(let text)):
                guard let known = Kind(rawValue: text) else {
                    let all = Kind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .malformed("the type \"\(text.prefix(40))\" is not known; known are \(all)")
                }
                kind = known
            case ("system", .string(let text)): system = text
            case ("system", .null): break
            case ("value", let any): value = any
            default: throw .malformed("a criterion has no `\(member.name.prefix(40))` of this form")
            }
        }
        guard let key, let kind, let value else { throw .malformed("a criterion has a `key`, a `type` and a `value`") }
        (self.key, self.kind, self.system, self.value) = (key, kind, system, value)
    }

    /// `RID10311 EQUALS RID10312`, for reports.
    var text: String { "\(key) \(kind.rawValue) \(Self.text(value))".cut(toBytes: AnswerLimits.textBytes) }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let digits): digits
        case .string(let text): text
        case .array(let values): "(" + values.map(text).joined(separator: ", ") + ")"
        case .object(let members): "{" + members.map { "\($0.name) \(text($0.value))" }.joined(separator: ", ") + "}"
        }
    }
}
