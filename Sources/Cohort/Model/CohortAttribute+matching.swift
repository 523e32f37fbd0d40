extension CohortAttribute {
    /// Whether a stored value is what a question asks for: the same word, or a code below the asked one.
    ///
    /// - Parameters:
    ///   - stored: the value as it is kept: a word in upper case.
    ///   - asked: the value of the question.
    public func isMatch(_ stored: String, asked: String) -> Bool {
        stored == asked || stored.uppercased() == asked.uppercased()
    }
}
