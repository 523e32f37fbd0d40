/// Sequences, items and fragments: what opens and what closes them.
extension Parser {
    mutating func beginUndefined(
        _ tag: Tag, _ vr: VR, value: Int, implicit: Bool
    ) throws(DICOMError) -> Progress? {
        switch vr {
        case .sq, .un:
            // CP-246: UN of undefined length is a sequence in implicit little endian, in explicit files too.
            try beginSequence(tag, value: value, length: .max, implicit: implicit || vr == .un)
        case .ob, .ow, .of, .od, .ol, .ov:
            // Fragments are bytes, whatever the dictionary says of the attribute's native form (PS3.5 A.4).
            try append(container(tag, frame.isExplicit ? vr : .ob, .encapsulated, value: value, length: .max))
            push(.encapsulated, end: frame.end, isUndefined: true, implicit: false)
            position = value
        default:
            throw DICOMError(
                .undefinedLength, offset: position, tag: tag, "the length is undefined, which \(vr) does not allow")
        }
        return nil
    }

    mutating func beginSequence(_ tag: Tag, value: Int, length: UInt32, implicit: Bool) throws(DICOMError) {
        guard frame.childLevel / 2 < limits.depth else {
            throw DICOMError(
                .tooDeep, offset: position, tag: tag,
                "sequences lie more than \(limits.depth) deep in one another")
        }
        try append(container(tag, .sq, .sequence, value: value, length: length))
        let end = length == .max ? frame.end : bounded(value &+ Int(length), tag)
        push(.sequence, end: end, isUndefined: length == .max, implicit: implicit)
        position = value
    }

    func container(_ tag: Tag, _ vr: VR, _ kind: Node.Kind, value: Int, length: UInt32) -> Node {
        Node(
            tag: tag, vr: vr, kind: kind, level: UInt8(truncatingIfNeeded: frame.childLevel),
            flags: length == .max ? .undefinedLength : .none, offset: value, length: 0,
            next: UInt32(truncatingIfNeeded: nodes.count &+ 1))
    }

    mutating func push(_ kind: Frame.Kind, end: Int, isUndefined: Bool, implicit: Bool) {
        stack.append(frame)
        frame = Frame(
            kind: kind, end: end, isUndefined: isUndefined, isExplicit: frame.isExplicit && !implicit,
            isBigEndian: frame.isBigEndian && !implicit, node: nodes.count &- 1, childLevel: frame.childLevel &+ 1,
            encodingIsSettled: kind != .item)
    }

    /// Closes the innermost container. The data set itself is never closed here.
    mutating func pop() {
        guard let outer = stack.popLast() else { return }
        nodes[frame.node].next = UInt32(truncatingIfNeeded: nodes.count)
        frame = outer
    }

    /// The position has come to the end of what holds the container.
    mutating func closeAtEnd() throws(DICOMError) -> Progress? {
        if frame.isUndefined {
            let tag = nodes[frame.node].tag
            if frame.end == total, !limits.acceptsTruncatedDataSets || frame.kind == .encapsulated {
                return try truncated(tag, "the sequence or item")
            }
            if frame.end == total { isTruncated = true }
            warnings.add(
                DICOMError(
                    .missingDelimiter, offset: position, tag: tag, "the end of what holds it comes before its delimiter"
                ))
        }
        pop()
        return nil
    }

    /// One of (FFFE,E000), (FFFE,E00D), (FFFE,E0DD).
    mutating func delimiter(_ tag: Tag, _ bytes: RawSpan, isComplete: Bool) throws(DICOMError) -> Progress? {
        let length = long(bytes, position &+ 4)
        switch tag {
        case .item:
            return try beginItem(length, bytes, isComplete: isComplete)
        case .itemDelimitationItem, .sequenceDelimitationItem:
            if length != 0 {
                // 0xFFFFFFFF is seen in the wild. The standard wants zero, and nothing may follow: the length is ignored.
                warnings.add(
                    DICOMError(.delimiterLength, offset: position, tag: tag, "a delimiter must have the length zero"))
            }
            try close(at: tag)
            position &+= 8
            return nil
        default:
            throw DICOMError(
                .strayDelimiter, offset: position, tag: tag, "this is neither an item nor a delimiter of the standard")
        }
    }

    mutating func beginItem(_ length: UInt32, _ bytes: RawSpan, isComplete: Bool) throws(DICOMError)
        -> Progress?
    {
        let value = position &+ 8
        let end = length == .max ? frame.end : value &+ Int(length)
        switch frame.kind {
        case .sequence:
            guard end <= frame.end || endsWithFile else { return try crossing(.item, end: end) }
            try append(container(.item, .un, .item, value: value, length: length))
            push(.item, end: bounded(end, .item), isUndefined: length == .max, implicit: false)
            position = value
            return nil
        case .encapsulated:
            guard length != .max else {
                throw DICOMError(
                    .undefinedLength, offset: position, tag: nodes[frame.node].tag, "a fragment has an undefined length"
                )
            }
            guard end <= frame.end else { return try crossing(.item, end: end) }
            guard end <= bytes.byteCount else {
                guard !isComplete else { return try truncated(nodes[frame.node].tag, "a fragment") }
                try checkSize(end, nodes[frame.node].tag)
                return .needs(end)
            }
            try append(
                Node(
                    tag: .item, vr: .ob, kind: .fragment, level: UInt8(truncatingIfNeeded: frame.childLevel),
                    flags: .none,
                    offset: value, length: length, next: UInt32(truncatingIfNeeded: nodes.count &+ 1)))
            position = end
            return nil
        case .dataSet, .item:
            throw DICOMError(.strayItem, offset: position, tag: .item, "an item begins where no sequence is open")
        }
    }

    /// A delimiter closes what it belongs to; one that closes nothing carries nothing and is passed over.
    mutating func close(at tag: Tag) throws(DICOMError) {
        let closesItem = tag == .itemDelimitationItem
        switch frame.kind {
        case .item where closesItem && frame.isUndefined, .sequence where !closesItem && frame.isUndefined,
            .encapsulated where !closesItem:
            pop()
        case .item where !closesItem && frame.isUndefined && stack.last?.isUndefined == true:
            warnings.add(
                DICOMError(.missingDelimiter, offset: position, tag: tag, "the sequence ends before its last item does")
            )
            pop()
            pop()
        default:
            warnings.add(
                DICOMError(
                    .strayDelimiter, offset: position, tag: tag, "the delimiter closes nothing; it is passed over"))
        }
    }
}
