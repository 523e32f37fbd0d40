extension CohortAttribute {
    /// Whether a stored value is what a question asks for: the same word, a code within the asked one, or a spelling of
    /// the asked maker.
    ///
    /// - Parameters:
    ///   - stored: the value as it is kept: a word in upper case.
    ///   - asked: the value of the question.
    public func isMatch(_ stored: String, asked: String) -> Bool {
        if stored == asked { return true }
        guard let valueSet else { return stored.uppercased() == asked.uppercased() }
        if valueSet.isWithin(stored, asked) { return true }
        // A text is kept as it was written; `any-siemens` asks for all the ways in which it may have been.
        guard kind == .text, let maker = spelledConcept(asked) else { return false }
        return valueSet.find(stored)?.code == maker.code
    }

    /// Whether nothing but `value` itself is a match for it, so that all selected values are equal to it.
    func isSoleMatch(_ value: String) -> Bool {
        guard let valueSet else { return true }
        if kind == .text { return spelledConcept(value) == nil }
        return !valueSet.hasNarrower(value)
    }

    private func spelledConcept(_ asked: String) -> Concept? {
        guard let concept = valueSet?.find(asked), Spelling.folded(concept.code) == Spelling.folded(asked) else {
            return nil
        }
        return concept
    }
}
