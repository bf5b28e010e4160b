/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/model/sample.h>

void series_add(struct series *series, double value)
{
    if (series->count < SERIES_MAX)
        series->values[series->count++] = value;
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double quantile(const struct series *series, double p)
{
    double sorted[SERIES_MAX];
    memcpy(sorted, series->values, series->count * sizeof(*sorted));
    qsort(sorted, series->count, sizeof(*sorted), by_value);
    return sorted_quantile(sorted, series->count, p);
}

double series_least(const struct series *series)
{
    return quantile(series, 0);
}

double series_median(const struct series *series)
{
    return quantile(series, 0.5);
}

double series_greatest(const struct series *series)
{
    return quantile(series, 1);
}

/* ---- The table ------------------------------------------------------------------------------ */

static void print_number(double value)
{
    int decimals = fabs(value) >= 100 || value == floor(value) ? 0 : fabs(value) >= 10 ? 1 : 2;
    printf(" %10.*f", decimals, value);
}

/* Values that were taken in turn are compared in pairs: what slows the machine down for a while
 * slows both of a pair. */
static double ratio_of_pairs(const struct series *ours, const struct series *theirs)
{
    struct series ratios = { .count = ours->count };
    for (size_t i = 0; i < ours->count; i++)
        ratios.values[i] = ours->values[i] / theirs->values[i];
    return series_median(&ratios);
}

/* NAN for stellwerk itself, and where there is nothing to compare. */
static double ratio_to(const struct figure *figure, size_t other)
{
    const struct series *ours = &figure->series[0], *theirs = &figure->series[other];
    if (other == 0 || ours->count == 0 || theirs->count == 0 || series_least(theirs) == 0)
        return NAN;
    if (ours->count == theirs->count)
        return ratio_of_pairs(ours, theirs);
    return series_median(ours) / series_median(theirs);
}

static void print_bar(const struct figure *figure, double value)
{
    printf("  %s %g", value <= figure->limit ? "holds" : "MISSES", figure->limit);
}

static void print_row(const struct figure *figure, size_t index)
{
    const struct series *series = &figure->series[index];
    double ratio = ratio_to(figure, index);
    printf("    %-24s", series->program);
    print_number(series_least(series));
    print_number(series_median(series));
    print_number(series_greatest(series));
    if (!isnan(ratio))
        printf("  %7.2f", ratio);
    if (figure->bar == BAR_VALUE && index == 0)
        print_bar(figure, series_median(series));
    if (figure->bar == BAR_RATIO && index == 1)
        print_bar(figure, ratio);
    putchar('\n');
}

/* ---- The results ---------------------------------------------------------------------------- */

static void write_number(FILE *file, const char *name, double value)
{
    if (isfinite(value))
        fprintf(file, ", \"%s\": %.6g", name, value);
    else
        fprintf(file, ", \"%s\": null", name);
}

/* The words of a figure are ours: nothing in them needs to be escaped. */
static void write_result(FILE *file, const struct figure *figure)
{
    fprintf(file, "{\"suite\": \"%s\", \"what\": \"%s\", \"unit\": \"%s\"", figure->suite,
            figure->what, figure->unit);
    write_number(file, "bar", figure->bar == BAR_NONE ? NAN : figure->limit);
    fprintf(file, ", \"programs\": [");
    const char *before = "";
    for (size_t i = 0; i < figure->series_count; i++) {
        const struct series *series = &figure->series[i];
        if (series->count == 0)
            continue;
        fprintf(file, "%s{\"program\": \"%s\", \"count\": %zu", before, series->program,
                series->count);
        write_number(file, "least", series_least(series));
        write_number(file, "median", series_median(series));
        write_number(file, "greatest", series_greatest(series));
        write_number(file, "ratio", ratio_to(figure, i));
        fputc('}', file);
        before = ", ";
    }
    fprintf(file, "]}\n");
}

static void keep_result(const struct figure *figure)
{
    const char *path = getenv("STELLWERK_BENCH_RESULTS");
    FILE *file = path != NULL ? fopen(path, "a") : NULL;
    if (file == NULL)
        return;
    write_result(file, figure);
    fclose(file);
}

void figure_print(const struct figure *figure)
{
    printf("  %s, %s\n", figure->what, figure->unit);
    for (size_t i = 0; i < figure->series_count; i++)
        if (figure->series[i].count > 0)
            print_row(figure, i);
    fflush(stdout);
    keep_result(figure);
}
