/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/attribution.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/model/words.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

#define TITLE_MOST 40

/* ---- What credit costs ------------------------------------------------------------------- */

#define COST_COLUMNS 14

static bool has_cost(const struct credit_set *credits, int row)
{
    return credits->costs != NULL && !isnan(credits->costs[row]);
}

static void write_cost(struct page *page, const struct credit_set *credits, int index)
{
    struct scene *scene = page->scene;
    const struct attribution_row *row = &credits->table.rows[index];
    double cost = credits->costs[index];
    double credit = row->credits[credits_model(&credits->table)].conversions;
    const char *each = credit > 0 ? locale_number(scene->arena, cost / credit, 2) : "–";
    int at = page_rows(page, 1), title = scene->columns - 3 * COST_COLUMNS;
    title = title < TITLE_MOST ? title : TITLE_MOST;
    scene_text(scene, at, 0, title - 1, style_ink(INK_TEXT), credits->titles[index]);
    page_right(page, at, title + COST_COLUMNS, COST_COLUMNS - 1, style_ink(INK_TEXT),
               locale_number(scene->arena, cost, 2));
    page_right(page, at, title + 2 * COST_COLUMNS, COST_COLUMNS - 1, style_ink(INK_MEASURED),
               locale_number(scene->arena, credit, 1));
    page_right(page, at, title + 3 * COST_COLUMNS, COST_COLUMNS - 1, style_ink(INK_TEXT), each);
}

static void write_cost_titles(struct page *page)
{
    int at = page_rows(page, 1), title = page->scene->columns - 3 * COST_COLUMNS;
    title = title < TITLE_MOST ? title : TITLE_MOST;
    page_right(page, at, title + COST_COLUMNS, COST_COLUMNS - 1, style_ink(INK_DIM), _("cost"));
    page_right(page, at, title + 2 * COST_COLUMNS, COST_COLUMNS - 1, style_ink(INK_DIM),
               _("conversions"));
    page_right(page, at, title + 3 * COST_COLUMNS, COST_COLUMNS - 1, style_ink(INK_DIM),
               _("cost of one"));
}

static void begin_costs(struct page *page, const struct credit_set *credits)
{
    struct arena *arena = page->scene->arena;
    uint64_t left_out = credits->costs_left_out;
    page_heading(page,
                 credits->cost_currency == NULL
                     ? _("What credit costs")
                     : arena_printf(arena, _("What credit costs, in %s"), credits->cost_currency));
    if (left_out > 0)
        page_text(page, 0, style_ink(INK_WARN),
                  arena_printf(arena,
                               ngettext("%s event is left out: its cost is in another currency, or "
                                        "in none that is named.",
                                        "%s events are left out: their costs are in other "
                                        "currencies, or in none that is named.",
                                        left_out),
                               locale_count(arena, left_out)));
    write_cost_titles(page);
}

void credits_draw_costs(struct page *page, const struct credit_set *credits)
{
    size_t count;
    bool begun = false;
    const int *order = credits_order(page->scene->arena, &credits->table, &count);
    for (size_t i = 0; i < count; i++) {
        if (!has_cost(credits, order[i]))
            continue;
        if (!begun)
            begin_costs(page, credits);
        begun = true;
        write_cost(page, credits, order[i]);
    }
}

/* ---- By channel and by media --------------------------------------------------------------- */

static int group_index(const struct touchpoint *touchpoint, enum credit_by by)
{
    if (by == CREDIT_BY_CHANNEL)
        return touchpoint->channel;
    return touchpoint->media == MEDIA_NONE ? NONE : (int)touchpoint->media;
}

static struct credit_group group_begin(const struct journey *journey, enum credit_by by, int index)
{
    if (by == CREDIT_BY_CHANNEL)
        return (struct credit_group){ .id = journey->channels[index].id,
                                      .title = channel_title(&journey->channels[index]),
                                      .cost = NAN };
    return (struct credit_group){ .id = media_name((enum media)index),
                                  .title = media_word((enum media)index),
                                  .cost = NAN };
}

static void group_add(struct credit_group *group, const struct credit_set *credits, size_t row)
{
    const struct credit *credit = &credits->table.rows[row].credits[credits_model(&credits->table)];
    double cost = credits->costs != NULL ? credits->costs[row] : NAN;
    if (!isnan(credit->conversions)) {
        group->conversions += credit->conversions;
        group->value += credit->value;
    }
    if (!isnan(cost))
        group->cost = isnan(group->cost) ? cost : group->cost + cost;
}

struct credit_group *credits_groups(struct arena *arena, const struct stage_set *set,
                                    enum credit_by by, size_t *count)
{
    const struct journey *journey = set->journey;
    const struct credit_set *credits = set->credits;
    size_t most = by == CREDIT_BY_CHANNEL ? journey->channel_count : MEDIA_EARNED + 1;
    struct credit_group *groups = arena_array(arena, most, sizeof(*groups));
    for (size_t i = 0; i < most; i++)
        groups[i] = group_begin(journey, by, (int)i);
    for (size_t i = 0; i < credits->table.count; i++) {
        int touchpoint = credits->touchpoints[i];
        int at = touchpoint == NONE ? NONE : group_index(&journey->touchpoints[touchpoint], by);
        if (at != NONE)
            group_add(&groups[at], credits, i);
    }
    *count = 0;
    for (size_t i = 0; i < most; i++)
        if (groups[i].conversions > 0 || !isnan(groups[i].cost))
            groups[(*count)++] = groups[i];
    return groups;
}

#define GROUP_COLUMNS 24
#define SHARE_END (GROUP_COLUMNS + 10)
#define MONEY_COLUMNS 15

/* Columns of money stand where any group says what it costs; the bar takes the rest. */
static void write_group(struct page *page, const struct credit_set *credits,
                        const struct credit_group *group, bool costs)
{
    struct scene *scene = page->scene;
    struct arena *arena = scene->arena;
    double share = group->conversions / credits->table.credited;
    int at = page_rows(page, 1), left = SHARE_END + 2 + (costs ? 2 * MONEY_COLUMNS : 0);
    scene_text(scene, at, 0, GROUP_COLUMNS, style_ink(INK_TEXT), group->title);
    page_right(page, at, SHARE_END, 9, style_ink(INK_MEASURED), locale_percent(arena, share, 1));
    if (costs) {
        double each = group->conversions > 0 ? group->cost / group->conversions : NAN;
        page_right(page, at, SHARE_END + MONEY_COLUMNS, MONEY_COLUMNS - 1, style_ink(INK_TEXT),
                   locale_number(arena, group->cost, 2));
        page_right(page, at, SHARE_END + 2 * MONEY_COLUMNS, MONEY_COLUMNS - 1, style_ink(INK_TEXT),
                   locale_number(arena, each, 2));
    }
    int length = (int)lround(share * (scene->columns - left - 1));
    for (int x = 0; x < length; x++)
        scene_glyph(scene, at, left + x, style_ink(INK_MEASURED), glyph_block(scene->medium));
}

static void write_groups(struct page *page, const struct stage_set *set, enum credit_by by)
{
    size_t count;
    bool costs = false;
    const struct credit_group *groups = credits_groups(page->scene->arena, set, by, &count);
    if (count == 0)
        return;
    page_heading(page, by == CREDIT_BY_CHANNEL ? _("Credit by channel") : _("Credit by media"));
    for (size_t i = 0; i < count; i++)
        costs |= !isnan(groups[i].cost);
    if (costs) {
        int at = page_rows(page, 1);
        page_right(page, at, SHARE_END, SHARE_END - 1, style_ink(INK_DIM), _("credit"));
        page_right(page, at, SHARE_END + MONEY_COLUMNS, MONEY_COLUMNS - 1, style_ink(INK_DIM),
                   _("cost"));
        page_right(page, at, SHARE_END + 2 * MONEY_COLUMNS, MONEY_COLUMNS - 1, style_ink(INK_DIM),
                   _("cost of one"));
    }
    for (size_t i = 0; i < count; i++)
        write_group(page, set->credits, &groups[i], costs);
}

void credits_draw_groups(struct page *page, const struct stage_set *set)
{
    for (int by = 0; by < CREDIT_BY_COUNT; by++)
        write_groups(page, set, (enum credit_by)by);
}
