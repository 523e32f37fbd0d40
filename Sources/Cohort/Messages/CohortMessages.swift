/// The kinds of message in which questions and descriptions travel between hub and nodes.
///
/// The bodies are the JSON forms of this module's types: a ``CohortQuery`` asked, a ``SiteAnswer`` back; a
/// ``DataSetCard`` from a node whenever what it holds has changed.
public enum CohortMessage {
    /// Hub to node: count a cohort.
    public static let count = "cohort.count"
    /// Node to hub: what this site's data set holds.
    public static let card = "cohort.card"
}
