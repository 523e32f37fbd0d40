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
        let values = texts(of: element).compactMap { cleaner.clean($0, known: known, shift: shift)?.text }
        return values.isEmpty ? nil : values.joined(separator: "\\")
    }

    /// The element's text without what is known to identify; nil where nothing has to be taken out.
    func scrub(_ element: Element) -> String? {
        guard !known.isEmpty else { return nil }
        let before = texts(of: element)
        let after = before.map { cleaner.scrub($0, known: known) }
        return before == after ? nil : after.joined(separator: "\\")
    }

    /// The text of an element that is not ASCII; nil for all others, which can be copied.
    func wide(_ element: Element) -> String? {
        guard element.vr.usesCharacterSet, element.bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B }) else {
            return nil
        }
        return element.strings.joined(separator: "\\")
    }

    private func texts(of element: Element) -> [String] {
        if element.vr == .un { return [String(decoding: element.bytes, as: UTF8.self).trimmed] }
        return element.strings
    }
}
