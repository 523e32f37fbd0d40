internal import CStatistics

/// Distribution functions (Boost.Math). Outside of a function's domain the value is NaN.
public enum Distributions {
    /// P(Z > x).
    public static func normalUpper(_ x: Double) -> Double { atles_normal_upper(x) }
    public static func normalQuantile(_ p: Double) -> Double { atles_normal_quantile(p) }

    /// P(|Z| > |x|).
    public static func normalTwoSided(_ x: Double) -> Double { min(1, 2 * atles_normal_upper(abs(x))) }

    /// P(X > x) of chi-squared.
    public static func chiSquaredUpper(_ x: Double, degrees: Double) -> Double { atles_chi_squared_upper(x, degrees) }

    /// P(|T| > |t|) of Student's t.
    public static func studentTwoSided(_ t: Double, degrees: Double) -> Double {
        t.isInfinite ? 0 : min(1, 2 * atles_student_t_upper(abs(t), degrees))
    }

    public static func studentQuantile(_ p: Double, degrees: Double) -> Double { atles_student_t_quantile(p, degrees) }

    /// P(F > f).
    public static func fUpper(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double {
        f.isInfinite ? 0 : atles_f_upper(f, numerator, denominator)
    }

    /// The probability of `hits` among `draws` from `total` of which `marked` are marked.
    static func hypergeometric(_ hits: Int64, marked: Int64, draws: Int64, total: Int64) -> Double {
        guard let k = UInt32(exactly: hits), let r = UInt32(exactly: marked), let n = UInt32(exactly: draws),
            let all = UInt32(exactly: total)
        else { return .nan }
        return atles_hypergeometric_pdf(k, r, n, all)
    }
}
