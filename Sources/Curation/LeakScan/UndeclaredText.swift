import DICOM

/// Text in bytes that no attribute explains: which encodings it may be in, given the scripts of the names looked for.
enum UndeclaredText {
    /// The character sets to try: UTF-8 first, and one or two for each script that is not Latin.
    static func decoders(for names: [String]) -> [SpecificCharacterSet] {
        var terms: [String] = names.isEmpty ? [] : ["ISO_IR 192", "ISO_IR 100"]
        for scalar in names.joined().unicodeScalars {
            let more: [String] =
                switch scalar.value {
                case 0x100...0x24F: ["ISO_IR 101", "ISO_IR 109", "ISO_IR 148"]
                case 0x370...0x3FF: ["ISO_IR 126"]
                case 0x400...0x52F: ["ISO_IR 144"]
                case 0x590...0x5FF: ["ISO_IR 138"]
                case 0x600...0x6FF: ["ISO_IR 127"]
                case 0xE00...0xE7F: ["ISO_IR 166"]
                case 0xAC00...0xD7AF: ["\\ISO 2022 IR 149"]
                case 0x3040...0x30FF, 0xFF66...0xFF9F: ["ISO 2022 IR 13\\ISO 2022 IR 87"]
                case 0x4E00...0x9FFF: ["GB18030", "ISO 2022 IR 13\\ISO 2022 IR 87", "\\ISO 2022 IR 149"]
                default: []
                }
            for term in more where !terms.contains(term) { terms.append(term) }
        }
        return terms.map {
            SpecificCharacterSet(terms: $0.split(separator: "\\", omittingEmptySubsequences: false).map(String.init))
        }
    }
}

/// Names that ASCII cannot write, as the bytes of UTF-16 in both orders, in their own case and in capitals.
struct EncodedNames: Sendable {
    private let automaton: SearchAutomaton
    private let kinds: [KindSet]

    var isEmpty: Bool { automaton.isEmpty }

    init(_ names: [KnownIdentifiers.Kind: Set<String>]) {
        var patterns: [[UInt8]: KindSet] = [:]
        for (kind, texts) in names {
            for text in texts where text.unicodeScalars.count >= 2 {
                for form in [text, text.uppercased(), text.lowercased()] {
                    let little = form.utf16.flatMap {
                        [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
                    }
                    let big = form.utf16.flatMap {
                        [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)]
                    }
                    patterns[little, default: []].insert(KindSet(kind))
                    patterns[big, default: []].insert(KindSet(kind))
                }
            }
        }
        let sorted = patterns.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        automaton = SearchAutomaton(exactly: sorted.map(\.key))
        kinds = sorted.map(\.value)
    }

    /// Calls with the kinds of each name and the place of its last byte.
    func search(_ bytes: Span<UInt8>, found: (KindSet, Int) -> Void) {
        automaton.search(bytes, in: 0..<bytes.count) { pattern, last in found(kinds[pattern], last) }
    }
}
