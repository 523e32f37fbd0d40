import Cohort

/// The values that an attribute can have, and what people write for them.
struct CodeBook: Sendable {
    private let attribute: CohortAttribute
    private let isClosed: Bool

    init(_ attribute: CohortAttribute) {
        self.attribute = attribute
        isClosed = if case .code(_, true) = attribute.kind { true } else { false }
    }

    /// The stored spelling of what was written: a code, a label or a synonym in any language, a code of another system;
    /// in an open set any short code that is not nearly a known one.
    func code(_ written: String, isLiteral: Bool = false) -> String? {
        if let concept = attribute.valueSet?.find(written) { return concept.code }
        // A code of a system that is not known here is taken by the code alone.
        var written = written
        if let mark = written.lastIndex(of: "|"), Coding(written) == nil {
            written = String(written[mark...].dropFirst())
            if let concept = attribute.valueSet?.find(written) { return concept.code }
        }
        let bare = Self.withoutOddities(written)
        if bare != written, let concept = attribute.valueSet?.find(bare) { return concept.code }
        guard !isClosed, CodedCell.isCode(written), !written.contains("|"), written.utf8.count <= 24 else { return nil }
        // A code below a known one, such as C50.41, is one; a word or a slip is not.
        let isBelow = attribute.valueSet.map { set in
            set.separator.map { mark in
                written.contains(mark) && set.find(String(written.prefix { $0 != mark })) != nil
            } ?? false
        }
        return isBelow == true || isLiteral ? written.uppercased() : nil
    }

    /// "Stage IIA" is IIA, "pT1c" is T1c, "N0 (i-)" is N0(i-), "HER2: 3+" is 3+.
    private static func withoutOddities(_ written: String) -> String {
        var text = written.filter { !$0.isWhitespace }
        let lower = text.lowercased()
        for prefix in ["stage", "grade", "estadio", "estadi", "yp", "yc", "cp"] where lower.hasPrefix(prefix) {
            text = String(text.dropFirst(prefix.count))
            break
        }
        if let first = text.first, "cp".contains(first), let second = text.dropFirst().first, "TNM".contains(second) {
            text.removeFirst()
        }
        // Isolated tumour cells that were looked for and not found: no metastasis (AJCC).
        for mark in ["(i-)", "(mol-)"] { text = text.replacing(mark, with: "") }
        return text
    }

    /// What may have been meant, and what to do.
    func suggestion(for written: String) -> String {
        let concepts = attribute.knownValues
        var near: [String] = []
        if written.utf8.count <= 60 {
            let words = concepts.flatMap { [$0.code, $0.label] }
            for word in Nearness.nearest(to: written, among: words) {
                let code = concepts.first { $0.code == word || $0.label == word }?.code
                if let code, !near.contains(code) { near.append(code) }
            }
        }
        if near.isEmpty {
            let all = concepts.prefix(12).map(\.code)
            guard !all.isEmpty else { return "; add it under `map`" }
            return
                "; it can be \(all.joined(separator: ", "))\(concepts.count > all.count ? ", …" : ""): add it under `map`"
        }
        return "; did you mean \(near.prefix(3).joined(separator: " or "))? Correct it, or add it under `map`"
    }
}
