import DICOM

/// How the text of one object is treated: with what is known of its patient.
struct TextTreatment: Sendable {
    private let cleaner: TextCleaner
    private let known: KnownText
    /// Whether text leaves its own character set for UTF-8: where text is cleaned, it has to be written anew.
    let isConverted: Bool

    init(profile: ConfidentialityProfile, known: KnownIdentifiers, cleaner: TextCleaner) {
        self.cleaner = cleaner
        self.known = KnownText(known)
        isConverted =
            profile.has(.cleanDescriptors) || profile.has(.cleanStructuredContent) || profile.has(.cleanGraphics)
    }

    /// The element's text without what may identify; nil where nothing is left.
    func clean(_ element: Element, shift: DateShift?) -> String? {
        let values = texts(of: element).compactMap { text in
            cleaner.clean(text, known: known, shift: shift).map { fitting($0.text, instead: text, element.vr) }
        }
        return values.isEmpty ? nil : values.joined(separator: "\\")
    }

    /// The element's text without what is known, or sure, to identify; nil where nothing has to be changed.
    func scrub(_ element: Element, shift: DateShift? = DateShift(days: 0)) -> String? {
        let before = texts(of: element)
        let isTechnical = TextTreatment.technical.contains(element.tag)
        let after = before.map {
            let scrubbed =
                isTechnical
                ? cleaner.scrub(makersText: $0, known: known) : cleaner.scrub($0, known: known, shift: shift)
            return fitting(scrubbed, instead: $0, element.vr)
        }
        return before == after ? nil : after.joined(separator: "\\")
    }

    /// Makers, models and versions of programs: "2.6.3.6" is no machine's address there.
    private static let technical: Set<Tag> = [.manufacturer, .manufacturerModelName, Tag(0x0018, 0x1020)]

    /// The text of an element that is not ASCII; nil for all others, which can be copied.
    func wide(_ element: Element) -> String? {
        guard element.vr.usesCharacterSet, element.bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B }) else {
            return nil
        }
        return element.strings.joined(separator: "\\")
    }

    /// A moved date may be longer than the one it replaces: no longer than the VR allows (PS3.5 table 6.2-1), if it was not.
    private func fitting(_ text: String, instead original: String, _ vr: VR) -> String {
        let most: Int
        switch vr {
        case .sh: most = 16
        case .lo: most = 64
        case .st: most = 1_024
        case .lt: most = 10_240
        default: return text
        }
        return text.unicodeScalars.count > most && original.unicodeScalars.count <= most
            ? String(text.prefix(most)) : text
    }

    private func texts(of element: Element) -> [String] {
        if element.vr == .un { return [String(decoding: element.bytes, as: UTF8.self).trimmed] }
        return element.strings
    }
}
