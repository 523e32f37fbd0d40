/// What a model may say of those it was fitted on: checks at the site, before anything leaves it.
extension DisclosureRules {
    /// Throws where a table has too few rows, or a model too many parameters for them.
    ///
    /// A model of as many parameters as rows can hold every row. Source: DataSHIELD's `nfilter.glm` of 0.33.
    public func check(rows: Int, parameters: Int) throws(RoundsError) {
        guard rows >= minimumRows else {
            throw .withheld("fewer than \(minimumRows) rows stand behind it here")
        }
        guard Double(parameters) <= parametersPerRow * Double(rows) else {
            throw .withheld(
                "the model has \(parameters) parameters, and at most \(parametersPerRow) a row are allowed: a smaller"
                    + " model or more rows are needed")
        }
    }
}
