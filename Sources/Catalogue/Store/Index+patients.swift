import GRDB

extension Index {
    /// The pseudonyms of all patients.
    public func patients() throws(IndexError) -> Set<String> {
        try read { try String.fetchSet($0, sql: "SELECT pseudonym FROM patient") }
    }

    /// The pseudonyms of the patients of whom there are images, and not clinical facts alone.
    public func patientsWithImages() throws(IndexError) -> Set<String> {
        try read {
            try String.fetchSet(
                $0, sql: "SELECT pseudonym FROM patient WHERE id IN (SELECT patient FROM series)")
        }
    }
}
