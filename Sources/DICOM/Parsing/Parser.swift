/// Turns bytes into a tape of nodes: one pass, one cursor, a stack in place of recursion.
///
/// The parser stops between elements when the buffer runs out and goes on when it is called again with a longer one, so
/// that a header is read in as few pieces as it needs. Every position and length stays below 2^63: a position is at most
/// the count of a buffer, a length at most 2^32, so that their sums cannot overflow.
struct Parser {
    let limits: Limits
    let stop: Stop
    /// Bytes that there are in the file, of which the buffer may hold the first part; nil while unknown (inflating).
    let total: Int?

    private(set) var nodes = ContiguousArray<Node>()
    var warnings: Warnings
    private(set) var pixelData: PixelDataLocation?
    /// Somewhere elements were not strictly ascending: the tape needs ``TapeOrder``.
    private(set) var needsOrdering = false
    /// The data set ended in the middle of an element and the limits let that pass.
    private(set) var isTruncated = false
    /// Nodes whose "US or SS" was met before the Pixel Representation.
    private var undecided: [Int] = []

    var position: Int
    private var frame: Frame
    private var stack: [Frame] = []

    /// Where to leave off.
    enum Stop: Equatable {
        /// Before the first element that is not of group 2.
        case endOfMeta
        /// Before top-level pixel data.
        case pixelData
        case endOfData
    }

    /// What a call of ``run(_:isComplete:)`` ends with.
    enum Progress: Equatable {
        case finished
        /// The buffer must hold at least so many bytes before it goes on.
        case needs(Int)
    }

    init(
        at position: Int, total: Int?, isExplicit: Bool, isBigEndian: Bool, limits: Limits, stop: Stop,
        warnings: Warnings
    ) {
        self.limits = limits
        self.total = total
        self.stop = stop
        self.warnings = warnings
        self.position = position
        frame = Frame(
            kind: .dataSet, end: total ?? .max, isUndefined: true, isExplicit: isExplicit, isBigEndian: isBigEndian,
            node: -1, childLevel: 0, encodingIsSettled: false)
        nodes.reserveCapacity(stop == .endOfMeta ? 16 : 192)
    }

    /// Goes on through `bytes` (the file from its start). `isComplete`: there is no more to come.
    mutating func run(_ bytes: RawSpan, isComplete: Bool) throws(DICOMError) -> Progress {
        let available = bytes.byteCount
        while true {
            if position >= frame.end {
                if frame.kind == .dataSet { return finish() }
                if let progress = try closeAtEnd() { return progress }
                continue
            }
            guard available &- position >= 8 else {
                guard isComplete else { return .needs(position &+ 8) }
                return try endOfBytes(bytes)
            }
            let (group, element) = word(bytes, position)
            let tag = Tag(group, element)
            if stop == .endOfMeta, group != 2 || beginsBigEndian(bytes) { return finish() }
            if tag.isDelimiter {
                if let progress = try delimiter(tag, bytes, isComplete: isComplete) { return progress }
                continue
            }
            if frame.kind == .sequence || frame.kind == .encapsulated {
                throw DICOMError(
                    .strayItem, offset: position, tag: tag,
                    "there is no item where the sequence or the fragments go on; the file is damaged")
            }
            if tag.packed == 0, frame.kind == .dataSet, frame.hasElements, let progress = padding(bytes, isComplete) {
                return progress
            }
            if let progress = try readElement(tag, bytes, isComplete: isComplete) { return progress }
        }
    }
}

// MARK: - Elements

extension Parser {
    /// One element whose tag is at `position`. Nil to go on; otherwise what the run ends with.
    @inline(__always)
    private mutating func readElement(
        _ tag: Tag, _ bytes: RawSpan, isComplete: Bool
    ) throws(DICOMError) -> Progress? {
        let start = position
        if !frame.encodingIsSettled { settleEncoding(tag, bytes) }
        var header = 8
        var vr: VR
        var length: UInt32
        var comesFromUN = false
        if frame.isExplicit, let known = VR(byte(bytes, start &+ 4), byte(bytes, start &+ 5)) {
            vr = known
            if known.isLongForm {
                header = 12
                guard bytes.byteCount &- start >= 12 else {
                    guard isComplete else { return .needs(start &+ 12) }
                    return try truncated(tag, "the element's header")
                }
                length = long(bytes, start &+ 8)
            } else {
                length = UInt32(short(bytes, start &+ 6))
            }
            if known == .un { comesFromUN = resolveUN(tag, &vr, length) }
        } else if frame.isExplicit {
            (vr, header, length) = try irregularHeader(tag, bytes)
        } else {
            vr = implicitVR(tag)
            length = long(bytes, start &+ 4)
        }
        if stop == .pixelData, tag.isPixelData, frame.kind == .dataSet {
            return stopped(at: tag, vr, header, length)
        }
        let value = start &+ header
        if length == .max {
            noteOrder(tag)
            return try beginUndefined(tag, vr, value: value, implicit: comesFromUN)
        }
        let end = value &+ Int(length)
        guard end <= frame.end || vr == .sq && endsWithFile else {
            if let shortened = shortPixelData(tag, length, value: value) {
                noteOrder(tag)
                try append(leaf(tag, vr, value: value, length: shortened, littleEndian: comesFromUN))
                position = frame.end
                return nil
            }
            return try crossing(tag, end: end)
        }
        if vr == .sq {
            noteOrder(tag)
            try beginSequence(tag, value: value, length: length, implicit: comesFromUN)
            return nil
        }
        guard end <= bytes.byteCount else {
            guard !isComplete else { return try truncated(tag, "the value") }
            try checkSize(end, tag)
            return .needs(end)
        }
        noteOrder(tag)
        if length & 1 == 1 { noteOdd(tag, length, at: start) }
        if tag.packed == 0x0028_0103 { frame.pixelRepresentation = length >= 2 ? short(bytes, value) : 0 }
        try append(leaf(tag, vr, value: value, length: length, littleEndian: comesFromUN))
        position = end
        return nil
    }

    @inline(__always)
    private func leaf(_ tag: Tag, _ vr: VR, value: Int, length: UInt32, littleEndian: Bool) -> Node {
        Node(
            tag: tag, vr: vr, kind: .element, level: UInt8(truncatingIfNeeded: frame.childLevel),
            flags: frame.isBigEndian && !littleEndian ? .bigEndian : .none, offset: value, length: length,
            next: UInt32(truncatingIfNeeded: nodes.count &+ 1))
    }

    /// Top-level pixel data that the end of the file cuts off keeps what there is of it, with a warning.
    @inline(never)
    private mutating func shortPixelData(_ tag: Tag, _ length: UInt32, value: Int) -> UInt32? {
        guard tag.isPixelData, frame.kind == .dataSet, frame.end == total else { return nil }
        let left = max(frame.end &- value, 0)
        warnings.add(
            DICOMError(
                .pixelDataShort, offset: position, tag: tag,
                "the pixel data has \(left) of \(length) bytes; the file is cut off"))
        return UInt32(truncatingIfNeeded: left)
    }

    @inline(__always)
    private mutating func append(_ node: Node) throws(DICOMError) {
        guard nodes.count < limits.maximumElements else {
            throw DICOMError(
                .tooManyElements, offset: position, tag: node.tag,
                "the data set has more than \(limits.maximumElements) elements; raise the limit if that is right")
        }
        nodes.append(node)
    }

    @inline(__always)
    private mutating func noteOrder(_ tag: Tag) {
        if frame.hasElements, tag.packed <= frame.lastTag { noteDisorder(tag) }
        frame.hasElements = true
        frame.lastTag = tag.packed
    }

    @inline(never)
    private mutating func noteDisorder(_ tag: Tag) {
        needsOrdering = true
        if tag.packed == frame.lastTag {
            warnings.add(
                DICOMError(.duplicate, offset: position, tag: tag, "the element is here twice; the last one counts"))
        } else {
            warnings.add(
                DICOMError(
                    .unordered, offset: position, tag: tag,
                    "the element comes after \(Tag(packed: frame.lastTag)); elements are put in order"))
        }
    }

    @inline(never)
    private mutating func noteOdd(_ tag: Tag, _ length: UInt32, at offset: Int) {
        warnings.add(DICOMError(.oddLength, offset: offset, tag: tag, "the value has an odd length, \(length) bytes"))
    }

    /// The VR of an element that has none with it.
    @inline(__always)
    private mutating func implicitVR(_ tag: Tag) -> VR {
        switch DataDictionary.standard.implicitVR(of: tag) {
        case .one(let vr): return vr
        case .unsignedOrSigned:
            let nearest = frame.pixelRepresentation ?? stack.last { $0.pixelRepresentation != nil }?.pixelRepresentation
            if nearest == nil { undecided.append(nodes.count) }
            return nearest == 1 ? .ss : .us
        case .numbersOrWords:
            return .ow
        }
    }

    /// UN for an attribute of the standard: the value is the attribute's own, in implicit little endian (PS3.5 6.2.2).
    /// A sequence that some gateway did not know would otherwise hide its content from every reader of this data set.
    @inline(never)
    private mutating func resolveUN(_ tag: Tag, _ vr: inout VR, _ length: UInt32) -> Bool {
        if length == .max {
            vr = .sq
        } else if !tag.isPrivate || tag.isPrivateCreator {
            vr = implicitVR(tag)
        }
        return true
    }

    private mutating func stopped(at tag: Tag, _ vr: VR, _ header: Int, _ length: UInt32) -> Progress {
        pixelData = PixelDataLocation(
            tag: tag, vr: vr, elementOffset: position, valueOffset: position &+ header,
            length: length == .max ? .undefined : .bytes(Int(length)), isBigEndian: frame.isBigEndian)
        return finish()
    }
}

// MARK: - Sequences, items, fragments

extension Parser {
    private mutating func beginUndefined(
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

    private mutating func beginSequence(_ tag: Tag, value: Int, length: UInt32, implicit: Bool) throws(DICOMError) {
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

    private func container(_ tag: Tag, _ vr: VR, _ kind: Node.Kind, value: Int, length: UInt32) -> Node {
        Node(
            tag: tag, vr: vr, kind: kind, level: UInt8(truncatingIfNeeded: frame.childLevel),
            flags: length == .max ? .undefinedLength : .none, offset: value, length: 0,
            next: UInt32(truncatingIfNeeded: nodes.count &+ 1))
    }

    private mutating func push(_ kind: Frame.Kind, end: Int, isUndefined: Bool, implicit: Bool) {
        stack.append(frame)
        frame = Frame(
            kind: kind, end: end, isUndefined: isUndefined, isExplicit: frame.isExplicit && !implicit,
            isBigEndian: frame.isBigEndian && !implicit, node: nodes.count &- 1, childLevel: frame.childLevel &+ 1,
            encodingIsSettled: kind != .item)
    }

    /// Closes the innermost container. The data set itself is never closed here.
    private mutating func pop() {
        guard let outer = stack.popLast() else { return }
        nodes[frame.node].next = UInt32(truncatingIfNeeded: nodes.count)
        frame = outer
    }

    /// The position has come to the end of what holds the container.
    private mutating func closeAtEnd() throws(DICOMError) -> Progress? {
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
    private mutating func delimiter(_ tag: Tag, _ bytes: RawSpan, isComplete: Bool) throws(DICOMError) -> Progress? {
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

    private mutating func beginItem(_ length: UInt32, _ bytes: RawSpan, isComplete: Bool) throws(DICOMError)
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
    private mutating func close(at tag: Tag) throws(DICOMError) {
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

// MARK: - The end of the meta group

extension Parser {
    /// Group 0x0200 of a big endian data set looks like group 2. There, and only there, the meta group's length decides;
    /// everywhere else it is too often wrong to be believed.
    @inline(never)
    private func beginsBigEndian(_ bytes: RawSpan) -> Bool {
        guard let first = nodes.first, first.tag == .fileMetaInformationGroupLength, first.length == 4,
            first.offset &+ 4 &+ Int(long(bytes, first.offset)) == position,
            let syntax = nodes.last(where: { $0.tag == .transferSyntaxUID })
        else { return false }
        let uid = (0..<Int(syntax.length)).map { byte(bytes, syntax.offset &+ $0) }.prefix { $0 != 0 }
        return uid.elementsEqual(TransferSyntax.explicitBigEndian.uid.utf8)
    }
}

// MARK: - Irregular encodings

extension Parser {
    /// The first element of a data set or item shows whether it is encoded as promised: some writers put explicit items
    /// into implicit files, or name the wrong transfer syntax.
    private mutating func settleEncoding(_ tag: Tag, _ bytes: RawSpan) {
        frame.encodingIsSettled = true
        let (first, second) = (byte(bytes, position &+ 4), byte(bytes, position &+ 5))
        let looksExplicit = VR(first, second) != nil
        if frame.isExplicit, !isCapital(first) || !isCapital(second) {
            frame.isExplicit = false
            warnings.add(
                DICOMError(
                    .wrongVR, offset: position, tag: tag,
                    "elements have no VR, though the transfer syntax promises it; read as implicit"))
        } else if !frame.isExplicit, looksExplicit {
            // Read as an implicit length, two capitals mean 16 KiB at the very least: believe them only where such a
            // value has no place, or at the top, where the first elements are short.
            let claimed = Int(long(bytes, position &+ 4))
            guard frame.kind == .dataSet || claimed > frame.end &- position &- 8 else { return }
            frame.isExplicit = true
            warnings.add(
                DICOMError(
                    .wrongVR, offset: position, tag: tag, "elements carry a VR, though they are to be implicit here"))
        }
    }

    /// An explicit element whose two letters are no VR that we know.
    @inline(never)
    private mutating func irregularHeader(_ tag: Tag, _ bytes: RawSpan) throws(DICOMError) -> (VR, Int, UInt32) {
        let (first, second) = (byte(bytes, position &+ 4), byte(bytes, position &+ 5))
        guard isCapital(first), isCapital(second) else {
            // Some writers lapse into implicit elements.
            warnings.add(
                DICOMError(.wrongVR, offset: position, tag: tag, "the element has no VR; read as implicit"))
            return (implicitVR(tag), 8, long(bytes, position &+ 4))
        }
        let letters = String(decoding: [first, second], as: UTF8.self)
        // The dictionary knows better, as it does for UN; of a private attribute nobody does.
        let vr = implicitVR(tag)
        warnings.add(
            DICOMError(.wrongVR, offset: position, tag: tag, "\(letters) is no VR of the standard; read as \(vr)"))
        // VRs of later editions have the long form (PS3.5 6.2); invented ones mostly the short one. Reserved zeros tell.
        if short(bytes, position &+ 6) == 0, bytes.byteCount &- position >= 12 {
            let length = long(bytes, position &+ 8)
            if length <= frame.end &- position &- 12, length != 0 { return (vr, 12, length) }
        }
        return (vr, 8, UInt32(short(bytes, position &+ 6)))
    }

    private func isCapital(_ character: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character)
    }
}

// MARK: - Ends

extension Parser {
    private mutating func crossing(_ tag: Tag, end: Int) throws(DICOMError) -> Progress? {
        if frame.end == total {
            return try truncated(tag, "the value")
        }
        throw DICOMError(
            .crossesEnd, offset: position, tag: tag,
            "the value reaches \(end &- frame.end) bytes beyond the end of the item or sequence that holds it")
    }

    /// Nothing bounds what is open but the end of a file that may be cut off.
    private var endsWithFile: Bool { frame.end == total && limits.acceptsTruncatedDataSets }

    /// The end of a sequence or item that claims more bytes than there are.
    private mutating func bounded(_ end: Int, _ tag: Tag) -> Int {
        guard end > frame.end else { return end }
        warnings.add(
            DICOMError(
                .truncated, offset: position, tag: tag,
                "the sequence or item is cut off: it claims \(end &- frame.end) bytes more than the file has"))
        isTruncated = true
        return frame.end
    }

    /// The bytes end inside an element.
    private mutating func truncated(_ tag: Tag?, _ what: String) throws(DICOMError) -> Progress {
        if frame.kind == .encapsulated, stack.count == 1, nodes[frame.node].tag.isPixelData {
            warnings.add(
                DICOMError(
                    .pixelDataShort, offset: position, tag: nodes[frame.node].tag,
                    "the file ends before the pixel data does; it is cut off"))
            pop()
            return finish()
        }
        let error = DICOMError(
            .truncated, offset: position, tag: tag,
            "\(what) is cut off: the file ends after \(total ?? position) bytes; get it again from where it came")
        guard limits.acceptsTruncatedDataSets else { throw error }
        warnings.add(error)
        isTruncated = true
        while frame.kind != .dataSet { pop() }
        return finish()
    }

    private func checkSize(_ end: Int, _ tag: Tag) throws(DICOMError) {
        let limit = stop == .endOfData ? limits.maximumInflatedBytes : limits.maximumHeaderBytes
        guard end <= limit else {
            throw DICOMError(
                .tooLarge, offset: position, tag: tag,
                "with this value, what comes before the pixel data is more than \(limit) bytes; raise the limit if that is right"
            )
        }
    }

    /// Fewer than eight bytes are left and no more will come.
    private mutating func endOfBytes(_ bytes: RawSpan) throws(DICOMError) -> Progress {
        let left = max(bytes.byteCount &- position, 0)
        if left == 0, frame.kind == .dataSet { return finish() }
        if left == 0 { return try truncated(nodes[frame.node].tag, "the sequence or item") }
        guard frame.kind == .dataSet, areZeros(bytes) else { return try truncated(nil, "an element's header") }
        warnings.add(DICOMError(.trailingBytes, offset: position, "\(left) bytes of zero follow the data set"))
        return finish()
    }

    /// (0000,0000) after other elements: some writers fill up the last block of a file with zeros.
    @inline(never)
    private mutating func padding(_ bytes: RawSpan, _ isComplete: Bool) -> Progress? {
        guard areZeros(bytes) else { return nil }
        guard isComplete else { return .needs(bytes.byteCount &+ 1) }
        warnings.add(
            DICOMError(
                .trailingBytes, offset: position, "\(bytes.byteCount &- position) bytes of zero follow the data set"))
        return finish()
    }

    private func areZeros(_ bytes: RawSpan) -> Bool {
        for at in position..<max(bytes.byteCount, position) where byte(bytes, at) != 0 { return false }
        return true
    }

    private mutating func finish() -> Progress {
        decideSigns()
        return .finished
    }

    /// "US or SS" that came before its Pixel Representation, as in (0018,9810).
    private mutating func decideSigns() {
        guard !undecided.isEmpty, frame.pixelRepresentation == 1 else { return }
        for index in undecided where nodes.indices.contains(index) && nodes[index].vr == .us { nodes[index].vr = .ss }
        undecided = []
    }
}

// MARK: - Bytes

extension Parser {
    // RawSpan checks every access against its count; the guards above keep all of them inside, so that none traps.

    @inline(__always)
    private func byte(_ bytes: RawSpan, _ at: Int) -> UInt8 {
        bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self)
    }

    @inline(__always)
    private func short(_ bytes: RawSpan, _ at: Int) -> UInt16 {
        let value = bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt16.self)
        return frame.isBigEndian ? UInt16(bigEndian: value) : UInt16(littleEndian: value)
    }

    @inline(__always)
    private func long(_ bytes: RawSpan, _ at: Int) -> UInt32 {
        let value = bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self)
        return frame.isBigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
    }

    @inline(__always)
    private func word(_ bytes: RawSpan, _ at: Int) -> (UInt16, UInt16) {
        (short(bytes, at), short(bytes, at &+ 2))
    }
}
