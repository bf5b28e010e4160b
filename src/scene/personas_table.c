/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/personas.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/wording.h>

const char *verdict_title(enum verdict verdict)
{
    static const char *const titles[VERDICT_COUNT] = {
        [VERDICT_SURE] = N_("more than noise"),
        [VERDICT_NOISE] = N_("only looks so"),
        [VERDICT_UNTESTED] = N_("by estimate alone"),
    };
    return _(titles[verdict]);
}

/* ---- Rows ------------------------------------------------------------------------ */

typedef const char *cell_text(struct arena *arena, const struct contrast *contrast);

static const char *own_text(struct arena *arena, const struct contrast *contrast)
{
    return wording_score(arena, contrast->own);
}

static const char *others_text(struct arena *arena, const struct contrast *contrast)
{
    return wording_score(arena, contrast->others);
}

static const char *value_text(struct arena *arena, const struct contrast *contrast)
{
    const char *value = wording_gap(arena, contrast->value);
    const char *margin = wording_margin(arena, contrast->lo, contrast->hi);
    return *margin == '\0' ? value : arena_printf(arena, "%s %s", value, margin);
}

static const char *n_text(struct arena *arena, const struct contrast *contrast)
{
    return contrast->measured ? locale_count(arena, contrast->n) : "–";
}

static const char *p_text(struct arena *arena, const struct contrast *contrast)
{
    return wording_p(arena, contrast->adjusted);
}

static const char *gap_text(struct arena *arena, const struct contrast *contrast)
{
    return contrast->gap.inside ? _("met") : wording_gap(arena, contrast->gap.value);
}

static const char *verdict_text(struct arena *arena, const struct contrast *contrast, bool whole)
{
    const char *words[] = {
        verdict_title(contrast->verdict),
        !contrast->hidden ? NULL
        : whole           ? _("hidden by the average")
                          : C_("by the average", "hidden"),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

#define MARK_COLUMNS 3
#define NAME_MOST 32

static const struct column {
    const char *title; /* N_() */
    int columns;
    int least; /* columns of the table from which on it is shown */
    enum ink ink;
    cell_text *text;
} columns_of[] = {
    { N_("own"), 5, 0, INK_TEXT, own_text },
    { N_("others"), 8, 0, INK_DIM, others_text },
    { N_("difference"), 12, 0, INK_TEXT, value_text },
    { N_("n"), 7, 92, INK_DIM, n_text },
    { N_("p"), 8, 100, INK_DIM, p_text },
    { N_("gap"), 9, 110, INK_TEXT, gap_text },
};

#define VERDICT_COLUMNS 30 /* "by estimate alone · hidden" */
#define VERDICT_WHOLE 130  /* columns of the table that has room for the whole words */
#define VERDICT_LEAST 60

struct lay {
    int who, where, figures;
};

static struct lay lay_table(int columns)
{
    struct lay lay = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++)
        lay.figures += columns >= columns_of[i].least ? columns_of[i].columns : 0;
    int room = columns - MARK_COLUMNS - lay.figures;
    room -= columns >= VERDICT_LEAST ? VERDICT_COLUMNS : 0;
    lay.who = (room + 1) / 2 < NAME_MOST ? (room + 1) / 2 : NAME_MOST;
    lay.where = room - lay.who < NAME_MOST ? room - lay.who : NAME_MOST;
    return lay;
}

static void put_right(struct scene *scene, int row, int end, int columns, struct style style,
                      const char *text)
{
    int width = scene_text_width(scene, text);
    width = width < columns ? width : columns;
    scene_text(scene, row, end - width, width, style, text);
}

/* `contrast` NULL: the titles. Returns where they end. */
static int draw_figures(struct scene *scene, int row, int columns, int at,
                        const struct contrast *contrast)
{
    bool sure = contrast != NULL && contrast->verdict == VERDICT_SURE;
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++) {
        const struct column *column = &columns_of[i];
        if (columns < column->least)
            continue;
        const char *text =
            contrast == NULL ? _(column->title) : column->text(scene->arena, contrast);
        struct style style = style_ink(contrast == NULL ? INK_DIM : column->ink);
        if (sure && column->text == value_text)
            style = style_bold(contrast->value < 0 ? INK_BAD : INK_GOOD);
        at += column->columns;
        put_right(scene, row, at, column->columns - 1, style, text);
    }
    return at;
}

void contrasts_head(struct scene *scene, int row, int columns)
{
    struct lay lay = lay_table(columns);
    struct style dim = style_ink(INK_DIM);
    scene_text(scene, row, MARK_COLUMNS, lay.who - 1, dim, _("who"));
    scene_text(scene, row, MARK_COLUMNS + lay.who, lay.where - 1, dim, _("where"));
    (void)draw_figures(scene, row, columns, MARK_COLUMNS + lay.who + lay.where, NULL);
}

static void draw_mark(struct scene *scene, int row, enum verdict verdict)
{
    static const enum glyph marks[VERDICT_COUNT] = {
        [VERDICT_SURE] = GLYPH_MEASURED,
        [VERDICT_NOISE] = GLYPH_SMALL,
        [VERDICT_UNTESTED] = GLYPH_ESTIMATE,
    };
    static const enum ink inks[VERDICT_COUNT] = {
        [VERDICT_SURE] = INK_MEASURED,
        [VERDICT_NOISE] = INK_DIM,
        [VERDICT_UNTESTED] = INK_CURVE,
    };
    scene_glyph(scene, row, 1, style_ink(inks[verdict]), glyph(scene->medium, marks[verdict]));
}

void contrasts_row(struct scene *scene, int row, int columns, const struct stage_set *set,
                   const struct contrast *contrast)
{
    struct lay lay = lay_table(columns);
    const struct side *side = &set->sides->items[contrast->side];
    enum ink ink = contrast->verdict == VERDICT_NOISE ? INK_DIM : INK_TEXT;
    draw_mark(scene, row, contrast->verdict);
    scene_text(scene, row, MARK_COLUMNS, lay.who - 1, style_ink(ink),
               side_title(set->journey, side));
    scene_text(scene, row, MARK_COLUMNS + lay.who, lay.where - 1, style_ink(ink),
               set->journey->touchpoints[contrast->touchpoint].title);
    int end = draw_figures(scene, row, columns, MARK_COLUMNS + lay.who + lay.where, contrast);
    if (columns >= VERDICT_LEAST)
        scene_text(scene, row, end + 2, columns - end - 3,
                   style_ink(contrast->hidden ? INK_WARN : INK_DIM),
                   verdict_text(scene->arena, contrast, columns >= VERDICT_WHOLE));
}

int contrasts_selected(const struct stage_set *set)
{
    const struct contrasts *contrasts = set->contrasts;
    int chosen = set->options.contrast, selected = set->options.selected;
    if (chosen >= 0 && (size_t)chosen < contrasts->count &&
        contrasts->items[chosen].touchpoint == selected)
        return chosen;
    for (size_t i = 0; i < contrasts->count; i++)
        if (contrasts->items[i].touchpoint == selected)
            return (int)i;
    return NONE;
}

/* ---- In words -------------------------------------------------------------------- */

const char *contrasts_text(struct arena *arena, const struct stage_set *set)
{
    const struct contrasts *contrasts = set->contrasts;
    if (set->sides->count < 2)
        return _("There is only one side: nobody to compare it with.");
    if (contrasts->count == 0)
        return _("Nothing is known of anyone alone: nothing to compare.");
    const char *words[] = {
        contrasts->tested == 0
            ? _("nothing measured to test")
            : arena_printf(arena,
                           ngettext("%s of %s tested difference is more than noise",
                                    "%s of %s tested differences are more than noise",
                                    contrasts->tested),
                           locale_count(arena, contrasts->sure),
                           locale_count(arena, contrasts->tested)),
        contrasts->hidden == 0
            ? NULL
            : arena_printf(arena,
                           ngettext("%s is hidden by the average", "%s are hidden by the average",
                                    contrasts->hidden),
                           locale_count(arena, contrasts->hidden)),
        contrasts->unknown_to_store == 0 ? NULL : _("some figures do not say of whom they are"),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *test_text(struct arena *arena, const struct contrast *contrast)
{
    if (contrast->verdict == VERDICT_UNTESTED)
        return contrast->measured ? _("measured without an error: not tested")
                                  : _("by estimate alone: not tested");
    const char *p = p_text(arena, contrast);
    if (contrast->verdict == VERDICT_SURE)
        return arena_printf(arena, _("more than noise (p %s)"), p);
    return arena_printf(arena, _("only looks so (p %s)"), p);
}

static const char *hidden_text(struct arena *arena, const struct contrast *contrast)
{
    if (!contrast->hidden)
        return NULL;
    const char *size = locale_number(arena, -contrast->gap.value, 0);
    if (!(contrast->gap_of_all.value < 0))
        return arena_printf(arena, _("falls %s short where all together do not"), size);
    return arena_printf(arena, _("falls %s short, all together %s"), size,
                        locale_number(arena, -contrast->gap_of_all.value, 0));
}

enum { WORDS_WHO, WORDS_VALUE, WORDS_TEST, WORDS_HIDDEN, WORDS_COUNT };

static void words_of(struct arena *arena, const struct stage_set *set,
                     const struct contrast *contrast, const char *words[WORDS_COUNT])
{
    const struct side *side = &set->sides->items[contrast->side];
    words[WORDS_WHO] = arena_printf(
        arena, _("%s at %s: %s, the others %s"), side_title(set->journey, side),
        set->journey->touchpoints[contrast->touchpoint].title, own_text(arena, contrast),
        others_text(arena, contrast));
    words[WORDS_VALUE] = value_text(arena, contrast);
    words[WORDS_TEST] = test_text(arena, contrast);
    words[WORDS_HIDDEN] = hidden_text(arena, contrast);
}

const char *contrast_text(struct arena *arena, const struct stage_set *set,
                          const struct contrast *contrast)
{
    const char *words[WORDS_COUNT];
    words_of(arena, set, contrast, words);
    return wording_list(arena, words, WORDS_COUNT);
}

/* What the row above says in figures is the first to give way. */
const char *contrast_line(struct scene *scene, const struct stage_set *set,
                          const struct contrast *contrast, int columns)
{
    const struct side *side = &set->sides->items[contrast->side];
    const char *words[WORDS_COUNT];
    words_of(scene->arena, set, contrast, words);
    const char *text = wording_list(scene->arena, words, WORDS_COUNT);
    if (scene_text_width(scene, text) <= columns)
        return text;
    words[WORDS_WHO] = arena_printf(scene->arena, _("%s at %s"), side_title(set->journey, side),
                                    set->journey->touchpoints[contrast->touchpoint].title);
    for (int left_out = WORDS_VALUE; left_out <= WORDS_TEST; left_out++) {
        text = wording_list(scene->arena, words, WORDS_COUNT);
        if (scene_text_width(scene, text) <= columns)
            return text;
        words[left_out] = NULL;
    }
    return wording_list(scene->arena, words, WORDS_COUNT);
}
