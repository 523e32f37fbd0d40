import DICOM

extension LeakScanner {
    /// Searches what was written as bytes, without reading it as DICOM: what a parser would not show is found as well.
    ///
    /// Runs of text are searched in ASCII and UTF-16, and in the encodings of the known names' scripts. Words that are also
    /// the standard's and identifiers that chance would make are left to the search by attributes.
    ///
    /// - Parameters:
    ///   - bytes: the header of a file as it lies on the disk, or all of an object without pictures.
    ///   - offset: of the first byte in the file.
    public func scan(bytes: ArraySlice<UInt8>, at offset: Int = 0) -> [LeakFinding] {
        var findings: [LeakFinding] = []
        var seen: Set<LeakHit> = []
        searchRaw(bytes, shortestRun: 4) { hit in
            guard seen.insert(hit).inserted else { return }
            findings.append(LeakFinding(kind: hit.kind, place: .offset(offset + hit.start), match: hit.match))
        }
        return findings
    }

    public func scan(bytes: [UInt8], at offset: Int = 0) -> [LeakFinding] { scan(bytes: bytes[...], at: offset) }

    /// Searches runs of text in bytes. The places of the hits count from the first byte.
    func searchRaw(_ bytes: ArraySlice<UInt8>, shortestRun: Int, found: (LeakHit) -> Void) {
        let span = bytes.span
        let isBeyondASCII = !patient.decoders.isEmpty
        var index = 0
        while index < span.count {
            let start = index
            var hasOthers = false
            while index < span.count, UndeclaredText.isTextByte(span[index], isBeyondASCII) {
                if span[index] >= 0x80 || span[index] == 0x1B {
                    // The tag of an item, FFFE, is no letter of the text before it.
                    if span[index] == 0xFE, index + 1 < span.count, span[index + 1] == 0xFF { break }
                    hasOthers = hasOthers || !isHeader(span, index, start)
                }
                index += 1
            }
            if index - start >= shortestRun {
                searchRun(span, start..<index, found: found)
                if hasOthers { searchDecoded(bytes, start..<index, found: found) }
            }
            index = max(index, start + 1)
        }
        searchUTF16(bytes, found: found)
        if !patient.encoded.isEmpty {
            patient.encoded.search(span) { kinds, last in
                for kind in kinds.kinds { found(LeakHit(kind: kind, match: .word, start: last)) }
            }
        }
    }

    /// Whether the byte is the high one of an element's number, with the VR's two capitals behind it: (0040,A730) SQ.
    private func isHeader(_ bytes: Span<UInt8>, _ index: Int, _ start: Int) -> Bool {
        guard index == start + 1, start > 0, bytes[start - 1] == 0, index + 2 < bytes.count else { return false }
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return capitals.contains(bytes[index + 1]) && capitals.contains(bytes[index + 2])
    }

    /// A run of text, and its end without the byte of the next element's tag that it runs into: "JANE" and group 0054 read
    /// "JANET", and a NUL. Values have an even length, the byte makes it odd.
    private func searchRun(_ bytes: Span<UInt8>, _ run: Range<Int>, found: (LeakHit) -> Void) {
        search(bytes, in: run, .raw, found: found)
        guard run.count & 1 == 1, run.upperBound < bytes.count, bytes[run.upperBound] == 0 else { return }
        let end = run.upperBound - 1
        search(bytes, in: max(run.lowerBound, end - 2 * SearchPattern.longest)..<end, .raw, found: found)
    }

    private func searchDecoded(_ bytes: ArraySlice<UInt8>, _ run: Range<Int>, found: (LeakHit) -> Void) {
        let value = bytes.dropFirst(run.lowerBound).prefix(min(run.count, Self.maximumDecodedBytes))
        for decoder in patient.decoders {
            let folded = TextFolding.folded(decoder.decode(value, vr: .lo))
            let span = folded.span
            search(span, in: 0..<span.count, .raw) { hit in
                found(LeakHit(kind: hit.kind, match: hit.match, start: run.lowerBound))
            }
        }
    }

    /// Bytes of one run that are decoded.
    private static let maximumDecodedBytes = 1 << 16

    /// ASCII in words of 16 bits, in both orders: every second byte is 0.
    private func searchUTF16(_ bytes: ArraySlice<UInt8>, found: (LeakHit) -> Void) {
        let span = bytes.span
        var index = 0
        while index + 7 < span.count {
            guard span[index + 1] == 0, span[index] != 0, span[index + 3] == 0,
                UndeclaredText.isTextByte(span[index], false), UndeclaredText.isTextByte(span[index + 2], false)
            else {
                index += 1
                continue
            }
            let start = index
            var letters: [UInt8] = []
            while index + 1 < span.count, span[index + 1] == 0, UndeclaredText.isTextByte(span[index], false) {
                letters.append(span[index])
                index += 2
            }
            // In big endian order the last letter has no zero behind it.
            if index < span.count, UndeclaredText.isTextByte(span[index], false) { letters.append(span[index]) }
            let text = letters.span
            search(text, in: 0..<text.count, .raw) { hit in
                found(LeakHit(kind: hit.kind, match: hit.match, start: start + 2 * hit.start))
            }
        }
    }
}

extension UndeclaredText {
    static func isASCII(_ bytes: ArraySlice<UInt8>) -> Bool {
        let span = bytes.span
        for index in 0..<span.count where span[index] >= 0x80 || span[index] == 0x1B { return false }
        return true
    }

    /// Printable ASCII, spaces and line ends, NULs at the end: text without anybody saying so.
    static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
        let span = bytes.span
        var end = span.count
        while end > 0, span[end - 1] == 0 { end -= 1 }
        for index in 0..<end where !isTextByte(span[index], false) { return false }
        return end > 0
    }

    @inline(__always)
    static func isTextByte(_ byte: UInt8, _ isBeyondASCII: Bool) -> Bool {
        switch byte {
        case 0x20..<0x7F, 0x09, 0x0A, 0x0D: true
        // 0xFF is what lengths are filled with that nobody counted, and a letter of no name.
        case 0x1B, 0x80...0xFE: isBeyondASCII
        default: false
        }
    }
}
