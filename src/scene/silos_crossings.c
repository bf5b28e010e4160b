/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Silos view: how often customers really pass from one owner to the next. */

#include <stellwerk/scene/silos.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/wording.h>

#define ROWS_SHOWN 12
#define NAMES_LEAST 14
#define NAMES_MOST 48
#define FIGURE_COLUMNS 11

/* ---- Figures --------------------------------------------------------------------------- */

static const char *part(struct arena *arena, uint64_t hits, uint64_t n)
{
    return n > 0 ? locale_percent(arena, (double)hits / (double)n, 0) : "–";
}

static const char *cases_text(struct arena *arena, const struct crossings *all,
                              const struct crossing *at)
{
    return paths_share(arena, at->cases, all->cases);
}

static const char *times_text(struct arena *arena, const struct crossings *,
                              const struct crossing *at)
{
    return locale_count(arena, at->passes);
}

static const char *unaided_text(struct arena *arena, const struct crossings *,
                                const struct crossing *at)
{
    return part(arena, at->unaided, at->passes - at->unknown);
}

static const char *seams_text(struct arena *arena, const struct crossings *,
                              const struct crossing *at)
{
    return at->seams > 0 ? locale_count(arena, at->seams) : "–";
}

static const char *designed_text(struct arena *arena, const struct crossings *,
                                 const struct crossing *at)
{
    return part(arena, at->as_designed, at->passes);
}

/* As many from the first on as there is room for. */
static const struct {
    const char *title;
    const char *(*text)(struct arena *arena, const struct crossings *all,
                        const struct crossing *at);
} figures[] = {
    { N_("of cases"), cases_text },    { N_("passes"), times_text },
    { N_("on the map"), seams_text },  { N_("in order"), designed_text },
    { N_("no system"), unaided_text },
};

static size_t figures_shown(const struct page *page)
{
    int room = page->scene->columns - NAMES_LEAST;
    size_t fit = room > 0 ? (size_t)(room / FIGURE_COLUMNS) : 0;
    return fit < ARRAY_LEN(figures) ? fit : ARRAY_LEN(figures);
}

/* Where names end. */
static int names_end(const struct page *page)
{
    int end = page->scene->columns - (int)figures_shown(page) * FIGURE_COLUMNS;
    return end < NAMES_MOST ? end : NAMES_MOST;
}

/* ---- Rows ------------------------------------------------------------------------------ */

static void write_titles(struct page *page)
{
    int row = page_rows(page, 1), end = names_end(page);
    for (size_t i = 0; i < figures_shown(page); i++)
        page_right(page, row, end += FIGURE_COLUMNS, FIGURE_COLUMNS - 1, style_ink(INK_DIM),
                   _(figures[i].title));
}

/* Either name has half of the room, and what the other one leaves. */
static void write_names(struct page *page, int row, const char *from, const char *to)
{
    struct scene *scene = page->scene;
    int room = names_end(page) - 4, half = room / 2;
    int giver = scene_text_width(scene, from), taker = scene_text_width(scene, to);
    int most = taker < room - half ? room - taker : half;
    giver = giver < most ? giver : most;
    scene_text(scene, row, 0, giver, style_ink(INK_TEXT), from);
    scene_text(scene, row, giver + 1, 1, style_ink(INK_DIM), glyph(scene->medium, GLYPH_BREAK));
    scene_text(scene, row, giver + 3, room - giver, style_ink(INK_TEXT), to);
}

static void write_crossing(struct page *page, const struct stage_set *set,
                           const struct crossing *at)
{
    const struct crossings *all = set->silo_evidence->crossings;
    int row = page_rows(page, 1), end = names_end(page);
    write_names(page, row, set->silos->owners[at->from].name, set->silos->owners[at->to].name);
    for (size_t i = 0; i < figures_shown(page); i++)
        page_right(page, row, end += FIGURE_COLUMNS, FIGURE_COLUMNS - 1, style_ink(INK_MEASURED),
                   figures[i].text(page->scene->arena, all, at));
}

static const char *average_text(struct arena *arena, const struct crossings *crossings)
{
    const struct interval *interval = &crossings->per_case.interval;
    const char *times = locale_number(arena, crossings->per_case.value, 2);
    if (interval_is_known(*interval))
        times = arena_printf(arena, "%s ±%s", times,
                             locale_number(arena, (interval->high - interval->low) / 2, 2));
    /* TRANSLATORS: an average with its margin, "2.31 ±0.04"; a number of cases. */
    return arena_printf(arena,
                        ngettext("A case passes from one owner to the next %s times (%s case).",
                                 "A case passes from one owner to the next %s times (%s cases).",
                                 crossings->cases),
                        times, locale_count(arena, crossings->cases));
}

static void write_rows(struct page *page, const struct stage_set *set)
{
    const struct crossings *crossings = set->silo_evidence->crossings;
    struct arena *arena = page->scene->arena;
    write_titles(page);
    for (size_t i = 0; i < crossings->count && i < ROWS_SHOWN; i++)
        write_crossing(page, set, &crossings->items[i]);
    if (crossings->count > ROWS_SHOWN)
        page_text(page, 0, style_ink(INK_DIM),
                  arena_printf(arena, _("and %s more"),
                               locale_count(arena, crossings->count - ROWS_SHOWN)));
    page_text(page, 0, style_ink(INK_TEXT), average_text(arena, crossings));
    page_text(page, 0, style_ink(INK_DIM),
              _("On the map: how often its order of touchpoints has it. In order: passes from a "
                "touchpoint to the very next one of the map. No system: passes where the second "
                "owner has no system of the touchpoint that the customer comes from."));
}

static const char *ignored_text(const struct silo_evidence *evidence)
{
    if (evidence->persona_ignored)
        return _("Of all customers: the store does not know who they are.");
    return evidence->context_ignored ? _("Of all contexts: the store does not know in which.")
                                     : NULL;
}

void silos_write_crossings(struct page *page, const struct stage_set *set)
{
    const struct silo_evidence *evidence = set->silo_evidence;
    if (set->silos->owner_count < 2)
        return;
    page_heading(page, _("From owner to owner, as customers go"));
    if (evidence == NULL || evidence->crossings == NULL) {
        page_text(page, 0, style_ink(INK_DIM), silos_not_measured(set));
        return;
    }
    if (evidence->crossings->cases == 0) {
        page_text(page, 0, style_ink(INK_DIM),
                  _("The store has no case of these: which way customers go is not known."));
        return;
    }
    page_text(page, 0, style_ink(INK_WARN), ignored_text(evidence));
    write_rows(page, set);
}
