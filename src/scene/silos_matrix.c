/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Silos view: owners by systems and metrics. Who has what nobody else has stands in a block of
 * his own; a row with several marks is a bridge. */

#include <stellwerk/scene/silos.h>

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/text.h>
#include <stellwerk/scene/wording.h>

#define OWNER_LEAST 4 /* columns of a name */
#define OWNER_MOST 16
#define GAP_MOST 5 /* between two of them */
#define LABEL_LEAST 14
#define LABEL_MOST 34
#define TITLE_ROWS 3

/* As many owners as fit beside each other; more follow in tables below. */
struct matrix {
    struct page *page;
    const struct stage_set *set;
    int label;
    size_t first, end; /* owners of this table */
    int *columns;      /* where each owner's begins */
    int *widths;       /* of each name, at most */
};

/* ---- Where owners stand ------------------------------------------------------------ */

/* Columns of the longest word. */
static int word_width(struct scene *scene, const char *name)
{
    int longest = OWNER_LEAST;
    while (*name != '\0') {
        size_t bytes = strcspn(name, " ");
        const char *word = arena_strndup(scene->arena, name, bytes);
        int width = scene_text_width(scene, word);
        longest = width > longest ? width : longest;
        name += bytes;
        name += strspn(name, " ");
    }
    return longest < OWNER_MOST ? longest : OWNER_MOST;
}

static bool has_figures(const struct stage_set *set, int metric)
{
    const struct figures *figures = set->figures;
    for (size_t i = 0; figures != NULL && i < figures->measure_count; i++)
        if (figures->measures[i].metric == metric && figures->measures[i].n > 0)
            return true;
    return figures == NULL;
}

static const char *thing_title(struct arena *arena, const struct stage_set *set,
                               const struct silo_thing *thing)
{
    if (thing->system != NULL)
        return thing->system;
    const char *title = metric_title(&set->journey->metrics[thing->metric]);
    return has_figures(set, thing->metric) ? title
                                           : arena_printf(arena, _("%s (no figures)"), title);
}

static int label_columns(struct page *page, const struct stage_set *set)
{
    const struct silos *silos = set->silos;
    int longest = LABEL_LEAST, most = page->scene->columns * 28 / 100;
    for (size_t i = 0; i < silos->thing_count; i++) {
        int width =
            scene_text_width(page->scene, thing_title(page->scene->arena, set, &silos->things[i]));
        longest = width + 3 > longest ? width + 3 : longest;
    }
    for (size_t i = 0; i < set->journey->touchpoint_count; i++) {
        int width = scene_text_width(page->scene, set->journey->touchpoints[i].title);
        longest = width + 3 > longest ? width + 3 : longest;
    }
    most = most < LABEL_LEAST ? LABEL_LEAST : most > LABEL_MOST ? LABEL_MOST : most;
    return longest < most ? longest : most;
}

static struct matrix matrix_begin(struct page *page, const struct stage_set *set)
{
    struct arena *arena = page->scene->arena;
    size_t count = set->silos->owner_count;
    struct matrix matrix = {
        .page = page,
        .set = set,
        .label = label_columns(page, set),
        .columns = arena_array(arena, count, sizeof(int)),
        .widths = arena_array(arena, count, sizeof(int)),
    };
    int room = page->scene->columns;
    for (size_t i = 0; i < count; i++) {
        matrix.widths[i] = word_width(page->scene, set->silos->owners[i].name);
        room -= matrix.widths[i] + 1;
    }
    if (room >= LABEL_LEAST && room < matrix.label)
        matrix.label = room; /* shorter titles, and all owners in one table */
    return matrix;
}

/* The owners of the next table, and what room is left, between them. */
static bool matrix_next(struct matrix *matrix)
{
    const struct silos *silos = matrix->set->silos;
    int room = matrix->page->scene->columns - matrix->label, used = 0, at = matrix->label;
    matrix->first = matrix->end;
    while (matrix->end < silos->owner_count &&
           (matrix->end == matrix->first || used + matrix->widths[matrix->end] + 1 <= room))
        used += matrix->widths[matrix->end++] + 1;
    int count = (int)(matrix->end - matrix->first);
    int gap = count > 0 && room > used ? 1 + (room - used) / count : 1;
    gap = gap < GAP_MOST ? gap : GAP_MOST;
    for (size_t i = matrix->first; i < matrix->end; i++) {
        matrix->columns[i] = at;
        at += matrix->widths[i] + gap;
    }
    return count > 0;
}

/* ---- Titles ------------------------------------------------------------------------ */

static const char **title_lines(const struct matrix *matrix, size_t owner, int *count)
{
    struct scene *scene = matrix->page->scene;
    size_t lines;
    const char **out =
        medium_wrap(scene->arena, scene->medium, matrix->set->silos->owners[owner].name,
                    matrix->widths[owner], TITLE_ROWS, &lines);
    if (lines > TITLE_ROWS)
        out[TITLE_ROWS - 1] =
            arena_printf(scene->arena, "%s%s", out[TITLE_ROWS - 1], out[TITLE_ROWS]);
    *count = lines < TITLE_ROWS ? (int)lines : TITLE_ROWS;
    return out;
}

static void write_titles(const struct matrix *matrix)
{
    struct scene *scene = matrix->page->scene;
    int tall = 1, count;
    for (size_t i = matrix->first; i < matrix->end; i++) {
        (void)title_lines(matrix, i, &count);
        tall = count > tall ? count : tall;
    }
    int row = page_rows(matrix->page, tall);
    for (size_t i = matrix->first; i < matrix->end; i++) {
        const char **lines = title_lines(matrix, i, &count);
        for (int k = 0; k < count; k++)
            scene_text(scene, row + tall - count + k, matrix->columns[i], matrix->widths[i],
                       style_bold(INK_STRONG), lines[k]);
    }
}

static void write_counts(const struct matrix *matrix)
{
    struct scene *scene = matrix->page->scene;
    int row = page_rows(matrix->page, 1);
    scene_text(scene, row, 0, matrix->label - 1, style_ink(INK_STAGE), _("Touchpoints"));
    for (size_t i = matrix->first; i < matrix->end; i++)
        scene_text(scene, row, matrix->columns[i], matrix->widths[i], style_ink(INK_TEXT),
                   locale_count(scene->arena, matrix->set->silos->owners[i].touchpoints.count));
}

/* ---- Rows -------------------------------------------------------------------------- */

enum mark { MARK_NONE, MARK_HAS, MARK_MEASURES, MARK_LACKS };

static const struct {
    enum glyph glyph;
    enum ink ink;
} marks[] = {
    [MARK_NONE] = { GLYPH_GRID, INK_FAINT },
    [MARK_HAS] = { GLYPH_MEASURED, INK_MEASURED },
    [MARK_MEASURES] = { GLYPH_ESTIMATE, INK_MEASURED },
    [MARK_LACKS] = { GLYPH_SMALL, INK_BAD },
};

static void draw_mark(const struct matrix *matrix, int row, size_t owner, enum mark mark)
{
    struct scene *scene = matrix->page->scene;
    scene_glyph(scene, row, matrix->columns[owner], style_ink(marks[mark].ink),
                glyph(scene->medium, marks[mark].glyph));
}

static bool is_whole(const struct matrix *matrix)
{
    return matrix->end - matrix->first == matrix->set->silos->owner_count;
}

/* ---- Touchpoints ------------------------------------------------------------------- */

#define TOUCHPOINTS_MOST 60 /* more are counted alone */

static enum mark touchpoint_mark(const struct silos *silos, size_t touchpoint, size_t owner)
{
    if (silos->owner_of[touchpoint] == (int)owner)
        return MARK_HAS;
    return silo_measures(silos, touchpoint, owner) ? MARK_MEASURES : MARK_NONE;
}

static void write_touchpoint(const struct matrix *matrix, size_t touchpoint)
{
    const struct silos *silos = matrix->set->silos;
    struct scene *scene = matrix->page->scene;
    bool owned = silos->owner_of[touchpoint] != NONE, used = is_whole(matrix);
    for (size_t i = matrix->first; i < matrix->end; i++)
        used |= touchpoint_mark(silos, touchpoint, i) != MARK_NONE;
    if (!used)
        return;
    int row = page_rows(matrix->page, 1);
    scene_text(scene, row, 1, matrix->label - 2, style_ink(owned ? INK_DIM : INK_WARN),
               matrix->set->journey->touchpoints[touchpoint].title);
    for (size_t i = matrix->first; i < matrix->end; i++)
        draw_mark(matrix, row, i, touchpoint_mark(silos, touchpoint, i));
}

static void write_touchpoints(const struct matrix *matrix)
{
    size_t count = matrix->set->journey->touchpoint_count;
    write_counts(matrix);
    for (size_t i = 0; i < count && count <= TOUCHPOINTS_MOST; i++)
        write_touchpoint(matrix, i);
}

/* ---- Systems and metrics ----------------------------------------------------------- */

static enum mark thing_mark(const struct silo_thing *thing, size_t owner)
{
    static const enum mark held[] = {
        [HOLDING_NONE] = MARK_NONE, [HOLDING_HAS] = MARK_HAS, [HOLDING_LACKS] = MARK_LACKS
    };
    return held[thing->held[owner]];
}

/* Where all owners are in one table everything is, in several only what is of use there. */
static bool is_of_use(const struct matrix *matrix, const struct silo_thing *thing)
{
    bool held = is_whole(matrix);
    for (size_t i = matrix->first; i < matrix->end && !held; i++)
        held = thing->held[i] != HOLDING_NONE;
    return held;
}

static void write_thing(const struct matrix *matrix, const struct silo_thing *thing)
{
    struct scene *scene = matrix->page->scene;
    int row = page_rows(matrix->page, 1);
    scene_text(scene, row, 1, matrix->label - 2, style_ink(thing->holders > 1 ? INK_TEXT : INK_DIM),
               thing_title(scene->arena, matrix->set, thing));
    for (size_t i = matrix->first; i < matrix->end; i++)
        draw_mark(matrix, row, i, thing_mark(thing, i));
}

static void write_things(const struct matrix *matrix, const char *title, size_t from, size_t to)
{
    const struct silos *silos = matrix->set->silos;
    bool begun = false;
    for (size_t i = from; i < to; i++) {
        if (!is_of_use(matrix, &silos->things[i]))
            continue;
        if (!begun)
            page_text(matrix->page, 0, style_ink(INK_STAGE), title);
        begun = true;
        write_thing(matrix, &silos->things[i]);
    }
}

static void write_legend(struct page *page)
{
    struct arena *arena = page->scene->arena;
    struct medium medium = page->scene->medium;
    page_text(page, 0, style_ink(INK_DIM),
              arena_printf(arena,
                           _("%s owns it, has it · %s measures there · %s lacks it, though it "
                             "tells of their own touchpoint or of the one before"),
                           glyph(medium, GLYPH_MEASURED), glyph(medium, GLYPH_ESTIMATE),
                           glyph(medium, GLYPH_SMALL)));
}

void silos_write_matrix(struct page *page, const struct stage_set *set)
{
    const struct silos *silos = set->silos;
    if (silos->owner_count < 2)
        return; /* nobody to tell apart */
    struct matrix matrix = matrix_begin(page, set);
    page_heading(page, _("Who has what"));
    write_legend(page);
    while (matrix_next(&matrix)) {
        if (matrix.first > 0)
            (void)page_rows(page, 1);
        write_titles(&matrix);
        write_touchpoints(&matrix);
        write_things(&matrix, _("Systems"), 0, silos->system_count);
        write_things(&matrix, _("Metrics"), silos->system_count, silos->thing_count);
    }
}
