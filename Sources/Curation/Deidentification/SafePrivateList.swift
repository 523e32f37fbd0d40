public import DICOM

/// Private elements that are known to say nothing of a patient, by the name of their creator (PS3.15 section E.3.10).
///
/// Elements are found by their creator's name, never by the number of its block, which differs from file to file. Each
/// holds numbers, codes or text of devices; text in the place of numbers is not kept, and text is cleaned.
public struct SafePrivateList: Sendable, Equatable {
    public struct Element: Sendable, Hashable {
        /// As it stands in the creator element (gggg,00bb), without padding.
        public let creator: String
        public let group: UInt16
        /// The last two digits of the element: (gggg,bb??).
        public let element: UInt8
        public let vr: VR
        /// "B value".
        public let meaning: String

        public init(creator: String, group: UInt16, element: UInt8, vr: VR, meaning: String) {
            self.creator = creator
            self.group = group
            self.element = element
            self.vr = vr
            self.meaning = meaning
        }
    }

    private struct Key: Hashable {
        let creator: String
        let group: UInt16
        let element: UInt8
    }

    private var table: [Key: Element] = [:]

    /// What a profile may add: numbers, dates (which are treated as others), UIDs (likewise), short codes. Text stays only of
    /// elements that the standard knows to be safe, and is cleaned.
    static let allowed: [VR] = [.ds, .is, .fl, .fd, .sl, .ss, .ul, .us, .cs, .sh, .da, .dt, .tm, .ui]

    public init(_ elements: some Sequence<Element> = []) {
        for element in elements { insert(element) }
    }

    public var elements: [Element] {
        table.values.sorted { ($0.creator, $0.group, $0.element) < ($1.creator, $1.group, $1.element) }
    }

    public mutating func insert(_ element: Element) {
        table[Key(creator: element.creator, group: element.group, element: element.element)] = element
    }

    /// The entry of an element of that creator; nil where it is not known to be safe.
    public func entry(creator: String, tag: Tag) -> Element? {
        table[Key(creator: creator, group: tag.group, element: UInt8(truncatingIfNeeded: tag.element))]
    }
}
