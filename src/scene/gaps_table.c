/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/gaps.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/wording.h>

/* ---- What stands in a row -------------------------------------------------------- */

typedef const char *cell_text(struct arena *arena, const struct stage_set *set,
                              const struct ranked_gap *row);

static const char *with_margin(struct arena *arena, const char *value, double lo, double hi)
{
    const char *margin = wording_margin(arena, lo, hi);
    return *margin == '\0' ? value : arena_printf(arena, "%s %s", value, margin);
}

static const struct touchpoint *touchpoint_of(const struct stage_set *set,
                                              const struct ranked_gap *row)
{
    return &set->journey->touchpoints[row->touchpoint];
}

static const char *stage_text(struct arena *, const struct stage_set *set,
                              const struct ranked_gap *row)
{
    return set->journey->stages[touchpoint_of(set, row)->stage].title;
}

static const char *owner_text(struct arena *, const struct stage_set *set,
                              const struct ranked_gap *row)
{
    const char *owner = touchpoint_of(set, row)->owner;
    return owner != NULL ? owner : "–";
}

static const char *expected_text(struct arena *arena, const struct stage_set *,
                                 const struct ranked_gap *row)
{
    return wording_zone(arena, row->reading->adequate, row->reading->desired);
}

static const char *felt_text(struct arena *arena, const struct stage_set *,
                             const struct ranked_gap *row)
{
    return wording_score(arena, row->reading->estimated);
}

static const char *measured_text(struct arena *arena, const struct stage_set *,
                                 const struct ranked_gap *row)
{
    const struct measured *measured = &row->reading->measured;
    return with_margin(arena, wording_score(arena, measured->score), measured->lo, measured->hi);
}

static const char *n_text(struct arena *arena, const struct stage_set *,
                          const struct ranked_gap *row)
{
    uint64_t n = row->reading->measured.n;
    return n > 0 ? locale_count(arena, n) : "–";
}

static const char *age_text(struct arena *arena, const struct stage_set *set,
                            const struct ranked_gap *row)
{
    int64_t newest = row->reading->measured.newest;
    return newest == TIME_NONE ? "–" : wording_age(arena, newest, set->now);
}

static const char *evidence_text(struct arena *, const struct stage_set *,
                                 const struct ranked_gap *row)
{
    enum grade grade = ranked_grade(row);
    if (grade == GRADE_MEASURED)
        return C_("evidence", "measured");
    const char *word = evidence_word(row->reading->estimated_evidence);
    return *word != '\0' ? word : "–";
}

static const char *gap_text(struct arena *arena, const struct stage_set *,
                            const struct ranked_gap *row)
{
    if (row->gap.inside)
        return _("met");
    return with_margin(arena, wording_gap(arena, row->gap.value), row->gap.lo, row->gap.hi);
}

static const char *sure_text(struct arena *arena, const struct stage_set *,
                             const struct ranked_gap *row)
{
    if (row->standing == STANDING_SURE)
        return wording_gap(arena, -row->sure);
    return row->standing == STANDING_UNSURE ? C_("shortfall", "none") : "–";
}

static const char *importance_text(struct arena *arena, const struct stage_set *,
                                   const struct ranked_gap *row)
{
    return row->importance_stated ? wording_score(arena, row->importance) : "–";
}

static const char *reach_text(struct arena *arena, const struct stage_set *,
                              const struct ranked_gap *row)
{
    return row->reach_measured ? locale_percent(arena, row->reach, 0) : "–";
}

static const char *opportunity_text(struct arena *arena, const struct stage_set *,
                                    const struct ranked_gap *row)
{
    return isnan(row->opportunity) ? "–" : locale_number(arena, row->opportunity, 1);
}

/* ---- Columns --------------------------------------------------------------------- */

#define RANK_COLUMNS 5
#define MARGIN_COLUMNS 4 /* " ±12" */
#define MARK_COLUMNS 2
#define CAUSE_COLUMNS 23 /* "mostly delivery −100", "v. a. Versprechen −40" */
#define TITLE_MOST 48

/* Figures stand at the right of their column, words at its left; the most dispensable are left out
 * of a narrow table. */
static const struct column {
    const char *title; /* N_() */
    int columns;
    int least; /* columns of the table from which on it is shown */
    enum ink ink;
    bool words;
    cell_text *text;
} columns_of[] = {
    { N_("stage"), 16, 168, INK_DIM, true, stage_text },
    { N_("owner"), 17, 150, INK_DIM, true, owner_text },
    { N_("weight"), 8, 84, INK_TEXT, false, importance_text },
    { N_("reach"), 11, 132, INK_TEXT, false, reach_text },
    { N_("expected"), 9, 0, INK_TEXT, false, expected_text },
    { N_("felt"), 7, 0, INK_CURVE, false, felt_text },
    { N_("measured"), 9, 60, INK_MEASURED, false, measured_text },
    { N_("n"), 7, 68, INK_DIM, false, n_text },
    { N_("age"), 14, 118, INK_DIM, false, age_text },
    { N_("evidence"), 12, 186, INK_DIM, false, evidence_text },
    { N_("gap"), 9, 0, INK_TEXT, false, gap_text },
    { N_("sure"), 7, 74, INK_TEXT, false, sure_text },
    { N_("opportunity"), 13, 196, INK_DIM, false, opportunity_text },
};

/* With a blank behind it; titles too long for the table do not count in full. */
static int widest_title(const struct journey *journey)
{
    int widest = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        int width = utf8_width(journey->touchpoints[i].title) + 1;
        widest = width > widest ? width : widest;
    }
    return widest < TITLE_MOST / 2 ? widest : TITLE_MOST / 2;
}

struct gaps_table gaps_table_lay(const struct stage_set *set, int columns)
{
    struct gaps_table table = { .set = set, .columns = columns };
    int widest = widest_title(set->journey), room = columns - RANK_COLUMNS - MARK_COLUMNS;
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++)
        room -= columns >= columns_of[i].least ? columns_of[i].columns : 0;
    table.has_cause = room >= widest + CAUSE_COLUMNS;
    room -= table.has_cause ? CAUSE_COLUMNS : 0;
    table.title = room < TITLE_MOST ? room : TITLE_MOST;
    return table;
}

static enum ink gap_ink(const struct ranked_gap *row)
{
    if (isnan(row->gap.value) || row->gap.inside)
        return INK_DIM;
    return row->gap.value < 0 ? INK_BAD : INK_GOOD;
}

static enum ink ink_of(const struct column *column, const struct ranked_gap *row)
{
    if (column->text == gap_text || column->text == sure_text)
        return gap_ink(row);
    return column->ink;
}

static void put_right(struct scene *scene, int row, int end, int columns, struct style style,
                      const char *text)
{
    int width = scene_text_width(scene, text);
    width = width < columns ? width : columns;
    scene_text(scene, row, end - width, width, style, text);
}

/* Where a figure ends: those with margins stand below one another by what is before them. */
static int figure_end(const struct gaps_table *table, const struct column *column, int end,
                      const char *text)
{
    bool margins = column->text == measured_text || column->text == gap_text;
    if (!margins || table->set->figures == NULL || wording_whole(text) == 0)
        return end;
    return end - MARGIN_COLUMNS + utf8_width(text) - wording_whole(text);
}

/* `ranked` NULL: the titles. Returns where they end. */
static int draw_cells(struct scene *scene, int row, const struct gaps_table *table,
                      const struct ranked_gap *ranked)
{
    int at = RANK_COLUMNS + MARK_COLUMNS + table->title;
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++) {
        const struct column *column = &columns_of[i];
        if (table->columns < column->least)
            continue;
        const char *text =
            ranked == NULL ? _(column->title) : column->text(scene->arena, table->set, ranked);
        struct style style = style_ink(ranked == NULL ? INK_DIM : ink_of(column, ranked));
        if (column->words)
            scene_text(scene, row, at + 1, column->columns - 1, style, text);
        else
            put_right(scene, row, figure_end(table, column, at + column->columns, text),
                      column->columns - 1, style, text);
        at += column->columns;
    }
    return at;
}

void gaps_table_head(struct scene *scene, int row, const struct gaps_table *table)
{
    (void)draw_cells(scene, row, table, NULL);
}

/* Sure, may be chance, and a guess, told apart as the marks of the plot are. */
static void draw_mark(struct scene *scene, int row, enum standing standing)
{
    static const struct {
        enum glyph glyph;
        enum ink ink;
    } marks[STANDING_COUNT] = {
        [STANDING_SURE] = { GLYPH_MEASURED, INK_BAD },
        [STANDING_UNSURE] = { GLYPH_SMALL, INK_MEASURED },
        [STANDING_GUESSED] = { GLYPH_ESTIMATE, INK_CURVE },
    };
    if (standing < STANDING_KEPT)
        scene_glyph(scene, row, RANK_COLUMNS, style_ink(marks[standing].ink),
                    glyph(scene->medium, marks[standing].glyph));
}

void gaps_table_row(struct scene *scene, int row, const struct gaps_table *table,
                    const struct ranked_gap *ranked, int rank)
{
    const struct touchpoint *at = touchpoint_of(table->set, ranked);
    if (rank > 0)
        scene_printf(scene, row, 0, RANK_COLUMNS - 1, style_ink(INK_DIM),
                     rank < 100 ? " %2d." : " %d", rank);
    draw_mark(scene, row, ranked->standing);
    scene_text(scene, row, RANK_COLUMNS + MARK_COLUMNS, table->title - 1, style_ink(INK_TEXT),
               at->title);
    int end = draw_cells(scene, row, table, ranked);
    const char *cause = phrase_cause(scene->arena, &ranked->reading->split);
    if (table->has_cause && ranked->standing < STANDING_KEPT && cause != NULL)
        scene_text(scene, row, end + 2, table->columns - end - 2, style_ink(INK_DIM), cause);
}

/* ---- In words and numbers -------------------------------------------------------- */

const char *gaps_priority_text(struct arena *arena, const struct ranked_gap *row)
{
    if (row->standing >= STANDING_KEPT)
        return NULL;
    bool sure = row->standing == STANDING_SURE;
    const char *importance = locale_number(arena, row->importance, 1);
    const char *size = locale_number(arena, sure ? row->sure : row->shortfall, 1);
    const char *result = locale_number(arena, row->priority, 1);
    const char *reach = row->reach_measured ? locale_percent(arena, row->reach, 0)
                                            : _("all customers");
    if (sure)
        return arena_printf(arena, _("importance %s × %s × %s points short for sure = %s"),
                            importance, reach, size, result);
    if (row->measured)
        return arena_printf(
            arena, _("importance %s × %s × %s points short, none of it sure = %s"), importance,
            reach, size, result);
    return arena_printf(arena, _("importance %s × %s × %s points short by estimate = %s"),
                        importance, reach, size, result);
}
