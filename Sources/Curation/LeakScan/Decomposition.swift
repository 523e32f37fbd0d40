import Foundation

extension String {
    /// Canonically decomposed: a letter and its accents apart. Hangul stays in syllables, as names are written.
    var decomposedStringForMatching: String.UnicodeScalarView {
        guard let first = unicodeScalars.first, !(0xAC00...0xD7AF).contains(first.value) else { return unicodeScalars }
        return decomposedStringWithCanonicalMapping.unicodeScalars
    }
}
