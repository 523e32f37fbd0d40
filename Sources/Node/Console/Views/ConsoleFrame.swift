/// What is around every page.
struct ConsoleFrame {
    /// The data set's.
    let title: String
    /// What the tab says.
    let heading: String
    /// The session's value that forms carry; nil for those who have not signed in.
    let form: String?
}
