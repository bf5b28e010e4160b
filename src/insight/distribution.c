/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/distribution.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>

static void disarm_gsl(void)
{
    gsl_set_error_handler_off();
}

/* GSL's own handler aborts the program, for so little as an underflow in a tail. Without it the
 * functions return what they have, which is then 0 or NAN. */
static void silence_gsl(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, disarm_gsl);
}

static bool inside_unit(double x)
{
    return x > 0 && x < 1;
}

/* With fewer GSL's inverse of t goes astray; one and a tenth answers know nothing anyway. */
static bool valid_df(double df)
{
    return df >= 0.1 && isfinite(df);
}

double normal_quantile(double p)
{
    return inside_unit(p) ? gsl_cdf_ugaussian_Pinv(p) : NAN;
}

double normal_critical(double level)
{
    return inside_unit(level) ? gsl_cdf_ugaussian_Qinv((1 - level) / 2) : NAN;
}

double student_critical(double level, double df)
{
    silence_gsl();
    return inside_unit(level) && valid_df(df) ? gsl_cdf_tdist_Qinv((1 - level) / 2, df) : NAN;
}

double normal_p(double z)
{
    return erfc(fabs(z) / sqrt(2));
}

double student_p(double t, double df)
{
    if (isnan(t) || !valid_df(df))
        return NAN;
    if (isinf(t))
        return 0;
    silence_gsl();
    return 2 * gsl_cdf_tdist_Q(fabs(t), df);
}

double chi_square_p(double x, double df)
{
    if (isnan(x) || !valid_df(df))
        return NAN;
    if (x <= 0)
        return 1;
    if (isinf(x))
        return 0;
    silence_gsl();
    return gsl_cdf_chisq_Q(x, df);
}

double binomial_at_most(double k, double n, double share)
{
    if (isnan(k) || !(n >= 1 && n <= BINOMIAL_MOST) || !(share >= 0 && share <= 1))
        return NAN;
    if (k < 0)
        return 0;
    if (k >= n)
        return 1;
    silence_gsl();
    return gsl_cdf_binomial_P((unsigned)k, share, (unsigned)n);
}
