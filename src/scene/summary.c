/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/summary.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/text.h>
#include <stellwerk/scene/wording.h>

/* In the order of the line. */
enum part { PART_EXPECTED, PART_FELT, PART_MEASURED, PART_GAP, PART_SPLIT, PART_NOTE, PART_COUNT };

#define FORMS 3

/* Longest form first; NULL: the phrase is left out. */
struct phrase {
    const char *forms[FORMS];
    int form;
};

struct line {
    struct arena *arena;
    struct medium medium;
    const char *title;
    struct phrase phrases[PART_COUNT];
};

/* ---- Phrases --------------------------------------------------------------------- */

static const char *n_text(struct arena *arena, const struct measured *measured)
{
    const char *count = locale_count(arena, measured->n);
    if (measured->persona_ignored)
        return arena_printf(arena, _("n %s of all customers"), count);
    return arena_printf(arena, _("n %s"), count);
}

static const char *score_text(struct arena *arena, const struct measured *measured)
{
    const char *score = wording_score(arena, measured->score);
    const char *margin = wording_margin(arena, measured->lo, measured->hi);
    return *margin == '\0' ? score : arena_printf(arena, "%s %s", score, margin);
}

static const char *why_not_measured(struct arena *arena, const struct measured *measured)
{
    if (measured->unscored && measured->status == MEASURE_NO_ROWS)
        return _("measured without a score");
    struct measure why = { .status = measured->status, .n = measured->n };
    return wording_why_not(arena, &why);
}

const char *phrase_score(struct arena *arena, const struct stage_set *set,
                         const struct measured *measured)
{
    if (isnan(measured->score))
        return why_not_measured(arena, measured);
    return arena_printf(arena, "%s · %s · %s", score_text(arena, measured),
                        n_text(arena, measured), wording_age(arena, measured->newest, set->now));
}

const char *phrase_gap(struct arena *arena, struct gap gap)
{
    if (isnan(gap.value))
        return NULL;
    if (gap.inside)
        return _("expectation met");
    const char *size = locale_number(arena, fabs(gap.value), 0);
    if (gap.value < 0)
        return arena_printf(arena, _("falls %s short"), size);
    return arena_printf(arena, _("%s better than desired"), size);
}

static const char *phrase_split(struct arena *arena, const struct gap_split *split)
{
    if (split->missing != 0)
        return NULL;
    return arena_printf(arena, _("delivery %s, promise %s, other %s"),
                        wording_gap(arena, split->delivery), wording_gap(arena, split->promise),
                        wording_gap(arena, split->other));
}

const char *phrase_cause(struct arena *arena, const struct gap_split *split)
{
    if (split->missing != 0)
        return NULL;
    double worst = fmin(split->delivery, fmin(split->promise, split->other));
    const char *size = wording_gap(arena, worst);
    if (worst == split->delivery)
        return arena_printf(arena, _("mostly delivery %s"), size);
    if (worst == split->promise)
        return arena_printf(arena, _("mostly promise %s"), size);
    return arena_printf(arena, _("mostly other %s"), size);
}

static struct phrase expected_phrase(struct arena *arena, const struct reading *reading)
{
    if (isnan(reading->adequate))
        return (struct phrase){ .forms = { _("no expectation stated") } };
    const char *zone = wording_zone(arena, reading->adequate, reading->desired);
    return (struct phrase){ .forms = { arena_printf(arena, _("expected %s"), zone) } };
}

static struct phrase felt_phrase(struct arena *arena, const struct reading *reading)
{
    if (isnan(reading->estimated))
        return (struct phrase){ .forms = { _("no estimate") } };
    const char *score = wording_score(arena, reading->estimated);
    return (struct phrase){ .forms = {
                               arena_printf(arena, _("felt %s (estimate)"), score),
                               arena_printf(arena, _("felt %s est."), score),
                           } };
}

static struct phrase measured_phrase(struct arena *arena, const struct stage_set *set,
                                     const struct measured *measured)
{
    if (!set->options.overlay || set->figures == NULL)
        return (struct phrase){ 0 };
    if (isnan(measured->score))
        return (struct phrase){ .forms = { why_not_measured(arena, measured) } };
    const char *score = score_text(arena, measured), *n = n_text(arena, measured);
    const char *age = wording_age(arena, measured->newest, set->now);
    return (struct phrase){ .forms = {
                               /* TRANSLATORS: "measured 37 ±5 (n 266, 3 days old)". */
                               arena_printf(arena, _("measured %s (%s, %s)"), score, n, age),
                               arena_printf(arena, _("measured %s (%s)"), score, n),
                           } };
}

static struct phrase note_phrase(const struct stage_set *set, const struct reading *reading)
{
    if (set->options.overlay && reading->estimate_outside)
        return (struct phrase){ .forms = { _("estimate and measurement disagree"),
                                         _("they disagree") } };
    if (reading->media_break)
        return (struct phrase){ .forms = { _("media break on the way here"), _("media break") } };
    return (struct phrase){ 0 };
}

static struct line line_of(struct arena *arena, struct medium medium, const struct stage_set *set)
{
    int selected = set->options.selected;
    const struct reading *reading = &set->readings->items[selected];
    struct gap gap =
        set->options.overlay ? reading_gap(reading, NULL) : reading->gap_estimated;
    return (struct line){
        .arena = arena,
        .medium = medium,
        .title = set->journey->touchpoints[selected].title,
        .phrases = {
            [PART_EXPECTED] = expected_phrase(arena, reading),
            [PART_FELT] = felt_phrase(arena, reading),
            [PART_MEASURED] = measured_phrase(arena, set, &reading->measured),
            [PART_GAP] = { .forms = { phrase_gap(arena, gap) } },
            [PART_SPLIT] = { .forms = { phrase_split(arena, &reading->split),
                                      phrase_cause(arena, &reading->split) } },
            [PART_NOTE] = note_phrase(set, reading),
        },
    };
}

/* ---- Shortening ------------------------------------------------------------------ */

/* What gives way, in this order: a phrase takes the given form, FORMS leaves it out. */
static const struct step {
    enum part part;
    int form;
} steps[] = {
    { PART_NOTE, 1 },  { PART_SPLIT, 1 },     { PART_FELT, 1 }, { PART_SPLIT, FORMS },
    { PART_GAP, FORMS }, { PART_NOTE, FORMS }, { PART_MEASURED, 1 }, { PART_FELT, FORMS },
    { PART_EXPECTED, FORMS }, { PART_MEASURED, FORMS },
};

static const char *current_form(const struct phrase *phrase)
{
    return phrase->form < FORMS ? phrase->forms[phrase->form] : NULL;
}

static void shorten(struct phrase *phrase, int form)
{
    if (form == FORMS || phrase->forms[form] != NULL)
        phrase->form = form;
}

static const char *joined(const struct line *line)
{
    struct str text;
    str_init(&text);
    for (int i = 0; i < PART_COUNT; i++) {
        const char *form = current_form(&line->phrases[i]);
        if (form == NULL)
            continue;
        if (text.length > 0)
            str_append(&text, " · ");
        str_append(&text, form);
    }
    const char *words = arena_strdup(line->arena, text.text);
    str_finish(&text);
    return words;
}

/* The words behind the title, as many as fit in `columns`. */
static const char *fitted(struct line *line, int columns)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        const char *words = joined(line);
        if (medium_width(line->arena, line->medium, words) <= columns)
            return words;
        shorten(&line->phrases[steps[i].part], steps[i].form);
    }
    return "";
}

static bool anything_selected(const struct stage_set *set)
{
    return set->options.selected >= 0 &&
           (size_t)set->options.selected < set->journey->touchpoint_count;
}

const char *summary_text(struct arena *arena, const struct stage_set *set, int columns)
{
    if (!anything_selected(set))
        return "";
    struct medium medium = { 0 };
    struct line line = line_of(arena, medium, set);
    const char *words = fitted(&line, columns - medium_width(arena, medium, line.title) - 2);
    return *words == '\0' ? line.title : arena_printf(arena, "%s: %s", line.title, words);
}

/* As wide as the widest title that is not too wide: from one touchpoint to the next the words stay
 * where they are, and only what differs changes for the eye and goes over the wire. */
static int title_columns(struct scene *scene, const struct journey *journey)
{
    int most = scene->columns / 5, columns = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        int width = scene_text_width(scene, journey->touchpoints[i].title);
        if (width > columns && width <= most)
            columns = width;
    }
    return columns;
}

void summary_draw(struct scene *scene, int row, const struct stage_set *set)
{
    scene_fill(scene, row, 0, 1, scene->columns, style_on(GROUND_BAR, INK_TEXT));
    if (!anything_selected(set))
        return;
    struct line line = line_of(scene->arena, scene->medium, set);
    int used = scene_text(scene, row, 1, scene->columns - 2, style_bold(INK_STRONG), line.title);
    int columns = title_columns(scene, set->journey);
    int begin = 1 + (used > columns ? used : columns) + 2;
    const char *words = fitted(&line, scene->columns - begin - 1);
    scene_text(scene, row, begin, scene->columns - begin - 1, style_ink(INK_TEXT), words);
}
