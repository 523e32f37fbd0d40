import Glibc

extension GLM.Outcome: PicturedOutcome {
    /// Odds or rate ratios as a forest plot; none for the linear model, whose coefficients are no ratios.
    public var pictures: [Picture] {
        let measure: String
        switch family {
        case .gaussian: return []
        case .binomial: measure = "Odds ratio"
        case .poisson: measure = "Rate ratio"
        }
        return [
            ForestPicture(
                title: "\(measure)s", measure: measure, confidence: confidence,
                rows: coefficients.filter { $0.name != "Intercept" }.map {
                    ForestPicture.Row(
                        label: PictureText.covariate($0.name), ratio: exp($0.estimate), lower: exp($0.low),
                        upper: exp($0.high), p: $0.p)
                },
                note: "\(formula.text.prefix(90)), \(rows) patients"
            ).picture
        ]
    }
}
