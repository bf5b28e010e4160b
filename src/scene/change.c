/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/change.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/wording.h>

/* ---- Changes --------------------------------------------------------------------- */

/* A change as it is shown: shares in points, all three numbers with the decimals of the largest. */
struct shown {
    double value, lo, hi;
    int decimals;
};

static struct shown shown_of(const struct metric *metric, const struct measure *measure)
{
    const struct change *change = &measure->change;
    double scale = wording_is_share(metric, measure) ? 100 : 1;
    struct shown shown = {
        .value = change->value * scale,
        .lo = change->lo * scale,
        .hi = change->hi * scale,
    };
    double largest = fabs(shown.value);
    if (isfinite(shown.lo))
        largest = fmax(largest, fabs(shown.lo));
    if (isfinite(shown.hi))
        largest = fmax(largest, fabs(shown.hi));
    shown.decimals = wording_decimals(largest);
    double unit = pow(10, -shown.decimals);
    shown.value = round(shown.value / unit) * unit; /* what reads as zero is no direction */
    return shown;
}

static const char *size_text(struct arena *arena, const struct metric *metric,
                             const struct measure *measure, const struct shown *shown)
{
    const char *size = locale_number(arena, fabs(shown->value), shown->decimals);
    /* TRANSLATORS: %s is the difference of two shares of 100, "3.2". */
    const char *points =
        ngettext("%s point", "%s points", locale_plural(shown->value, shown->decimals));
    return wording_is_share(metric, measure) ? arena_printf(arena, points, size) : size;
}

/* An end of the interval: its size where both ends are on one side of zero, else with its sign. */
static const char *end_text(struct arena *arena, struct medium medium, const struct shown *shown,
                            double end)
{
    bool one_side = shown->lo >= 0 || shown->hi <= 0;
    if (isinf(end))
        return wording_open(medium, one_side ? fabs(end) : end);
    return one_side ? locale_number(arena, fabs(end), shown->decimals)
                    : locale_signed(arena, end, shown->decimals);
}

static const char *move_text(struct arena *arena, double value, const char *size,
                             const char *before)
{
    if (value > 0)
        /* TRANSLATORS: "up 3.2 on September 2026", against the period before. */
        return arena_printf(arena, _("up %s on %s"), size, before);
    if (value < 0)
        return arena_printf(arena, _("down %s on %s"), size, before);
    return arena_printf(arena, _("no change on %s"), before);
}

static const char *bounded_text(struct arena *arena, struct medium medium,
                                const struct shown *shown, const char *size, const char *before)
{
    bool falls = shown->value < 0 && shown->hi <= 0; /* sizes go from small to large */
    const char *from = end_text(arena, medium, shown, falls ? shown->hi : shown->lo);
    const char *to = end_text(arena, medium, shown, falls ? shown->lo : shown->hi);
    if (shown->value > 0)
        /* TRANSLATORS: "up 3.2 (1.1 to 5.3) on September 2026", against the period before. */
        return arena_printf(arena, _("up %s (%s to %s) on %s"), size, from, to, before);
    if (shown->value < 0)
        return arena_printf(arena, _("down %s (%s to %s) on %s"), size, from, to, before);
    return arena_printf(arena, _("no change (%s to %s) on %s"), from, to, before);
}

static const char *chance_text(const struct change *change)
{
    if (isnan(change->adjusted))
        return NULL;
    if (!change->sure)
        return _("may be chance");
    if (change->direction > 0)
        return _("better, more than chance");
    return change->direction < 0 ? _("worse, more than chance") : _("more than chance");
}

const char *phrase_change(struct arena *arena, struct medium medium, const struct figures *figures,
                          const struct metric *metric, const struct measure *measure)
{
    const struct change *change = &measure->change;
    if (figures->before == NULL || !isfinite(change->value))
        return NULL;
    bool adds_up = measure->sample.kind == SAMPLE_COUNT || measure->sample.kind == SAMPLE_SUM;
    struct shown shown = shown_of(metric, measure);
    const char *size = size_text(arena, metric, measure, &shown);
    const char *before = locale_period(arena, figures->before->lens.period);
    const char *words[] = {
        wording_bounded(change->lo, change->hi)
            ? bounded_text(arena, medium, &shown, size, before)
            : move_text(arena, shown.value, size, before),
        /* TRANSLATORS: a period's total against the one before, brought to as many days. */
        adds_up ? _("day for day") : NULL,
        chance_text(change),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

enum ink change_ink(const struct change *change)
{
    if (!change->sure || change->direction == 0)
        return INK_DIM;
    return change->direction > 0 ? INK_GOOD : INK_BAD;
}

/* ---- Signals --------------------------------------------------------------------- */

/* Of a full slice: the first and the last may be cut short by the period. */
static int32_t slice_days(const struct measure *measure)
{
    int32_t longest = 0;
    for (size_t i = 0; i < measure->slice_count; i++) {
        int32_t days = measure->slices[i].last_day - measure->slices[i].first_day + 1;
        longest = days > longest ? days : longest;
    }
    return longest;
}

static const char *slices_stand_out(struct arena *arena, const struct measure *measure,
                                    unsigned long count)
{
    int32_t days = slice_days(measure);
    const char *number = locale_count(arena, count);
    if (days == 1)
        return arena_printf(
            arena, ngettext("%s day stands out", "%s days stand out", count), number);
    if (days == 7)
        return arena_printf(
            arena, ngettext("%s week stands out", "%s weeks stand out", count), number);
    if (days >= 28 && days <= 31)
        return arena_printf(
            arena, ngettext("%s month stands out", "%s months stand out", count), number);
    /* TRANSLATORS: parts of the period, of two months each for example. */
    return arena_printf(
        arena, ngettext("%s part stands out", "%s parts stand out", count), number);
}

const char *phrase_signals(struct arena *arena, const struct measure *measure)
{
    const struct slice *last = NULL;
    unsigned long count = 0;
    for (size_t i = 0; i < measure->slice_count; i++) {
        if (measure->slices[i].signal == XMR_NONE)
            continue;
        last = &measure->slices[i];
        count++;
    }
    if (count == 0)
        return NULL;
    if (count > 1)
        return slices_stand_out(arena, measure, count);
    struct period period = {
        .kind = PERIOD_CUSTOM,
        .first = last->first_day,
        .last = last->last_day,
    };
    /* TRANSLATORS: %s is a day, a week, or a month: "July 2026 stands out". */
    return arena_printf(arena, _("%s stands out"), locale_period(arena, period));
}
