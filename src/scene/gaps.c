/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/view.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/wording.h>

enum standing {
    STANDING_SURE,     /* measured, and short of the zone beyond doubt */
    STANDING_UNSURE,   /* measured short, but it may be chance */
    STANDING_GUESSED,  /* short by estimate alone */
    STANDING_KEPT,     /* met or exceeded */
    STANDING_UNKNOWN,
    STANDING_COUNT
};

struct gap_row {
    int touchpoint;
    enum standing standing;
    double priority; /* importance × what is sure of the shortfall, or × the shortfall itself */
    struct gap gap;
    const struct reading *reading;
};

/* ---- Ranking --------------------------------------------------------------------- */

static double sure_shortfall(const struct reading *reading)
{
    struct estimate gap = { .value = reading->gap_measured.value, .se = reading->measured.se };
    double sure = gap_confident_shortfall(gap, CONFIDENCE_95);
    return isnan(sure) ? 0 : sure;
}

static struct gap_row rank_row(const struct stage_set *set, int touchpoint)
{
    const struct reading *reading = &set->readings->items[touchpoint];
    bool measured;
    struct gap_row row = {
        .touchpoint = touchpoint,
        .standing = STANDING_UNKNOWN,
        .gap = reading_gap(reading, &measured),
        .reading = reading,
    };
    if (isnan(row.gap.value))
        return row;
    double sure = measured ? sure_shortfall(reading) : 0;
    row.standing = row.gap.inside || row.gap.value > 0 ? STANDING_KEPT
                   : !measured                         ? STANDING_GUESSED
                   : sure > 0                          ? STANDING_SURE
                                                       : STANDING_UNSURE;
    row.priority = gap_priority(reading->importance, 1, sure > 0 ? sure : -row.gap.value);
    return row;
}

/* Equal ones stay in the order of the journey. */
static int compare_rows(const void *a, const void *b)
{
    const struct gap_row *left = a, *right = b;
    if (left->standing != right->standing)
        return left->standing < right->standing ? -1 : 1;
    if (left->standing < STANDING_KEPT && left->priority != right->priority)
        return left->priority > right->priority ? -1 : 1;
    return left->touchpoint - right->touchpoint;
}

static struct gap_row *ranked(struct arena *arena, const struct stage_set *set)
{
    size_t count = set->journey->touchpoint_count;
    struct gap_row *rows = arena_array(arena, count, sizeof(*rows));
    for (size_t i = 0; i < count; i++)
        rows[i] = rank_row(set, (int)i);
    if (count > 0)
        qsort(rows, count, sizeof(*rows), compare_rows);
    return rows;
}

/* ---- What stands in a row -------------------------------------------------------- */

static const char *with_margin(struct arena *arena, const char *value, double lo, double hi)
{
    const char *margin = wording_margin(arena, lo, hi);
    return *margin == '\0' ? value : arena_printf(arena, "%s %s", value, margin);
}

static const char *expected_text(struct arena *arena, const struct stage_set *set,
                                 const struct gap_row *row)
{
    (void)set;
    return wording_zone(arena, row->reading->adequate, row->reading->desired);
}

static const char *felt_text(struct arena *arena, const struct stage_set *set,
                             const struct gap_row *row)
{
    (void)set;
    return wording_score(arena, row->reading->estimated);
}

static const char *measured_text(struct arena *arena, const struct stage_set *set,
                                 const struct gap_row *row)
{
    (void)set;
    const struct measured *measured = &row->reading->measured;
    return with_margin(arena, wording_score(arena, measured->score), measured->lo, measured->hi);
}

static const char *n_text(struct arena *arena, const struct stage_set *set,
                          const struct gap_row *row)
{
    (void)set;
    uint64_t n = row->reading->measured.n;
    return n > 0 ? locale_count(arena, n) : "–";
}

static const char *age_text(struct arena *arena, const struct stage_set *set,
                            const struct gap_row *row)
{
    int64_t newest = row->reading->measured.newest;
    return newest == TIME_NONE ? "–" : wording_age(arena, newest, set->now);
}

static const char *gap_text(struct arena *arena, const struct stage_set *set,
                            const struct gap_row *row)
{
    (void)set;
    if (row->gap.inside)
        return _("met");
    return with_margin(arena, wording_gap(arena, row->gap.value), row->gap.lo, row->gap.hi);
}

/* Figures stand at the right of their column, the most dispensable are left out of a narrow
 * table. */
static const struct figure {
    const char *title; /* N_() */
    int columns;
    int least; /* columns of the table from which on it is shown */
    enum ink ink;
    const char *(*text)(struct arena *arena, const struct stage_set *set,
                        const struct gap_row *row);
} figures[] = {
    { N_("expected"), 9, 0, INK_TEXT, expected_text },
    { N_("felt"), 7, 0, INK_CURVE, felt_text },
    { N_("measured"), 9, 60, INK_MEASURED, measured_text },
    { N_("n"), 7, 68, INK_DIM, n_text },
    { N_("age"), 14, 110, INK_DIM, age_text },
    { N_("gap"), 9, 0, INK_TEXT, gap_text },
};

/* ---- The table ------------------------------------------------------------------- */

#define RANK_COLUMNS 4
#define CAUSE_COLUMNS 23 /* "mostly delivery −100", "v. a. Versprechen −40" */
#define CAUSE_LEAST 80

struct table {
    struct page page;
    const struct stage_set *set;
    int title_columns;
};

static struct table table_begin(struct arena *arena, const struct stage_set *set, int columns,
                                struct medium medium)
{
    struct table table = { .page = page_begin(arena, columns, medium), .set = set };
    table.title_columns = columns - RANK_COLUMNS - (columns >= CAUSE_LEAST ? CAUSE_COLUMNS : 0);
    for (size_t i = 0; i < ARRAY_LEN(figures); i++)
        table.title_columns -= columns >= figures[i].least ? figures[i].columns : 0;
    return table;
}

static enum ink ink_of_gap(const struct gap_row *row)
{
    if (isnan(row->gap.value) || row->gap.inside)
        return INK_DIM;
    return row->gap.value < 0 ? INK_BAD : INK_GOOD;
}

/* `row` NULL: the titles. */
static void write_figures(struct table *table, int at, const struct gap_row *row)
{
    struct page *page = &table->page;
    int end = RANK_COLUMNS + table->title_columns;
    for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
        const struct figure *figure = &figures[i];
        if (page->scene->columns < figure->least)
            continue;
        end += figure->columns;
        const char *text = row == NULL ? _(figure->title)
                                       : figure->text(page->scene->arena, table->set, row);
        enum ink ink = row == NULL                ? INK_DIM
                       : figure->text == gap_text ? ink_of_gap(row)
                                                  : figure->ink;
        page_right(page, at, end, figure->columns - 1, style_ink(ink), text);
    }
}

static void write_row(struct table *table, const struct gap_row *row, int rank)
{
    struct scene *scene = table->page.scene;
    int at = page_rows(&table->page, 1);
    if (rank > 0)
        scene_printf(scene, at, 0, RANK_COLUMNS - 1, style_ink(INK_DIM), "%2d.", rank);
    scene_text(scene, at, RANK_COLUMNS, table->title_columns - 1, style_ink(INK_TEXT),
               table->set->journey->touchpoints[row->touchpoint].title);
    write_figures(table, at, row);
    const char *cause = phrase_cause(scene->arena, &row->reading->split);
    if (scene->columns >= CAUSE_LEAST && row->standing < STANDING_KEPT && cause != NULL)
        scene_text(scene, at, scene->columns - CAUSE_COLUMNS + 2, CAUSE_COLUMNS - 2,
                   style_ink(INK_DIM), cause);
}

static const char *const standing_titles[] = {
    [STANDING_SURE] = N_("Where the promise breaks, the surest and most important first"),
    [STANDING_UNSURE] = N_("Measured short, but it may be chance"),
    [STANDING_GUESSED] = N_("Short by estimate alone"),
    [STANDING_KEPT] = N_("Expectation met or exceeded"),
    [STANDING_UNKNOWN] = N_("Not known: no expectation, or nothing felt or measured"),
};
static_assert(ARRAY_LEN(standing_titles) == STANDING_COUNT, "every standing has its title");

struct scene *gaps_draw(struct arena *arena, const struct stage_set *set, int columns,
                        struct medium medium)
{
    struct table table = table_begin(arena, set, columns, medium);
    const struct gap_row *rows = ranked(arena, set);
    for (size_t i = 0; i < set->journey->touchpoint_count; i++) {
        if (i == 0 || rows[i].standing != rows[i - 1].standing) {
            page_heading(&table.page, _(standing_titles[rows[i].standing]));
            write_figures(&table, page_rows(&table.page, 1), NULL);
        }
        write_row(&table, &rows[i], rows[i].standing < STANDING_KEPT ? (int)i + 1 : 0);
    }
    return page_end(&table.page);
}
