extension CohortAttribute {
    /// Whether a stored value is what a question asks for: the same word, a code within the asked one, or another
    /// spelling of the same concept.
    ///
    /// - Parameters:
    ///   - stored: the value as it is kept: a word in upper case.
    ///   - asked: the value of the question.
    public func isMatch(_ stored: String, asked: String) -> Bool {
        if stored == asked { return true }
        guard let valueSet else { return stored.uppercased() == asked.uppercased() }
        if valueSet.isWithin(stored, asked) { return true }
        guard let concept = valueSet.find(asked), let own = valueSet.find(stored) else { return false }
        return valueSet.isWithin(own.code, concept.code)
    }
}
