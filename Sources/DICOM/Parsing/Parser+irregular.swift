/// Encodings that are not as promised, and the end of a meta group that may be anywhere.
extension Parser {
    /// The first element of a data set or item shows whether it is encoded as promised: some writers put explicit items
    /// into implicit files, or name the wrong transfer syntax.
    mutating func settleEncoding(_ tag: Tag, _ bytes: RawSpan) {
        frame.encodingIsSettled = true
        let (first, second) = (byte(bytes, position &+ 4), byte(bytes, position &+ 5))
        if frame.isExplicit, !isCapital(first) || !isCapital(second) {
            frame.isExplicit = false
            warnings.add(
                DICOMError(
                    .wrongVR, offset: position, tag: tag,
                    "elements have no VR, though the transfer syntax promises it; read as implicit"))
        } else if !frame.isExplicit, let vr = VR(first, second) {
            // Read as an implicit length, two capitals mean 16 KiB at the very least. Believe them where such a value has
            // no place, and at the top, where the first elements are short, when they are the attribute's own VR.
            let claimed = Int(long(bytes, position &+ 4))
            guard
                claimed > frame.end &- position &- 8
                    || frame.kind == .dataSet && FileStart.hasVR(tag, vr)
            else { return }
            frame.isExplicit = true
            warnings.add(
                DICOMError(
                    .wrongVR, offset: position, tag: tag, "elements carry a VR, though they are to be implicit here"))
        }
    }

    /// An explicit element whose two letters are no VR that we know.
    @inline(never)
    mutating func irregularHeader(_ tag: Tag, _ bytes: RawSpan) throws(DICOMError) -> (VR, Int, UInt32) {
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

    func isCapital(_ character: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character)
    }
}

extension Parser {
    /// Group 0x0200 of a big endian data set looks like group 2. There, and only there, the meta group's length decides;
    /// everywhere else it is too often wrong to be believed.
    @inline(never)
    func beginsBigEndian(_ bytes: RawSpan) -> Bool {
        guard let first = nodes.first, first.tag == .fileMetaInformationGroupLength, first.length == 4,
            first.offset &+ 4 &+ Int(long(bytes, first.offset)) == position,
            let syntax = nodes.last(where: { $0.tag == .transferSyntaxUID })
        else { return false }
        let uid = (0..<Int(syntax.length)).map { byte(bytes, syntax.offset &+ $0) }.prefix { $0 != 0 }
        return uid.elementsEqual(TransferSyntax.explicitBigEndian.uid.utf8)
    }
}
