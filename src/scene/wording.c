/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/wording.h>

#include <ctype.h>
#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/marks.h>
#include <stellwerk/base/str.h>

#define UNKNOWN "–"

const char *wording_score(struct arena *arena, double score)
{
    return isnan(score) ? UNKNOWN : locale_number(arena, score, 0);
}

const char *wording_gap(struct arena *arena, double gap)
{
    return isnan(gap) ? UNKNOWN : fabs(gap) < 0.5 ? "0" : locale_signed(arena, gap, 0);
}

const char *wording_margin(struct arena *arena, double lo, double hi)
{
    if (isnan(lo) || isnan(hi))
        return "";
    return arena_printf(arena, "±%s", locale_number(arena, (hi - lo) / 2, 0));
}

const char *wording_zone(struct arena *arena, double adequate, double desired)
{
    const char *low = wording_score(arena, adequate);
    if (isnan(desired) || adequate == desired)
        return low;
    return arena_printf(arena, "%s–%s", low, wording_score(arena, desired));
}

/* ---- Values ---------------------------------------------------------------------- */

bool wording_is_share(const struct metric *metric, const struct measure *measure)
{
    return metric->type == METRIC_PROPORTION || metric->type == METRIC_DROPOUT ||
           metric->type == METRIC_PRECEDED ||
           (measure != NULL && measure->sample.kind == SAMPLE_SHARE);
}

/* About three digits that say something, and none behind the mark of a whole number. */
int wording_decimals(double value)
{
    double size = fabs(value);
    if (size >= 100 || value == round(value))
        return 0;
    if (size >= 0.1)
        return size < 1 ? 2 : 1;
    bool in_hundredths = fabs(size * 100 - round(size * 100)) < 1e-9;
    return in_hundredths ? 2 : size < 0.01 ? 4 : 3;
}

/* Few are not none, and nearly all are not all. */
static int percent_decimals(double share)
{
    bool some = share > 0 && share < 1;
    return some && (share < 0.01 || share > 0.99) ? 1 : 0;
}

bool wording_bounded(double lo, double hi)
{
    return !isnan(lo) && !isnan(hi) && (isfinite(lo) || isfinite(hi));
}

const char *wording_open(struct medium medium, double end)
{
    if (medium.ascii)
        /* TRANSLATORS: an end that an interval does not have: "30 to open". */
        return C_("interval", "open");
    return end < 0 ? "−∞" : "∞";
}

const char *wording_figure(struct arena *arena, const struct metric *metric,
                           const struct measure *measure, double value)
{
    if (isnan(value))
        return UNKNOWN;
    if (wording_is_share(metric, measure))
        return locale_percent(arena, value, percent_decimals(value));
    return locale_number(arena, value, wording_decimals(value));
}

const char *wording_value(struct arena *arena, const struct metric *metric,
                          const struct measure *measure, double value)
{
    const char *figure = wording_figure(arena, metric, measure, value);
    bool bare = metric->unit == NULL || *metric->unit == '\0' || isnan(value) ||
                wording_is_share(metric, measure);
    return bare ? figure : arena_printf(arena, "%s %s", figure, metric->unit);
}

static const char *end_text(struct arena *arena, struct medium medium,
                            const struct metric *metric, const struct measure *measure, double end)
{
    return isinf(end) ? wording_open(medium, end)
                      : wording_figure(arena, metric, measure, end);
}

const char *wording_interval(struct arena *arena, struct medium medium,
                             const struct metric *metric, const struct measure *measure,
                             double value, double lo, double hi)
{
    const char *text = wording_value(arena, metric, measure, value);
    if (!wording_bounded(lo, hi))
        return text;
    return arena_printf(arena, _("%s (%s to %s)"), text,
                        end_text(arena, medium, metric, measure, lo),
                        end_text(arena, medium, metric, measure, hi));
}

const char *wording_p(struct arena *arena, double p)
{
    if (isnan(p))
        return UNKNOWN;
    if (p < 0.001)
        return arena_printf(arena, "<%s", locale_number(arena, 0.001, 3));
    return locale_number(arena, p, 3);
}

/* The blank before a dot holds it at the end of the line when the list is wrapped. */
const char *wording_list(struct arena *arena, const char *const *words, size_t count)
{
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < count; i++) {
        if (words[i] == NULL || *words[i] == '\0')
            continue;
        if (text.length > 0)
            str_append(&text, "\u00A0· ");
        str_append(&text, words[i]);
    }
    const char *list = arena_strdup(arena, text.text);
    str_finish(&text);
    return list;
}

static bool starts_with_one_of(const char *text, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(text, marks[i], strlen(marks[i])) == 0)
            return true;
    }
    return false;
}

const char *wording_quoted(struct arena *arena, const char *text)
{
    static const char *const marks[] = { "\"", "“", "„", "»", "«", "‘", "‚" };
    if (starts_with_one_of(text, marks, ARRAY_LEN(marks)))
        return text;
    /* TRANSLATORS: a quotation. */
    return arena_printf(arena, _("“%s”"), text);
}

const char *wording_age(struct arena *arena, int64_t instant, int64_t now)
{
    if (instant == TIME_NONE)
        return _("of unknown age");
    int32_t days = time_day(now) - time_day(instant);
    if (days <= 0)
        return _("of today");
    /* TRANSLATORS: %s is "3 days", "5 weeks"; stands behind a figure: "n 266, 3 days old". */
    return arena_printf(arena, _("%s old"), locale_age(arena, days));
}

const char *wording_why_not(struct arena *arena, const struct measure *measure)
{
    switch (measure == NULL ? MEASURE_NO_ROWS : measure->status) {
    case MEASURE_HIDDEN:
        return arena_printf(arena, _("n %s: too few to show"), locale_count(arena, measure->n));
    case MEASURE_UNSUPPORTED:
        return _("this version does not compute it");
    case MEASURE_FAILED:
        return measure->reason != NULL ? measure->reason : _("the query failed");
    default:
        return _("no data");
    }
}

const char *wording_who(struct arena *arena, const struct journey *journey, int persona,
                        int context)
{
    const char *who = persona == NONE ? _("All customers") : journey->personas[persona].name;
    if (persona != NONE && who == NULL)
        who = journey->personas[persona].id;
    if (context == NONE)
        return who;
    const struct context *where = &journey->contexts[context];
    return arena_printf(arena, "%s · %s", who, where->label != NULL ? where->label : where->id);
}

const char *channel_title(const struct channel *channel)
{
    return channel->label != NULL ? channel->label : channel->id;
}

const char *metric_title(const struct metric *metric)
{
    return metric->label != NULL ? metric->label : metric->id;
}

/* ---- Fixed words ----------------------------------------------------------------- */

/* The empty message is gettext's own header: it is never looked up. */
static const char *word_of(const char *const *words, size_t count, unsigned value)
{
    return value < count && words[value] != NULL ? _(words[value]) : "";
}

const char *evidence_word(enum evidence evidence)
{
    static const char *const words[] = {
        [EVIDENCE_OBSERVED] = N_("observed"),
        [EVIDENCE_INFERRED] = N_("inferred"),
        [EVIDENCE_ASSUMED] = N_("assumed"),
    };
    return word_of(words, ARRAY_LEN(words), evidence);
}

const char *media_word(enum media media)
{
    static const char *const words[] = {
        [MEDIA_OWNED] = N_("own media"),
        [MEDIA_PAID] = N_("paid media"),
        [MEDIA_EARNED] = N_("earned media"),
    };
    return word_of(words, ARRAY_LEN(words), media);
}

const char *level_word(enum aspect_level level)
{
    static const char *const words[] = {
        [LEVEL_FUNCTIONAL] = N_("functional"),
        [LEVEL_EMOTIONAL] = N_("emotional"),
        [LEVEL_SOCIAL] = N_("social"),
    };
    return word_of(words, ARRAY_LEN(words), level);
}

const char *opportunity_word(enum opportunity_status status)
{
    static const char *const words[] = {
        [STATUS_IDEA] = N_("idea"),
        [STATUS_PLANNED] = N_("planned"),
        [STATUS_RUNNING] = N_("running"),
        [STATUS_DONE] = N_("done"),
        [STATUS_DROPPED] = N_("dropped"),
    };
    return word_of(words, ARRAY_LEN(words), status);
}

const char *hurdle_word(enum hurdle hurdle)
{
    static const char *const words[] = {
        [HURDLE_STATUS_QUO] = N_("it has always been so"),
        [HURDLE_TIME] = N_("no time"),
        [HURDLE_PRACTICE] = N_("no practice"),
        [HURDLE_BUDGET] = N_("no budget"),
        [HURDLE_TECHNOLOGY] = N_("technology"),
    };
    return word_of(words, ARRAY_LEN(words), hurdle);
}

const char *content_word(enum content_status status)
{
    static const char *const words[] = {
        [CONTENT_LIVE] = N_("live"),
        [CONTENT_PLANNED] = N_("planned"),
        [CONTENT_MISSING] = N_("missing"),
    };
    return word_of(words, ARRAY_LEN(words), status);
}

const char *kind_word(enum map_kind kind)
{
    return kind == MAP_TO_BE ? _("to-be") : _("as-is");
}

/* ---- Figures below one another --------------------------------------------------- */

/* Bytes of a sign, a digit or a separator at `text`; 0: the whole part is over. */
static size_t whole_bytes(const char *text)
{
    static const char *const signs[] = { "−", "+", "-", "±", "–", "<" };
    const char *thousands = marks_get().thousands;
    size_t separator = strlen(thousands);
    if (isdigit((unsigned char)*text))
        return 1;
    if (separator > 0 && strncmp(text, thousands, separator) == 0)
        return isdigit((unsigned char)text[separator]) ? separator : 0;
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (strncmp(text, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 0;
}

int wording_whole(const char *figure)
{
    int columns = 0;
    for (size_t bytes; (bytes = whole_bytes(figure)) > 0; figure += bytes)
        columns++;
    return columns;
}
