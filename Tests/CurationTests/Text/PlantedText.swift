import Curation
import Testing

/// A text with identifiers in it, and what has to be left.
struct PlantedText: Sendable, CustomTestStringConvertible {
    let text: String
    /// Pieces that must not be left, case and accents as written.
    let goes: [String]
    /// Pieces that must be left.
    let stays: [String]

    init(_ text: String, goes: String, stays: String = "") {
        self.text = text
        self.goes = goes.split(separator: "|").map(String.init)
        self.stays = stays.split(separator: "|").map(String.init)
    }

    var testDescription: String { text }

    /// What is wrong with a cleaned text; empty where nothing is.
    func faults(_ cleaned: String) -> [String] {
        let words = Set(Self.words(cleaned))
        return goes.filter { piece in Self.words(piece).contains { words.contains($0) } || cleaned.contains(piece) }
            .map { "left: \($0)" } + stays.filter { !cleaned.contains($0) }.map { "lost: \($0)" }
    }

    private static func words(_ text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }
}
