/// Where a data set ends: as it should, in padding, or in the middle of an element.
extension Parser {
    mutating func crossing(_ tag: Tag, end: Int) throws(DICOMError) -> Progress? {
        if frame.end == total {
            return try truncated(tag, "the value")
        }
        throw DICOMError(
            .crossesEnd, offset: position, tag: tag,
            "the value reaches \(end &- frame.end) bytes beyond the end of the item or sequence that holds it")
    }

    /// Nothing bounds what is open but the end of a file that may be cut off.
    var endsWithFile: Bool { frame.end == total && limits.acceptsTruncatedDataSets }

    /// The end of a sequence or item that claims more bytes than there are.
    mutating func bounded(_ end: Int, _ tag: Tag) -> Int {
        guard end > frame.end else { return end }
        warnings.add(
            DICOMError(
                .truncated, offset: position, tag: tag,
                "the sequence or item is cut off: it claims \(end &- frame.end) bytes more than the file has"))
        isTruncated = true
        return frame.end
    }

    /// The bytes end inside an element.
    mutating func truncated(_ tag: Tag?, _ what: String) throws(DICOMError) -> Progress {
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
            "\(what) is cut off: "
                + (total.map { "the file ends after \($0) bytes" } ?? "the inflated data set ends before it does")
                + "; get it again from where it came")
        guard limits.acceptsTruncatedDataSets else { throw error }
        warnings.add(error)
        isTruncated = true
        while frame.kind != .dataSet { pop() }
        return finish()
    }

    func checkSize(_ end: Int, _ tag: Tag) throws(DICOMError) {
        let limit = stop == .endOfData ? limits.maximumInflatedBytes : limits.maximumHeaderBytes
        guard end <= limit else {
            throw DICOMError(
                .tooLarge, offset: position, tag: tag,
                "with this value, what comes before the pixel data is more than \(limit) bytes; raise the limit if that is right"
            )
        }
    }

    /// Fewer than eight bytes are left and no more will come.
    mutating func endOfBytes(_ bytes: RawSpan) throws(DICOMError) -> Progress {
        let left = max(bytes.byteCount &- position, 0)
        if left == 0, frame.kind == .dataSet { return finish() }
        if left == 0 { return try truncated(nodes[frame.node].tag, "the sequence or item") }
        guard frame.kind == .dataSet, firstNonZero(bytes) == nil else {
            return try truncated(nil, "an element's header")
        }
        warnings.add(DICOMError(.trailingBytes, offset: position, "\(left) bytes of zero follow the data set"))
        return finish()
    }

    /// (0000,0000) after other elements: some writers fill up the last block of a file with zeros.
    @inline(never)
    mutating func padding(_ bytes: RawSpan, _ isComplete: Bool) -> Progress? {
        // What stands behind the zeros is looked for once, not at each of them.
        guard position > nextNonZero else { return nil }
        if let found = firstNonZero(bytes) {
            nextNonZero = found
            return nil
        }
        guard isComplete else { return .needs(bytes.byteCount &+ 1) }
        warnings.add(
            DICOMError(
                .trailingBytes, offset: position, "\(bytes.byteCount &- position) bytes of zero follow the data set"))
        return finish()
    }

    func firstNonZero(_ bytes: RawSpan) -> Int? {
        var at = position
        while at < bytes.byteCount, byte(bytes, at) == 0 { at &+= 1 }
        return at < bytes.byteCount ? at : nil
    }

    mutating func finish() -> Progress {
        decideSigns()
        return .finished
    }

    /// "US or SS" that came before its Pixel Representation, as in (0018,9810).
    mutating func decideSigns() {
        guard !undecided.isEmpty, frame.pixelRepresentation == 1 else { return }
        for index in undecided where nodes.indices.contains(index) && nodes[index].vr == .us { nodes[index].vr = .ss }
        undecided = []
    }
}
