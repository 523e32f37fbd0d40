/// What is wrong with a file or a data set, in which element, at which byte. Never holds a value: values are patients'.
public struct DICOMError: Error, Equatable, Sendable {
    public let code: Code
    /// Bytes from the start of the file (of the inflated data set, where the file is deflated).
    public let offset: Int?
    public let tag: Tag?
    /// What happened, without the place: "the value claims 70000 bytes, but 512 are left in the file".
    public let detail: String

    public init(_ code: Code, offset: Int? = nil, tag: Tag? = nil, _ detail: String) {
        self.code = code
        self.offset = offset
        self.tag = tag
        self.detail = detail
    }

    /// The kind of error, for programs. More may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    /// The sentence for a person: place, element, what happened.
    public var message: String {
        var place: [String] = []
        if let offset { place.append("at byte \(offset)") }
        if let tag {
            let keyword = DataDictionary.standard.keyword(of: tag)
            place.append("in \(tag)" + (keyword.map { " \($0)" } ?? ""))
        }
        return place.isEmpty ? detail : place.joined(separator: ", ") + ": " + detail
    }
}

extension DICOMError: CustomStringConvertible {
    public var description: String { message }
}

extension DICOMError.Code {
    /// There is nothing of DICOM in the file; another kind of file, most likely.
    public static let notDICOM = Self("not-dicom")
    /// The file is empty.
    public static let empty = Self("empty")
    /// The bytes end in the middle of an element.
    public static let truncated = Self("truncated")
    /// The pixel data is shorter than it says.
    public static let pixelDataShort = Self("pixel-data-short")
    /// The items of encapsulated pixel data are not in order.
    public static let badFragments = Self("bad-fragments")
    /// A value or a sequence reaches beyond the item or sequence that holds it.
    public static let crossesEnd = Self("crosses-end")
    /// Sequences lie deeper in one another than the limit.
    public static let tooDeep = Self("too-deep")
    /// More elements than the limit.
    public static let tooManyElements = Self("too-many-elements")
    /// More header, or an inflated data set larger, than the limit.
    public static let tooLarge = Self("too-large")
    /// An undefined length where the standard allows none.
    public static let undefinedLength = Self("undefined-length")
    /// An item that belongs to no sequence, or something else where an item must be.
    public static let strayItem = Self("stray-item")
    /// A delimiter that closes nothing.
    public static let strayDelimiter = Self("stray-delimiter")
    /// A sequence or item of undefined length without its delimiter.
    public static let missingDelimiter = Self("missing-delimiter")
    /// A delimiter with a length other than zero.
    public static let delimiterLength = Self("delimiter-length")
    /// A value of an odd number of bytes.
    public static let oddLength = Self("odd-length")
    /// Two letters that are no VR of the standard, or not the encoding that the transfer syntax promises.
    public static let wrongVR = Self("wrong-vr")
    /// Elements that are not in ascending order.
    public static let unordered = Self("unordered")
    /// The same element twice in one data set; the last one counts.
    public static let duplicate = Self("duplicate")
    /// No 128-byte preamble and "DICM".
    public static let noPreamble = Self("no-preamble")
    /// The preamble begins like a program: the file may be both (CVE-2019-11687). Writing makes it zeros.
    public static let executablePreamble = Self("executable-preamble")
    /// No meta group, no transfer syntax in it, or a wrong length of it.
    public static let badMeta = Self("bad-meta")
    /// A transfer syntax that is not in the standard; read as explicit little endian.
    public static let unknownTransferSyntax = Self("unknown-transfer-syntax")
    /// The deflated data set cannot be unfolded.
    public static let badDeflate = Self("bad-deflate")
    /// Bytes after the data set that are no elements.
    public static let trailingBytes = Self("trailing-bytes")
    /// A character set that is not in the standard.
    public static let unknownCharacterSet = Self("unknown-character-set")
    /// The bytes could not be had: an error of the disk or the network.
    public static let unreadable = Self("unreadable")
    /// Not DICOM JSON.
    public static let badJSON = Self("bad-json")
    /// What was to be written has no form in that transfer syntax.
    public static let cannotWrite = Self("cannot-write")
    /// The value cannot be what its VR says, or the object contradicts itself.
    public static let badValue = Self("bad-value")
}
