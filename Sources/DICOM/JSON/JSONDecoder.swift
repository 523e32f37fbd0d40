/// Reads the DICOM JSON model from a tape of tokens.
struct JSONDecoder {
    private let tape: JSONTape
    private var builder: DataSetBuilder
    /// Whether any text goes beyond ASCII: then the data set is in UTF-8 and says so.
    private let needsUTF8: Bool

    /// What is being read: members of a data set's object, or items of a sequence.
    private struct Work {
        var isItems: Bool
        var index: Int
        let end: Int
    }

    init(tape: JSONTape, limits: Limits) {
        self.tape = tape
        builder = DataSetBuilder(limits: limits)
        needsUTF8 = tape.bytes.contains { $0 >= 0x80 } || tape.bytes.contains("\\u".utf8)
    }

    mutating func decode() throws(DICOMError) -> DataSet {
        guard let root = tape.tokens.first, root.kind == .object else {
            throw DICOMError(.badJSON, offset: 0, "a data set is a JSON object, and this is something else")
        }
        if needsUTF8 { builder.append(.specificCharacterSet, .cs, string: "ISO_IR 192") }
        var stack = [Work(isItems: false, index: 1, end: root.next)]
        while var work = stack.popLast() {
            guard work.index < work.end else {
                if work.isItems { builder.endSequence() } else if !stack.isEmpty { builder.endItem() }
                continue
            }
            let token = tape.tokens[work.index]
            if work.isItems {
                let item = work.index
                work.index = token.next
                stack.append(work)
                guard token.kind == .object || token.kind == .null else {
                    throw DICOMError(.badJSON, offset: token.range.lowerBound, "an item of a sequence is an object")
                }
                builder.beginItem()
                stack.append(Work(isItems: false, index: item + 1, end: token.next))
            } else {
                let value = work.index + 1
                work.index = tape.tokens[value].next
                stack.append(work)
                if let items = try attribute(name: token, value: value) { stack.append(items) }
            }
        }
        return try builder.finish()
    }

    /// One attribute; for a sequence, the items to go on with.
    private mutating func attribute(name: JSONTape.Token, value: Int) throws(DICOMError) -> Work? {
        let offset = name.range.lowerBound
        guard let tag = Tag(hex: tape.string(name)) else {
            throw DICOMError(.badJSON, offset: offset, "the name of an attribute is eight hexadecimal digits")
        }
        let object = tape.tokens[value]
        guard object.kind == .object, let vrToken = tape.member("vr", of: value),
            vrToken.token.kind == .string, let vr = VR(tape.string(vrToken.token))
        else {
            throw DICOMError(.badJSON, offset: offset, tag: tag, "the attribute has no \"vr\" of the standard")
        }
        let values = tape.member("Value", of: value)
        if let values, values.token.kind != .array {
            throw DICOMError(.badJSON, offset: offset, tag: tag, "\"Value\" must be a list")
        }
        if vr == .sq {
            builder.beginSequence(tag)
            return Work(isItems: true, index: values.map { $0.index + 1 } ?? 0, end: values?.token.next ?? 0)
        }
        if tag.isGroupLength || (tag == .specificCharacterSet && needsUTF8) {
            if tag == .specificCharacterSet { builder.append(tag, .cs, string: "ISO_IR 192") }
            return nil
        }
        if let binary = tape.member("InlineBinary", of: value) {
            guard binary.token.kind == .string, let bytes = Base64.decode(tape.string(binary.token)) else {
                throw DICOMError(.badJSON, offset: offset, tag: tag, "\"InlineBinary\" must be base 64")
            }
            builder.append(tag, vr, bytes: bytes)
            return nil
        }
        try scalars(tag, vr, values.map { tape.children(of: $0.index) } ?? [], offset)
        return nil
    }

    private mutating func scalars(_ tag: Tag, _ vr: VR, _ tokens: [JSONTape.Indexed], _ offset: Int) throws(DICOMError)
    {
        let wrong = DICOMError(.badJSON, offset: offset, tag: tag, "a value does not fit the VR \(vr)")
        switch vr {
        case .pn:
            builder.append(tag, vr, strings: tokens.map { personName($0) })
        case .at:
            let tags = tokens.compactMap { Tag(hex: tape.string($0.token)) }
            guard tags.count == tokens.count else { throw wrong }
            builder.append(tag, vr, tags: tags)
        case .fl, .fd:
            let numbers = tokens.compactMap { Double(tape.string($0.token)) }
            guard numbers.count == tokens.count else { throw wrong }
            builder.append(tag, vr, doubles: numbers)
        case .us, .ss, .ul, .sl, .uv, .sv:
            let numbers = tokens.compactMap { wholeNumber(tape.string($0.token)) }
            guard numbers.count == tokens.count else { throw wrong }
            builder.append(tag, vr, integers: numbers)
        case .ds, .is:
            builder.append(tag, vr, strings: tokens.map { decimal($0.token) })
        default:
            guard vr.isText, tokens.allSatisfy({ $0.token.kind == .string || $0.token.kind == .null }) else {
                guard tokens.isEmpty else { throw wrong }
                return builder.append(tag, vr)
            }
            builder.append(tag, vr, strings: tokens.map { $0.token.kind == .null ? "" : tape.string($0.token) })
        }
    }

    /// A number keeps its digits where they fit into the sixteen characters of DS.
    private func decimal(_ token: JSONTape.Token) -> String {
        guard token.kind != .null else { return "" }
        let text = tape.string(token)
        guard token.kind == .number, text.utf8.count > 16, let number = Double(text) else { return text }
        return DecimalText.decimalString(number)
    }

    private func wholeNumber(_ text: String) -> Int128? {
        Int128(text) ?? DecimalText.integer(text).map { Int128($0) }
    }

    private func personName(_ value: JSONTape.Indexed) -> String {
        // Some services write the name as a plain string.
        if value.token.kind == .string { return tape.string(value.token) }
        let groups = ["Alphabetic", "Ideographic", "Phonetic"].map { name in
            tape.member(name, of: value.index).map { $0.token.kind == .string ? tape.string($0.token) : "" } ?? ""
        }
        let last = groups.lastIndex { !$0.isEmpty } ?? -1
        return groups.prefix(last + 1).joined(separator: "=")
    }
}

extension JSONTape {
    struct Indexed {
        let index: Int
        let token: Token
    }

    /// The values of an array.
    func children(of index: Int) -> [Indexed] {
        var found: [Indexed] = []
        var child = index + 1
        while child < tokens[index].next {
            found.append(Indexed(index: child, token: tokens[child]))
            child = tokens[child].next
        }
        return found
    }

    /// The value of a member of an object, by name; the last one where a name is there twice.
    func member(_ name: String, of index: Int) -> Indexed? {
        guard tokens[index].kind == .object else { return nil }
        var found: Indexed?
        var key = index + 1
        while key + 1 < tokens[index].next {
            if string(tokens[key]) == name { found = Indexed(index: key + 1, token: tokens[key + 1]) }
            key = tokens[key + 1].next
        }
        return found
    }
}
