/// An analysis in words, read: `count()`.
public enum AnalysisText {
    /// The computation's name, and its plan as JSON.
    public static func plan(_ text: String) throws(RoundsError) -> (name: String, json: String) {
        let text = text.filter { !$0.isWhitespace }
        guard text == "count()" || text == "count" else { throw .plan("it cannot be read") }
        return ("count", "{}")
    }
}
