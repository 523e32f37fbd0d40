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

    var nodes = ContiguousArray<Node>()
    var warnings: Warnings
    var pixelData: PixelDataLocation?
    /// Somewhere elements were not strictly ascending: the tape needs ``TapeOrder``.
    var needsOrdering = false
    /// The data set ended in the middle of an element and the limits let that pass.
    var isTruncated = false
    /// Nodes whose "US or SS" was met before the Pixel Representation.
    var undecided: [Int] = []
    /// A byte known not to be zero, at which no padding can have begun before.
    var nextNonZero = -1

    var position: Int
    var frame: Frame
    var stack: [Frame] = []

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
                // A deflated data set may have fewer bytes than an element.
                if stop == .endOfMeta, frame.kind == .dataSet { return finish() }
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
    mutating func readElement(
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
    func leaf(_ tag: Tag, _ vr: VR, value: Int, length: UInt32, littleEndian: Bool) -> Node {
        Node(
            tag: tag, vr: vr, kind: .element, level: UInt8(truncatingIfNeeded: frame.childLevel),
            flags: frame.isBigEndian && !littleEndian ? .bigEndian : .none, offset: value, length: length,
            next: UInt32(truncatingIfNeeded: nodes.count &+ 1))
    }

    /// Top-level pixel data that the end of the file cuts off keeps what there is of it, with a warning.
    @inline(never)
    mutating func shortPixelData(_ tag: Tag, _ length: UInt32, value: Int) -> UInt32? {
        guard tag.isPixelData, frame.kind == .dataSet, frame.end == total else { return nil }
        let left = max(frame.end &- value, 0)
        warnings.add(
            DICOMError(
                .pixelDataShort, offset: position, tag: tag,
                "the pixel data has \(left) of \(length) bytes; the file is cut off"))
        return UInt32(truncatingIfNeeded: left)
    }

    @inline(__always)
    mutating func append(_ node: Node) throws(DICOMError) {
        guard nodes.count < limits.maximumElements else {
            throw DICOMError(
                .tooManyElements, offset: position, tag: node.tag,
                "the data set has more than \(limits.maximumElements) elements; raise the limit if that is right")
        }
        nodes.append(node)
    }

    @inline(__always)
    mutating func noteOrder(_ tag: Tag) {
        if frame.hasElements, tag.packed <= frame.lastTag { noteDisorder(tag) }
        frame.hasElements = true
        frame.lastTag = tag.packed
    }

    @inline(never)
    mutating func noteDisorder(_ tag: Tag) {
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
    mutating func noteOdd(_ tag: Tag, _ length: UInt32, at offset: Int) {
        warnings.add(DICOMError(.oddLength, offset: offset, tag: tag, "the value has an odd length, \(length) bytes"))
    }

    /// The VR of an element that has none with it.
    @inline(__always)
    mutating func implicitVR(_ tag: Tag) -> VR {
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
    mutating func resolveUN(_ tag: Tag, _ vr: inout VR, _ length: UInt32) -> Bool {
        if length == .max {
            vr = tag.isPixelData ? .ob : .sq
        } else if !tag.isPrivate || tag.isPrivateCreator {
            vr = implicitVR(tag)
        }
        return true
    }

    mutating func stopped(at tag: Tag, _ vr: VR, _ header: Int, _ length: UInt32) -> Progress {
        pixelData = PixelDataLocation(
            tag: tag, vr: vr, elementOffset: position, valueOffset: position &+ header,
            length: length == .max ? .undefined : .bytes(Int(length)), isBigEndian: frame.isBigEndian)
        return finish()
    }
}

// MARK: - Bytes

extension Parser {
    // RawSpan checks every access against its count; the guards above keep all of them inside, so that none traps.

    @inline(__always)
    func byte(_ bytes: RawSpan, _ at: Int) -> UInt8 {
        bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self)
    }

    @inline(__always)
    func short(_ bytes: RawSpan, _ at: Int) -> UInt16 {
        let value = bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt16.self)
        return frame.isBigEndian ? UInt16(bigEndian: value) : UInt16(littleEndian: value)
    }

    @inline(__always)
    func long(_ bytes: RawSpan, _ at: Int) -> UInt32 {
        let value = bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self)
        return frame.isBigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
    }

    @inline(__always)
    func word(_ bytes: RawSpan, _ at: Int) -> (UInt16, UInt16) {
        (short(bytes, at), short(bytes, at &+ 2))
    }
}
