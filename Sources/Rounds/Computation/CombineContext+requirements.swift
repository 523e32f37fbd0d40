extension CombineContext {
    /// Throws unless enough patients stand behind an answer.
    func require(rows: Int64, for what: String) throws(RoundsError) {
        guard rows > 0 else { throw .numerical("no site has a complete row for \(what)") }
        guard rows >= rules.minimumCell else {
            throw .withheld("fewer than \(rules.minimumCell) patients stand behind \(what)")
        }
    }

    /// Throws where a model has too many parameters for its rows (DataSHIELD's `nfilter.glm`).
    func require(parameters: Int, rows: Int64) throws(RoundsError) {
        guard Double(parameters) <= rules.parametersPerRow * Double(rows) else {
            throw .withheld(
                "a model of \(parameters) parameters needs more rows (at most \(rules.parametersPerRow) parameters a row)"
            )
        }
    }
}
