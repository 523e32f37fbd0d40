/// Where the elements of a file begin.
struct FileStart {
    var position: Int
    var hasPreamble: Bool

    /// Looks at the first 132 bytes (or fewer, where the file has no more).
    static func find(in bytes: [UInt8], total: Int, warnings: inout Warnings) throws(DICOMError) -> FileStart {
        let mark = Array("DICM".utf8)
        if bytes.count >= 132, bytes[128..<132].elementsEqual(mark) {
            if let kind = program(bytes) {
                warnings.add(
                    DICOMError(
                        .executablePreamble, offset: 0,
                        "the preamble begins like \(kind): the file may run as one; written again, it is zeros"))
            }
            return FileStart(position: 132, hasPreamble: true)
        }
        let position = bytes.starts(with: mark) ? 4 : 0
        guard position == 4 || beginsLikeDataSet(bytes, total: total) else {
            throw DICOMError(
                .notDICOM, offset: 0,
                "this is not a DICOM file: it has no \"DICM\" at byte 128 and does not begin with an element")
        }
        warnings.add(DICOMError(.noPreamble, offset: 0, "the file has no preamble"))
        return FileStart(position: position, hasPreamble: false)
    }

    /// What the preamble would be to an operating system (CVE-2019-11687).
    private static func program(_ bytes: [UInt8]) -> String? {
        let starts: [([UInt8], String)] = [
            ([0x4D, 0x5A], "a Windows program"),
            ([0x7F, 0x45, 0x4C, 0x46], "a Linux program"),
            ([0xCF, 0xFA, 0xED, 0xFE], "a macOS program"),
            ([0xCE, 0xFA, 0xED, 0xFE], "a macOS program"),
            ([0xCA, 0xFE, 0xBA, 0xBE], "a macOS program or a Java class"),
            ([0x23, 0x21], "a script"),
        ]
        return starts.first { bytes.starts(with: $0.0) }?.1
    }

    /// A file without preamble: the first element is one of the standard, from the groups that a data set begins with,
    /// its VR the dictionary's or, without VR, its length inside the file. Text and other formats do not pass.
    private static func beginsLikeDataSet(_ bytes: [UInt8], total: Int) -> Bool {
        guard bytes.count >= 8 else { return false }
        let little = Tag(UInt16(bytes[0]) | UInt16(bytes[1]) << 8, UInt16(bytes[2]) | UInt16(bytes[3]) << 8)
        let big = Tag(UInt16(bytes[1]) | UInt16(bytes[0]) << 8, UInt16(bytes[3]) | UInt16(bytes[2]) << 8)
        let vr = VR(bytes[4], bytes[5])
        for tag in [little, big] where tag.group > 0 && tag.group <= 0x0020 {
            if let vr, hasVR(tag, vr) { return true }
        }
        let length = bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        return (1...0x0020).contains(little.group) && length <= total - 8
            && (little.isGroupLength ? length == 4 : DataDictionary.standard[little] != nil)
    }

    /// Whether the dictionary gives the attribute that VR; UN stands for any.
    static func hasVR(_ tag: Tag, _ vr: VR) -> Bool {
        let known = DataDictionary.standard[tag]?.vrs ?? (tag.isGroupLength ? [.ul] : [])
        return known.contains(vr) || (vr == .un && !known.isEmpty)
    }
}

extension TransferSyntax {
    /// What a data set looks like at its first element, where no meta group says what it is.
    static func guessed(from bytes: [UInt8], at position: Int) -> TransferSyntax {
        guard position >= 0, position <= bytes.count - 6 else { return .implicitLittleEndian }
        let isExplicit = VR(bytes[position + 4], bytes[position + 5]) != nil
        // Data sets begin with a group below 0x0100: the zero byte of it comes first in big endian order only.
        let isBigEndian = bytes[position] == 0 && bytes[position + 1] != 0
        return isExplicit ? (isBigEndian ? .explicitBigEndian : .explicitLittleEndian) : .implicitLittleEndian
    }
}
