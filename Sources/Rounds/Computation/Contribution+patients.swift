extension Contribution {
    /// Counts of patients, none of which is negative.
    ///
    /// What a hostile site adds to a masked sum cannot be checked before the sum: it must not reach arithmetic that relies
    /// on counts being counts.
    func patients(_ name: String) throws(RoundsError) -> [Int64] {
        let counts = try counts(name)
        guard counts.allSatisfy({ $0 >= 0 }) else { throw .shape("\(name) holds a negative count") }
        return counts
    }
}
