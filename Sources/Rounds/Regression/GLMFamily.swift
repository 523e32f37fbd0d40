internal import Glibc

/// A distribution with its canonical link: for these, Fisher scoring (IRLS) and Newton's method are the same.
public enum GLMFamily: String, Codable, Sendable, CaseIterable {
    /// Linear regression; identity link.
    case gaussian
    /// Logistic regression; logit link.
    case binomial
    /// Counts; log link.
    case poisson

    /// The mean for a linear predictor.
    func mean(_ eta: Double) -> Double {
        switch self {
        case .gaussian: eta
        case .binomial: eta >= 0 ? 1 / (1 + exp(-eta)) : exp(eta) / (1 + exp(eta))
        case .poisson: exp(eta)
        }
    }

    /// The variance for a linear predictor, which is the weight of a row in IRLS.
    func variance(_ eta: Double) -> Double {
        switch self {
        case .gaussian: 1
        case .binomial: mean(eta) * mean(-eta)
        case .poisson: exp(eta)
        }
    }

    func link(_ mean: Double) -> Double {
        switch self {
        case .gaussian: mean
        case .binomial: log(mean / (1 - mean))
        case .poisson: log(mean)
        }
    }

    /// Beyond this a linear predictor means divergence; it keeps what a site sends finite.
    func bounded(_ eta: Double) -> Double {
        switch self {
        case .gaussian: eta
        case .binomial: max(-500, min(500, eta))
        case .poisson: max(-500, min(30, eta))
        }
    }

    /// The log-likelihood of one row; for the gaussian, minus half the squared residual.
    func logLikelihood(_ outcome: Double, _ eta: Double) -> Double {
        switch self {
        case .gaussian: return -0.5 * (outcome - eta) * (outcome - eta)
        case .binomial: return outcome * eta - (eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta)))
        case .poisson:
            var sign: Int32 = 0
            return outcome * eta - exp(eta) - lgamma_r(outcome + 1, &sign)
        }
    }

    /// Twice the log-likelihood that a saturated model has more, for one row.
    func deviance(_ outcome: Double, _ eta: Double) -> Double {
        switch self {
        case .gaussian: (outcome - eta) * (outcome - eta)
        case .binomial: -2 * logLikelihood(outcome, eta)
        case .poisson: 2 * ((outcome > 0 ? outcome * (log(outcome) - eta) : 0) - (outcome - exp(eta)))
        }
    }

    /// What is wrong with an outcome that this family cannot have, if anything.
    func objection(_ outcomes: [Double]) -> String? {
        switch self {
        case .gaussian: nil
        case .binomial: outcomes.allSatisfy { $0 == 0 || $0 == 1 } ? nil : "has values other than 0 and 1"
        case .poisson: outcomes.allSatisfy { $0 >= 0 } ? nil : "has negative values, which are no counts"
        }
    }
}
