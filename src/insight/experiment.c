/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/experiment.h>

#include <math.h>
#include <stdbool.h>

#include <stellwerk/insight/distribution.h>

struct sample_ratio sample_ratio_check(const double *counts, const double *shares, size_t arms)
{
    double n = 0, planned = 0;
    bool valid = arms >= 2;
    for (size_t i = 0; i < arms; i++) {
        valid = valid && counts[i] >= 0 && shares[i] > 0;
        n += counts[i];
        planned += shares[i];
    }
    if (!valid || !(n > 0) || !isfinite(n) || !isfinite(planned))
        return (struct sample_ratio){ .chi_square = NAN, .df = NAN, .p = NAN };

    double chi_square = 0;
    for (size_t i = 0; i < arms; i++) {
        double expected = n * (shares[i] / planned);
        chi_square += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    double df = (double)(arms - 1);
    return (struct sample_ratio){
        .chi_square = chi_square,
        .df = df,
        .p = chi_square_p(chi_square, df),
    };
}

static bool distinct_shares(double a, double b)
{
    return a >= 0 && a <= 1 && b >= 0 && b <= 1 && a != b;
}

/* Rounds up, but not for what is a whole number but for its rounding. */
static double whole_customers(double n)
{
    return ceil(n * (1 - 1e-12));
}

double arm_size(double share_a, double share_b, double alpha, double power)
{
    if (!distinct_shares(share_a, share_b) || !(power > 0 && power < 1))
        return NAN;
    double mean = (share_a + share_b) / 2;
    double none = sqrt(2 * mean * (1 - mean)); /* the errors if there is no difference, and if */
    double some = sqrt(share_a * (1 - share_a) + share_b * (1 - share_b));
    double reach = normal_critical(1 - alpha) * none + normal_quantile(power) * some;
    double d = share_a - share_b;
    return whole_customers(reach * reach / (d * d));
}

double arm_size_by_rule(double share_a, double share_b)
{
    if (!distinct_shares(share_a, share_b))
        return NAN;
    double mean = (share_a + share_b) / 2;
    double d = share_a - share_b;
    return whole_customers(16 * mean * (1 - mean) / (d * d));
}
