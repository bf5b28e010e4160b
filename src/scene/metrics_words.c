/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/metrics.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/scale.h>
#include <stellwerk/scene/text.h>
#include <stellwerk/scene/wording.h>

const char *metrics_unit(enum period_kind unit)
{
    static const char *const words[] = {
        [PERIOD_DAY] = N_("by day"),
        [PERIOD_WEEK] = N_("by week"),
        [PERIOD_MONTH] = N_("by month"),
        [PERIOD_QUARTER] = N_("by quarter"),
    };
    return unit >= PERIOD_DAY && unit <= PERIOD_QUARTER ? _(words[unit]) : "";
}

const char *metrics_trouble(const struct stage_set *set)
{
    if (set->series != NULL)
        return set->series->problem.text[0] != '\0' ? set->series->problem.text : NULL;
    if (set->figures != NULL && set->figures->problem.text[0] != '\0')
        return set->figures->problem.text;
    if (set->figures == NULL && set->journey->store == NULL)
        return _("No store: nothing is measured. `stellwerk import STORE FILE` makes one, `store:` "
                 "of the "
                 "map names it.");
    return _("not measured yet");
}

const char *slice_days_text(struct arena *arena, const struct slice *slice)
{
    struct period days = {
        .kind = PERIOD_CUSTOM,
        .first = slice->first_day,
        .last = slice->last_day,
    };
    return locale_period(arena, days);
}

static const char *signal_text(enum xmr_signal signal, bool brief)
{
    switch (signal) {
    case XMR_BEYOND:
        return brief ? _("stands out") : _("stands out: beyond the limits of the noise");
    case XMR_SHIFT:
        return brief ? _("stands out") : _("stands out: part of a lasting shift");
    case XMR_NONE:
        break;
    }
    return NULL;
}

static const char *score_text(struct arena *arena, const struct slice *slice)
{
    if (isnan(slice->score))
        return NULL;
    return arena_printf(arena, _("score %s %s"), wording_score(arena, slice->score),
                        wording_margin(arena, slice->score_lo, slice->score_hi));
}

const char *slice_text(struct arena *arena, struct medium medium, const struct metric *metric,
                       const struct measure *measure, const struct slice *slice, int columns)
{
    if (slice->n == 0)
        return _("no data");
    if (!slice_shown(slice) && slice->n < METRIC_HIDDEN_N)
        return arena_printf(arena, _("n %s: too few to show"), locale_count(arena, slice->n));
    const char *words[] = {
        wording_interval(arena, medium, metric, measure, slice->value, slice->value_lo,
                         slice->value_hi),
        arena_printf(arena, _("n %s"), locale_count(arena, slice->n)),
        score_text(arena, slice),
        signal_text(slice->signal, false),
    };
    const char *text = wording_list(arena, words, ARRAY_LEN(words));
    if (medium_width(arena, medium, text) <= columns)
        return text;
    words[3] = signal_text(slice->signal, true);
    return wording_list(arena, words, ARRAY_LEN(words));
}
