import GRDB

extension Index {
    /// The pseudonyms of all patients.
    public func patients() throws(IndexError) -> Set<String> {
        try read { try String.fetchSet($0, sql: "SELECT pseudonym FROM patient") }
    }
}
