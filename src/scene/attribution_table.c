/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/attribution.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

#define MODEL_COLUMNS 9
#define TITLE_MOST 40

/* From which width of the page on a model has room; the least dispensable first. */
static const int model_least[ATTRIBUTION_MODELS] = {
    [ATTRIBUTION_FIRST] = 0,     [ATTRIBUTION_LAST] = 0,      [ATTRIBUTION_LINEAR] = 90,
    [ATTRIBUTION_POSITION] = 118, [ATTRIBUTION_DECAY] = 127,  [ATTRIBUTION_MARKOV_1] = 0,
    [ATTRIBUTION_MARKOV_2] = 100, [ATTRIBUTION_MARKOV_3] = 109,
};

struct table {
    struct page *page;
    const struct credit_set *credits;
    bool by_value;
    double whole; /* what credits add up to */
    double most;  /* the largest share: the end of the bars */
    int title, bar;
};

static bool has_column(const struct table *table, enum attribution_model model)
{
    return (table->credits->table.known & ATTRIBUTION_BIT(model)) != 0 &&
           table->page->scene->columns >= model_least[model];
}

static double share_of(const struct table *table, const struct attribution_row *row,
                       enum attribution_model model)
{
    const struct credit *credit = &row->credits[model];
    return (table->by_value ? credit->value : credit->conversions) / table->whole;
}

static struct interval interval_of(const struct table *table, const struct attribution_row *row,
                                   enum attribution_model model)
{
    const struct credit *credit = &row->credits[model];
    struct interval interval =
        table->by_value ? credit->value_interval : credit->conversions_interval;
    return (struct interval){ interval.low / table->whole, interval.high / table->whole };
}

/* The least and the most that a model gives. */
static struct interval spread_of(const struct table *table, const struct attribution_row *row)
{
    struct interval spread = { NAN, NAN };
    for (int i = 0; i < ATTRIBUTION_MODELS; i++) {
        spread.low = fmin(spread.low, share_of(table, row, i));
        spread.high = fmax(spread.high, share_of(table, row, i));
    }
    return spread;
}

static struct table table_begin(struct page *page, const struct credit_set *credits, bool by_value)
{
    const struct attribution *table = &credits->table;
    struct table out = { .page = page, .credits = credits, .by_value = by_value };
    out.whole = by_value ? table->credited_value : table->credited;
    for (size_t i = 0; i < table->count; i++)
        out.most = fmax(out.most, spread_of(&out, &table->rows[i]).high);
    int room = page->scene->columns - 2 * MODEL_COLUMNS;
    for (int i = 0; i < ATTRIBUTION_MODELS; i++)
        room -= has_column(&out, i) ? MODEL_COLUMNS : 0;
    out.title = room * 11 / 20 < TITLE_MOST ? room * 11 / 20 : TITLE_MOST;
    out.bar = room - out.title;
    return out;
}

static const char *share_text(struct arena *arena, double share)
{
    return isnan(share) ? "–" : locale_percent(arena, share, 1);
}

static const char *loss_text(struct arena *arena, double lost)
{
    if (isnan(lost) || lost < 0.0005)
        return share_text(arena, lost);
    return arena_printf(arena, "−%s", share_text(arena, lost));
}

/* The next column of figures; `*end` is where it ends. */
static void put(const struct table *table, int row, int *end, enum ink ink, const char *text)
{
    *end += MODEL_COLUMNS;
    page_right(table->page, row, *end, MODEL_COLUMNS - 1, style_ink(ink), text);
}

static void write_titles(const struct table *table)
{
    int row = page_rows(table->page, 1);
    int end = table->title + table->bar;
    put(table, row, &end, INK_DIM, _("present"));
    for (int i = 0; i < ATTRIBUTION_MODELS; i++)
        if (has_column(table, i))
            put(table, row, &end, INK_DIM, credits_model_title(i));
    put(table, row, &end, INK_DIM, _("without"));
}

static void draw_bar(const struct table *table, int at, const struct attribution_row *row)
{
    struct scene *scene = table->page->scene;
    enum attribution_model model = credits_model(&table->credits->table);
    struct interval spread = spread_of(table, row);
    double unit = (table->bar - 2) / (table->most > 0 ? table->most : 1);
    int low = (int)lround(spread.low * unit), high = (int)lround(spread.high * unit);
    int mark = (int)lround(share_of(table, row, model) * unit);
    for (int x = low; x <= high; x++)
        scene_glyph(scene, at, table->title + x, style_ink(INK_TREND),
                    glyph(scene->medium, GLYPH_RULE));
    scene_glyph(scene, at, table->title + mark, style_ink(INK_MEASURED),
                glyph(scene->medium, GLYPH_MEASURED));
}

static void write_row(const struct table *table, int index)
{
    const struct attribution_row *row = &table->credits->table.rows[index];
    struct scene *scene = table->page->scene;
    enum attribution_model main_model = credits_model(&table->credits->table);
    int at = page_rows(table->page, 1);
    int end = table->title + table->bar;
    scene_text(scene, at, 0, table->title - 1, style_ink(INK_TEXT),
               table->credits->titles[index]);
    draw_bar(table, at, row);
    put(table, at, &end, INK_DIM, share_text(scene->arena, row->present));
    for (int i = 0; i < ATTRIBUTION_MODELS; i++)
        if (has_column(table, i))
            put(table, at, &end, i == (int)main_model ? INK_MEASURED : INK_TEXT,
                share_text(scene->arena, share_of(table, row, i)));
    double lost = table->by_value ? row->removals[0].value : row->removals[0].conversions;
    put(table, at, &end, INK_BAD, loss_text(scene->arena, lost));
}

/* ---- How sure ---------------------------------------------------------------------------- */

static void write_interval(const struct table *table, int index)
{
    const struct attribution_row *row = &table->credits->table.rows[index];
    struct arena *arena = table->page->scene->arena;
    enum attribution_model model = credits_model(&table->credits->table);
    struct interval interval = interval_of(table, row, model);
    if (!interval_is_known(interval))
        return;
    int at = page_rows(table->page, 1);
    scene_text(table->page->scene, at, 0, table->title - 1, style_ink(INK_TEXT),
               table->credits->titles[index]);
    scene_printf(table->page->scene, at, table->title, table->page->scene->columns - table->title,
                 style_ink(INK_MEASURED), _("%s, between %s and %s"),
                 share_text(arena, share_of(table, row, model)), share_text(arena, interval.low),
                 share_text(arena, interval.high));
}

static void write_intervals(const struct table *table, const int *order, size_t count)
{
    const struct attribution *attribution = &table->credits->table;
    struct arena *arena = table->page->scene->arena;
    if (attribution->replicates == 0)
        return;
    (void)page_rows(table->page, 1);
    page_text(table->page, 0, style_ink(INK_DIM),
              arena_printf(arena,
                           ngettext("How sure %s is, by the same journeys drawn anew %s "
                                    "time (95%% of them):",
                                    "How sure %s is, by the same journeys drawn anew %s "
                                    "times (95%% of them):",
                                    attribution->replicates),
                           credits_model_title(credits_model(attribution)),
                           locale_count(arena, attribution->replicates)));
    for (size_t i = 0; i < count; i++)
        write_interval(table, order[i]);
}

void credits_draw_table(struct page *page, const struct credit_set *credits, bool by_value)
{
    struct table table = table_begin(page, credits, by_value);
    size_t count;
    const int *order = credits_order(page->scene->arena, &credits->table, &count);
    page_heading(page, by_value ? _("Credit by value") : _("Credit by conversions"));
    write_titles(&table);
    for (size_t i = 0; i < count; i++)
        write_row(&table, order[i]);
    if (!by_value)
        page_text(page, 0, style_ink(INK_DIM),
                  _("The bar spans what the models say. Present: the share of conversions that it "
                    "was in. Without: what would be lost if everyone who comes to it were lost "
                    "there, by the chain of order 1. Linear is the Shapley value, too."));
    write_intervals(&table, order, count);
}
