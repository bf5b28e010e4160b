/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

/* Above it a double no longer tells whole numbers apart. */
#define WHOLE_MAX 9007199254740992.0

static bool given(const struct row *row, enum column column)
{
    return row->cells[column].given;
}

static double number(const struct row *row, enum column column)
{
    return row->cells[column].number;
}

bool row_needs_case(const struct row *row)
{
    return !given(row, COLUMN_CASE_ID) && given(row, COLUMN_PERSON_ID);
}

static bool check_event(struct row *row, struct error *why)
{
    if (!given(row, COLUMN_TS))
        return error_set(why, _("the time is missing"));
    if (!given(row, COLUMN_ACTIVITY))
        return error_set(why, _("the activity is missing"));
    if (!given(row, COLUMN_PERSON_ID) && !given(row, COLUMN_CASE_ID))
        return error_set(why, _("neither a person nor a case is named"));
    return true;
}

/* ---- Answers ---- */

static bool check_kind(struct row *row, struct error *why)
{
    static const char *const kinds[] = { "expectation", "experience", "importance", "promise" };
    struct cell *kind = &row->cells[COLUMN_KIND];
    if (!kind->given)
        *kind = (struct cell){ .given = true, .text = "experience" };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strcmp(kinds[i], kind->text) == 0)
            return true;
    return error_set(why, _("'%.60s' is no kind of answer; there are expectation, experience, "
                            "importance and promise"),
                     kind->text);
}

static bool check_scale(const struct row *row, struct error *why)
{
    bool has_min = given(row, COLUMN_SCALE_MIN), has_max = given(row, COLUMN_SCALE_MAX);
    double min = number(row, COLUMN_SCALE_MIN), max = number(row, COLUMN_SCALE_MAX);
    double value = number(row, COLUMN_VALUE);
    if (has_min != has_max)
        return error_set(why, _("the scale has only one end"));
    if (!has_min)
        return true;
    if (min >= max)
        return error_set(why, _("the scale runs from %g to %g"), min, max);
    if (given(row, COLUMN_VALUE) && (value < min || value > max))
        return error_set(why, _("the answer %g is not on the scale from %g to %g"), value, min,
                         max);
    return true;
}

static bool check_answer(struct row *row, struct error *why)
{
    if (!given(row, COLUMN_TS))
        return error_set(why, _("the time is missing"));
    if (!given(row, COLUMN_METRIC))
        return error_set(why, _("the metric is missing"));
    return check_kind(row, why) && check_scale(row, why);
}

/* ---- Observations ---- */

static void set_number(struct row *row, enum column column, double value)
{
    row->cells[column] = (struct cell){ .given = true, .number = value };
}

/* Numerator and denominator come together, and stand in for value and n. */
static bool check_fraction(struct row *row, struct error *why)
{
    double num = number(row, COLUMN_NUM), den = number(row, COLUMN_DEN);
    if (given(row, COLUMN_NUM) != given(row, COLUMN_DEN))
        return error_set(why, _("num and den must be given together"));
    if (!given(row, COLUMN_NUM))
        return true;
    if (den <= 0 || num < 0)
        return error_set(why, _("num is %g and den is %g; den must be above 0 and num not below"),
                         num, den);
    if (!given(row, COLUMN_VALUE))
        set_number(row, COLUMN_VALUE, num / den);
    if (!given(row, COLUMN_N))
        set_number(row, COLUMN_N, den);
    return true;
}

static bool check_n(const struct row *row, struct error *why)
{
    double n = number(row, COLUMN_N);
    if (!given(row, COLUMN_N))
        return error_set(why, _("n is missing: how many rows are behind the value?"));
    if (n < 1 || n > WHOLE_MAX || n != floor(n))
        return error_set(why, _("n is %g; it must be a whole number above 0"), n);
    return true;
}

static bool check_period(struct row *row, struct error *why)
{
    if (!given(row, COLUMN_PERIOD_START))
        return error_set(why, _("the start of the period is missing"));
    if (!given(row, COLUMN_PERIOD_END))
        row->cells[COLUMN_PERIOD_END] = row->cells[COLUMN_PERIOD_START];
    if (row->cells[COLUMN_PERIOD_START].time > row->cells[COLUMN_PERIOD_END].time)
        return error_set(why, _("the period ends before it starts"));
    return true;
}

static bool check_observation(struct row *row, struct error *why)
{
    if (!given(row, COLUMN_METRIC))
        return error_set(why, _("the metric is missing"));
    if (!check_period(row, why) || !check_fraction(row, why) || !check_n(row, why))
        return false;
    if (!given(row, COLUMN_VALUE))
        return error_set(why, _("the value is missing"));
    if (given(row, COLUMN_SD) && number(row, COLUMN_SD) < 0)
        return error_set(why, _("the standard deviation is below 0"));
    return true;
}

/* ---- Paths ---- */

static bool check_count(struct row *row, enum column column, struct error *why)
{
    double count = number(row, column);
    if (!given(row, column))
        set_number(row, column, 0);
    else if (count < 0 || count > WHOLE_MAX || count != floor(count))
        return error_set(why, _("'%s' is %g; it must be a whole number, 0 or more"),
                         column_info(column)->name, count);
    return true;
}

static bool check_path(struct row *row, struct error *why)
{
    if (!given(row, COLUMN_PATH))
        return error_set(why, _("the path is missing"));
    bool timeless = !given(row, COLUMN_PERIOD_START) && !given(row, COLUMN_PERIOD_END);
    return check_count(row, COLUMN_CONVERSIONS, why) && check_count(row, COLUMN_NULLS, why) &&
           (timeless || check_period(row, why));
}

bool check_row(enum import_as as, struct row *row, struct error *why)
{
    switch (as) {
    case IMPORT_EVENTS:
        return check_event(row, why);
    case IMPORT_ANSWERS:
        return check_answer(row, why);
    case IMPORT_OBSERVATIONS:
        return check_observation(row, why);
    case IMPORT_PATHS:
        return check_path(row, why);
    case IMPORT_UNSET:
        break;
    }
    return true;
}
