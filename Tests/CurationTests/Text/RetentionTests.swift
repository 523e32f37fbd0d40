import Curation
import Foundation
import Testing

/// How much of real descriptions stays. Reads lines of `count TAB description` from the file that ATLES_DESCRIPTIONS names;
/// Benchmarks/deidentify/descriptions.py makes one from a public index.
@Suite("Real descriptions", .enabled(if: ProcessInfo.processInfo.environment["ATLES_DESCRIPTIONS"] != nil))
struct RetentionTests {
    @Test("of real descriptions without identifiers, 99 words of 100 stay")
    func retention() throws {
        let path = try #require(ProcessInfo.processInfo.environment["ATLES_DESCRIPTIONS"])
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let cleaner = TextCleaner()
        var before = 0
        var after = 0
        var lost: [String: Int] = [:]
        var examples: [String: String] = [:]
        var characters = 0
        var spent = Duration.zero
        let clock = ContinuousClock()
        for line in lines {
            let text = String(line.split(separator: "\t", maxSplits: 1).last ?? "")
            characters += text.utf8.count
            let start = clock.now
            let cleaned = cleaner.clean(text, known: KnownIdentifiers(), shift: nil)?.text ?? ""
            spent += start.duration(to: clock.now)
            var left: [Substring: Int] = [:]
            for word in words(cleaned) { left[word, default: 0] += 1 }
            for word in words(text) {
                before += 1
                if let count = left[word], count > 0 {
                    left[word] = count - 1
                    after += 1
                } else {
                    lost[String(word), default: 0] += 1
                    examples[String(word)] = "\(text) → \(cleaned)"
                }
            }
        }
        print("descriptions \(lines.count), words \(before), kept \(Double(after) * 100 / Double(before)) %")
        print("each \(spent / lines.count), \(Double(characters) / Double(lines.count)) characters")
        for (word, count) in lost.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }).prefix(250) {
            print(count, word, "|", examples[word] ?? "")
        }
        #expect(Double(after) / Double(before) >= 0.99)
    }

    private func words(_ text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }
}
