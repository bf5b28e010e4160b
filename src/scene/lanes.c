/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/lanes.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/text.h>
#include <stellwerk/scene/wording.h>

void writing_add(struct writing *writing, struct style style, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    writing->items = arena_grow(writing->arena, writing->items, writing->count, &writing->capacity,
                                sizeof(*writing->items));
    writing->items[writing->count++] = (struct paragraph){ text, style };
}

static const struct lane lanes[] = {
    [LANE_GAP] = {
        .name = "gap", .title = N_("Gap"), .rank = 1, .begins_group = true,
        .draw = lane_draw_gap, .used = lane_always,
    },
    [LANE_N] = {
        .name = "n", .title = N_("n"), .rank = 2,
        .draw = lane_draw_n, .used = lane_awaits_figures,
    },
    [LANE_TREND] = {
        .name = "trend", .title = N_("Trend"), .rank = 3,
        .draw = lane_draw_trend, .used = lane_awaits_figures,
    },
    [LANE_TRAFFIC] = {
        .name = "traffic", .title = N_("Comes by"), .rank = 18,
        .draw = lane_draw_traffic, .used = lane_any_cases,
    },
    [LANE_DROPOUT] = {
        .name = "dropout", .title = N_("Drops out"), .rank = 19,
        .draw = lane_draw_dropout, .used = lane_any_cases,
    },
    [LANE_CREDIT] = {
        .name = "credit", .title = N_("Credit"), .rank = 20,
        .draw = lane_draw_credit, .used = lane_any_credit,
    },
    [LANE_CHANNEL] = {
        .name = "channel", .title = N_("Channel"), .rank = 4, .whole = 12, .begins_group = true,
        .write = lane_write_channel,
    },
    [LANE_ACTIONS] = {
        .name = "actions", .title = N_("Does"), .rank = 11, .whole = 6, .write = lane_write_actions,
    },
    [LANE_THOUGHTS] = {
        .name = "thoughts", .title = N_("Thinks"), .rank = 5, .whole = 1,
        .write = lane_write_thoughts,
    },
    [LANE_QUOTES] = {
        .name = "quotes", .title = N_("Says"), .rank = 9, .whole = 4, .write = lane_write_quotes,
    },
    [LANE_PAINS] = {
        .name = "pains", .title = N_("Pains"), .rank = 10, .whole = 5, .write = lane_write_pains,
    },
    [LANE_GAINS] = {
        .name = "gains", .title = N_("Gains"), .rank = 12, .whole = 7, .write = lane_write_gains,
    },
    [LANE_PROMISE] = {
        .name = "promise", .title = N_("Promise"), .rank = 6, .whole = 3, .begins_group = true,
        .write = lane_write_promise,
    },
    [LANE_OWNER] = {
        .name = "owner", .title = N_("Owner"), .rank = 7, .whole = 11, .write = lane_write_owner,
    },
    [LANE_SYSTEMS] = {
        .name = "systems", .title = N_("Systems"), .rank = 15, .whole = 13,
        .write = lane_write_systems,
    },
    [LANE_BACKSTAGE] = {
        .name = "backstage", .title = N_("Backstage"), .rank = 16, .whole = 10,
        .write = lane_write_backstage,
    },
    [LANE_CONTENT] = {
        .name = "content", .title = N_("Content"), .rank = 17, .whole = 9,
        .write = lane_write_content,
    },
    [LANE_METRICS] = {
        .name = "metrics", .title = N_("Metrics"), .rank = 14, .whole = 8, .begins_group = true,
        .write = lane_write_metrics,
    },
    [LANE_VOTES] = {
        .name = "votes", .title = N_("Votes"), .rank = 13,
        .draw = lane_draw_votes, .used = lane_any_votes,
    },
    [LANE_OPPORTUNITIES] = {
        .name = "opportunities", .title = N_("Opportunity"), .rank = 8, .whole = 2,
        .write = lane_write_opportunities,
    },
};
static_assert(ARRAY_LEN(lanes) == LANE_COUNT, "every lane has its descriptor");

/* ---- What all lanes do ----------------------------------------------------------- */

const struct lane *lane_get(enum lane_id lane)
{
    return &lanes[lane];
}

const char *lane_name(enum lane_id lane)
{
    return lanes[lane].name;
}

const char *lane_title(enum lane_id lane)
{
    return _(lanes[lane].title);
}

int lane_find(const char *name)
{
    for (int i = 0; i < LANE_COUNT; i++) {
        if (strcmp(lanes[i].name, name) == 0)
            return i;
    }
    return NONE;
}

static struct writing written(struct arena *arena, enum lane_id lane, const struct stage_set *set,
                              struct medium medium, int touchpoint)
{
    struct writing writing = { .arena = arena, .medium = medium };
    lanes[lane].write(&writing, set, touchpoint);
    return writing;
}

bool lane_used(struct arena *arena, enum lane_id lane, const struct stage_set *set)
{
    if (lanes[lane].used != NULL)
        return lanes[lane].used(set);
    for (size_t i = 0; i < set->journey->touchpoint_count; i++) {
        if (written(arena, lane, set, (struct medium){ 0 }, (int)i).count > 0)
            return true;
    }
    return false;
}

int lane_rows(struct arena *arena, enum lane_id lane, const struct stage_set *set,
              struct medium medium, int touchpoint, int columns, int most)
{
    if (lanes[lane].write == NULL)
        return 1;
    struct writing writing = written(arena, lane, set, medium, touchpoint);
    int rows = 0;
    for (size_t i = 0; i < writing.count && rows <= most; i++) {
        size_t count;
        (void)medium_wrap(arena, medium, writing.items[i].text, columns, most, &count);
        rows += (int)count;
    }
    return rows > most ? most + 1 : rows;
}

/* A row of a wrapped paragraph. */
struct text_row {
    const char *text;
    struct style style;
    bool first; /* of its paragraph */
};

struct text_rows {
    struct text_row *items;
    size_t count, capacity;
};

static struct text_rows wrapped(const struct writing *writing, int columns, int most)
{
    struct text_rows rows = { 0 };
    for (size_t i = 0; i < writing->count && rows.count <= (size_t)most; i++) {
        size_t count;
        const char **lines = medium_wrap(writing->arena, writing->medium, writing->items[i].text,
                                         columns, most, &count);
        for (size_t k = 0; k < count; k++) {
            rows.items = arena_grow(writing->arena, rows.items, rows.count, &rows.capacity,
                                    sizeof(*rows.items));
            rows.items[rows.count++] =
                (struct text_row){ lines[k], writing->items[i].style, k == 0 };
        }
    }
    return rows;
}

/* The last row takes what comes after it too, as far as it goes; the scene cuts it. */
static const char *run_on(struct arena *arena, const struct text_rows *rows, size_t from)
{
    struct str text;
    str_init(&text);
    for (size_t i = from; i < rows->count; i++) {
        if (i > from)
            str_append(&text, rows->items[i].first ? " · " : " ");
        str_append(&text, rows->items[i].text);
    }
    const char *joined = arena_strdup(arena, text.text);
    str_finish(&text);
    return joined;
}

static void draw_writing(const struct lane_cell *cell, const struct writing *writing)
{
    struct text_rows rows = wrapped(writing, cell->columns, cell->rows);
    for (size_t i = 0; i < rows.count && (int)i < cell->rows; i++) {
        bool last = (int)i == cell->rows - 1;
        const char *text = last ? run_on(cell->scene->arena, &rows, i) : rows.items[i].text;
        scene_text(cell->scene, cell->row + (int)i, cell->column, cell->columns,
                   rows.items[i].style, text);
    }
}

void lane_draw(enum lane_id lane, const struct lane_cell *cell)
{
    if (lanes[lane].draw != NULL) {
        lanes[lane].draw(cell);
        return;
    }
    struct writing writing = written(cell->scene->arena, lane, cell->set, cell->scene->medium,
                                     cell->touchpoint);
    draw_writing(cell, &writing);
}
