/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/budget.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/wording.h>

static const char *missing(struct arena *arena, const char *title, const struct reading *reading)
{
    if (isnan(reading->adequate))
        return arena_printf(arena, _("nobody said what is expected of %s, so its gap cannot be "
                                     "held against the budget"),
                            title);
    return arena_printf(arena, _("nothing is measured at %s that has a score, so its gap cannot be "
                                 "held against the budget"),
                        title);
}

/* Why it may be chance; `gap` is in words already. */
static const char *doubt(struct arena *arena, const char *gap, const struct reading *reading)
{
    if (!wording_bounded(reading->gap_measured.lo, reading->gap_measured.hi))
        return arena_printf(
            arena, _("%s, which may be chance: nobody knows how sure the figure is"), gap);
    if (reading->measured.status != MEASURE_OK)
        return arena_printf(arena, _("%s, which may be chance: few rows say so"), gap);
    return arena_printf(arena, _("%s, which may be chance: the interval reaches the budget"), gap);
}

const char *budget_sentence(struct arena *arena, const struct journey *journey,
                            const struct readings *readings, const struct budget_check *check)
{
    const struct reading *reading = &readings->items[check->touchpoint];
    const struct gap *gap = &reading->gap_measured;
    const char *title = wording_quoted(arena, journey->touchpoints[check->touchpoint].title);
    if (check->verdict == BUDGET_KEPT)
        return NULL;
    if (check->verdict == BUDGET_UNKNOWN)
        return missing(arena, title, reading);

    const char *interval = "";
    if (wording_bounded(gap->lo, gap->hi))
        interval = arena_printf(arena, _(" (%s to %s)"), locale_signed(arena, gap->lo, 0),
                                locale_signed(arena, gap->hi, 0));
    const char *words = arena_printf(
        arena,
        ngettext("the measured gap at %s is %s%s, n %s: %s point deeper than its budget of %s",
                 "the measured gap at %s is %s%s, n %s: %s points deeper than its budget of %s",
                 locale_plural(check->excess, 0)),
        title, locale_signed(arena, gap->value, 0), interval,
        locale_count(arena, reading->measured.n), locale_number(arena, check->excess, 0),
        locale_signed(arena, check->budget->gap, 0));
    if (check->verdict == BUDGET_DOUBTFUL)
        return doubt(arena, words, reading);
    return arena_printf(arena, _("%s, and so is the whole interval"), words);
}
