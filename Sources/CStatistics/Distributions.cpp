// Distribution functions for Rounds, from Boost.Math (header only): p values, quantiles, confidence limits.
#include "CStatistics.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/complement.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <limits>

namespace {
// A domain or overflow error becomes NaN: no exception may reach Swift.
template <typename F> double guarded(F f) noexcept {
    try {
        return f();
    } catch (...) {
        return std::numeric_limits<double>::quiet_NaN();
    }
}
using namespace boost::math;
}

extern "C" {
double atles_normal_cdf(double x) { return guarded([=] { return cdf(normal(), x); }); }
double atles_normal_upper(double x) { return guarded([=] { return cdf(complement(normal(), x)); }); }
double atles_normal_quantile(double p) { return guarded([=] { return quantile(normal(), p); }); }
double atles_chi_squared_upper(double x, double d) {
    return guarded([=] { return cdf(complement(chi_squared(d), x)); });
}
double atles_student_t_cdf(double x, double d) { return guarded([=] { return cdf(students_t(d), x); }); }
double atles_student_t_upper(double x, double d) {
    return guarded([=] { return cdf(complement(students_t(d), x)); });
}
double atles_student_t_quantile(double p, double d) { return guarded([=] { return quantile(students_t(d), p); }); }
double atles_f_upper(double x, double a, double b) {
    return guarded([=] { return cdf(complement(fisher_f(a, b), x)); });
}
double atles_beta_quantile(double p, double a, double b) {
    return guarded([=] { return quantile(beta_distribution<double>(a, b), p); });
}
double atles_hypergeometric_pdf(unsigned k, unsigned r, unsigned n, unsigned N) {
    return guarded([=] { return pdf(hypergeometric(r, n, N), k); });
}
}
