import FoundationEssentials
import Testing

@testable import Cohort

/// The pages are made by scripts/make_model_docs.py.
@Suite("The pages of the model and of the vocabulary")
struct ModelPageTests {
    private func lines(of page: String) throws -> [Substring] {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/\(page)")
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    }

    @Test("model.md has every attribute as it is, and no other")
    func model() throws {
        let rows = try lines(of: "model.md").filter { $0.hasPrefix("| `") }
        #expect(rows.count == CohortModel.attributes.count)
        for attribute in CohortModel.attributes {
            let row = try #require(rows.first { $0.hasPrefix("| `\(attribute.name)` |") }, "\(attribute.name)")
            #expect(row.contains("| **\(attribute.label).** \(attribute.explanation) |"), "\(attribute.name)")
            for alias in attribute.aliases { #expect(row.contains("`\(alias)`"), "\(attribute.name)") }
            if let unit = attribute.unit { #expect(row.contains(" in \(unit)"), "\(attribute.name)") }
            if let set = attribute.valueSet { #expect(row.contains("[\(set.name)]"), "\(attribute.name)") }
            for coding in attribute.codings { #expect(row.contains("\(coding)"), "\(attribute.name)") }
            if let column = attribute.eucaimColumn { #expect(row.contains("`\(column)`"), "\(attribute.name)") }
        }
    }

    @Test("vocabulary.md has every concept as it is, and no other")
    func vocabulary() throws {
        let rows = Set(try lines(of: "vocabulary.md").filter { $0.hasPrefix("| `") })
        var count = 0
        for set in Vocabulary.standard.sets.values {
            for concept in set.concepts {
                count += 1
                let row =
                    "| `\(concept.code)` | \(concept.label) | \(concept.label(in: "es")) | \(concept.label(in: "ca")) | "
                    + "\(concept.synonyms.joined(separator: ", ")) | \(concept.wider.joined(separator: ", ")) | "
                    + "\(concept.codings.map(\.description).joined(separator: ", ")) |"
                #expect(rows.contains(Substring(row)), "\(set.name) \(concept.code)")
            }
        }
        #expect(try lines(of: "vocabulary.md").filter { $0.hasPrefix("| `") }.count == count)
    }
}
