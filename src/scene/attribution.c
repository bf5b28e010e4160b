/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/attribution.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/wording.h>

enum attribution_model credits_model(const struct attribution *table)
{
    return table->known & ATTRIBUTION_BIT(ATTRIBUTION_MARKOV_1) ? ATTRIBUTION_MARKOV_1
                                                                : ATTRIBUTION_LINEAR;
}

const char *credits_model_title(enum attribution_model model)
{
    static const char *const titles[] = {
        [ATTRIBUTION_FIRST] = N_("first"),       [ATTRIBUTION_LAST] = N_("last"),
        [ATTRIBUTION_LINEAR] = N_("linear"),     [ATTRIBUTION_POSITION] = N_("40-20-40"),
        [ATTRIBUTION_DECAY] = N_("decay"),       [ATTRIBUTION_MARKOV_1] = N_("Markov 1"),
        [ATTRIBUTION_MARKOV_2] = N_("Markov 2"), [ATTRIBUTION_MARKOV_3] = N_("Markov 3"),
    };
    static_assert(ARRAY_LEN(titles) == ATTRIBUTION_MODELS, "every model has its title");
    return _(titles[model]);
}

struct ranked {
    int row;
    double credit;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->credit != b->credit)
        return a->credit < b->credit ? 1 : -1;
    return a->row - b->row;
}

const int *credits_order(struct arena *arena, const struct attribution *table, size_t *count)
{
    struct ranked *ranked = arena_array(arena, table->count, sizeof(*ranked));
    int *order = arena_array(arena, table->count, sizeof(*order));
    enum attribution_model model = credits_model(table);
    *count = 0;
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].journeys > 0)
            ranked[(*count)++] = (struct ranked){
                .row = (int)i,
                .credit = table->rows[i].credits[model].conversions,
            };
    if (*count > 0)
        qsort(ranked, *count, sizeof(*ranked), compare_ranked);
    for (size_t i = 0; i < *count; i++)
        order[i] = ranked[i].row;
    return order;
}

/* ---- What the figures are of ------------------------------------------------------- */

static const char *stand_text(struct arena *arena, const struct credit_set *credits)
{
    const struct attribution *table = &credits->table;
    double journeys = table->conversions + table->nulls;
    const char *amount = locale_number(arena, table->value, 0);
    if (credits->currency != NULL)
        amount = arena_printf(arena, "%s %s", amount, credits->currency);
    const char *value =
        table->value > 0 ? arena_printf(arena, _("worth %s together"), amount) : NULL;
    const char *of =
        arena_printf(arena, ngettext("%s journey", "%s journeys", locale_plural(journeys, 0)),
                     locale_number(arena, journeys, 0));
    /* TRANSLATORS: the second is "335 journeys". */
    const char *format = ngettext("%s conversion of %s (%s)", "%s conversions of %s (%s)",
                                  locale_plural(table->conversions, 0));
    const char *words[] = {
        arena_printf(arena, format, locale_number(arena, table->conversions, 0), of,
                     locale_percent(arena, table->conversions / journeys, 1)),
        value,
        table->conversions > table->credited
            ? arena_printf(arena, _("%s of them without any touchpoint before: nobody's credit"),
                           locale_number(arena, table->conversions - table->credited, 0))
            : NULL,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *source_text(struct arena *arena, const struct stage_set *set)
{
    const struct credit_set *credits = set->credits;
    if (credits->source == CREDIT_OF_PATHS)
        return _("From paths that somebody has counted, with how often each ended in a conversion "
                 "and how often in none.");
    const char *open = arena_printf(
        arena, ngettext("%s open case is left out", "%s open cases are left out", credits->open),
        locale_count(arena, credits->open));
    return arena_printf(
        arena,
        /* TRANSLATORS: the fourth is "12 open cases are left out". */
        _("A case converts when it meets %s; credit goes to the touchpoints before. It ended "
          "without when nothing happened for more than %s before %s; %s. By decay, a touchpoint "
          "counts half as much each %s before the end."),
        wording_quoted(arena, set->journey->touchpoints[credits->goal].title),
        paths_time(arena, (double)credits->close_after),
        locale_day(arena, time_day(credits->as_of)), open,
        paths_time(arena, (double)credits->half_life));
}

static void draw_warnings(struct page *page, const struct credit_set *credits)
{
    const struct attribution *table = &credits->table;
    struct style style = style_ink(INK_WARN);
    if (table->no_nulls)
        page_text(page, 0, style,
                  _("No journey ended without conversion: what would be lost without a touchpoint "
                    "can hardly be told."));
    for (int i = 0; i < ATTRIBUTION_ORDERS; i++)
        if (table->orders[i].too_large)
            page_text(page, 0, style,
                      arena_printf(page->scene->arena,
                                   _("%s is left out: its chain would have more than %s states."),
                                   credits_model_title(ATTRIBUTION_MARKOV_1 + i),
                                   locale_count(page->scene->arena, ATTRIBUTION_STATES_MOST)));
    if (table->no_times && credits->source == CREDIT_OF_PATHS)
        page_text(page, 0, style_ink(INK_DIM),
                  _("No decay: counted paths do not say when things happened."));
    if (credits->cut)
        page_text(page, 0, style,
                  _("There are too many different paths: the last ones are left "
                    "out."));
}

/* A bootstrap in work, on the screen. */
static void draw_drawing(struct page *page, const struct stage_set *set)
{
    struct scene *scene = page->scene;
    struct arena *arena = scene->arena;
    if (set->to_draw == 0)
        return;
    const char *text =
        arena_printf(arena, _("Journeys drawn anew: %s of %s · Esc stops"),
                     locale_count(arena, set->drawn), locale_count(arena, set->to_draw));
    int row = page_rows(page, 1),
        used = scene_text(scene, row, 0, scene->columns, style_bold(INK_LENS), text) + 2;
    int room = scene->columns - used;
    int done = (int)((double)room * set->drawn / set->to_draw);
    for (int x = 0; x < room; x++)
        scene_glyph(scene, row, used + x, style_ink(x < done ? INK_MEASURED : INK_FAINT),
                    x < done ? glyph_block(scene->medium) : glyph(scene->medium, GLYPH_RULE));
}

/* What a conversion is worth, where anybody says. */
static const char *value_text(struct arena *arena, const struct credit_set *credits)
{
    if (credits->source != CREDIT_OF_CASES || !(credits->table.value > 0))
        return NULL;
    const char *what = credits->value_of_goal
                           ? _("A conversion is worth the values of its events at the goal.")
                           : _("A conversion is worth the values of all its events that name a "
                               "currency.");
    const char *words[] = {
        what,
        credits->other_currencies == 0
            ? NULL
            : arena_printf(arena,
                           ngettext("%s event in another currency is left out",
                                    "%s events in other currencies are left out",
                                    credits->other_currencies),
                           locale_count(arena, credits->other_currencies)),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void draw_head(struct page *page, const struct stage_set *set)
{
    struct arena *arena = page->scene->arena;
    page_text(page, 0, style_bold(INK_STRONG), stand_text(arena, set->credits));
    page_text(page, 0, style_ink(INK_DIM), source_text(arena, set));
    page_text(page, 0, style_ink(INK_DIM), value_text(arena, set->credits));
    page_text(page, 0, style_ink(INK_WARN),
              _("Credit is not causation: it divides up what happened, and does not say what would "
                "have happened otherwise. Only holding a touchpoint back from some customers "
                "does."));
    draw_warnings(page, set->credits);
}

/* ---- The view ---------------------------------------------------------------------- */

static const char *trouble(const struct stage_set *set)
{
    const struct credit_set *credits = set->credits;
    if (credits == NULL)
        return set->journey->store == NULL
                   ? _("No store: nothing is known of the paths that customers take. `stellwerk "
                       "import "
                       "STORE FILE` makes one, `store:` of the map names it.")
                   : _("the paths that customers take have not been read yet");
    if (credits->problem.text[0] != '\0')
        return credits->problem.text;
    if (credits->table.conversions + credits->table.nulls <= 0)
        return _("no journeys that have ended in the store under this lens");
    if (credits->table.known == 0)
        return _("no conversion in the store under this lens: nothing to credit");
    return NULL;
}

static struct scene *draw_page(struct arena *arena, const struct stage_set *set, int columns,
                               struct medium medium)
{
    struct page page = page_begin(arena, page_inside(columns), medium);
    draw_drawing(&page, set);
    draw_head(&page, set);
    credits_draw_table(&page, set->credits, false);
    if (set->credits->table.credited_value > 0)
        credits_draw_table(&page, set->credits, true);
    credits_draw_costs(&page, set->credits);
    credits_draw_groups(&page, set);
    return page_end(&page);
}

struct scene *attribution_draw(struct arena *arena, const struct stage_set *set, int columns,
                               int rows, struct medium medium)
{
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    const char *why = trouble(set);
    struct scene *page = why == NULL ? draw_page(arena, set, columns, medium) : NULL;
    return page_on_screen(arena, set, page, why, columns, rows, medium);
}
