#ifndef ATLES_CSTATISTICS_H
#define ATLES_CSTATISTICS_H

#ifdef __cplusplus
extern "C" {
#endif

// Distribution functions of Boost.Math. Each returns NaN for arguments outside its domain and never throws.

double atles_normal_cdf(double x);
double atles_normal_upper(double x);
double atles_normal_quantile(double p);
double atles_chi_squared_upper(double x, double degrees);
double atles_student_t_cdf(double x, double degrees);
double atles_student_t_upper(double x, double degrees);
double atles_student_t_quantile(double p, double degrees);
double atles_f_upper(double x, double degrees1, double degrees2);
double atles_beta_quantile(double p, double a, double b);
// The probability of k in a hypergeometric draw of n from N of which r are marked.
double atles_hypergeometric_pdf(unsigned k, unsigned r, unsigned n, unsigned N);

#ifdef __cplusplus
}
#endif
#endif
