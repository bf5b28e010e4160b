/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Silos view: contents by touchpoint and persona, tones and rhythms. */

#include <stellwerk/scene/silos.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

/* ---- Marks ------------------------------------------------------------------------- */

static const struct {
    enum glyph glyph;
    enum ink ink;
} marks[] = {
    [CONTENT_NONE] = { GLYPH_UNKNOWN, INK_DIM },
    [CONTENT_LIVE] = { GLYPH_MEASURED, INK_GOOD },
    [CONTENT_PLANNED] = { GLYPH_SMALL, INK_WARN },
    [CONTENT_MISSING] = { GLYPH_MISSING, INK_BAD },
};

static const char *status_title(enum content_status status)
{
    return status == CONTENT_NONE ? _("status not said") : content_word(status);
}

static const char *legend(struct scene *scene, const struct content_plan *plan)
{
    const char *words[ARRAY_LEN(marks)];
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        size_t at = (i + 1) % ARRAY_LEN(marks); /* what nobody said comes last */
        words[i] =
            plan->counts[at] == 0
                ? NULL
                : arena_printf(scene->arena, "%s %s %s", glyph(scene->medium, marks[at].glyph),
                               status_title((enum content_status)at),
                               locale_count(scene->arena, plan->counts[at]));
    }
    return wording_list(scene->arena, words, ARRAY_LEN(words));
}

/* ---- The table --------------------------------------------------------------------- */

#define READER_LEAST 8
#define READER_MOST 18
#define TEXTS_LEAST 44 /* of touchpoint and content, below which tone and rhythm are left out */
#define VOICE_COLUMNS 16
#define PLACE_MOST 24
#define TITLE_MOST 56

struct table {
    struct page *page;
    const struct stage_set *set;
    int place, title, voice, readers; /* columns each takes; 0: none */
    int reader; /* of `readers` each one's; 0: they are too many, and named in words */
};

static const char *persona_title(const struct persona *persona)
{
    return persona->name != NULL ? persona->name : persona->id;
}

/* As wide as the longest name, as far as there is room. */
static int reader_columns(struct page *page, const struct journey *journey, int room)
{
    int longest = READER_LEAST - 2, personas = (int)journey->persona_count;
    for (int i = 0; i < personas; i++) {
        int width = scene_text_width(page->scene, persona_title(&journey->personas[i]));
        longest = width > longest ? width : longest;
    }
    int each = longest + 2 < READER_MOST ? longest + 2 : READER_MOST;
    if (personas == 0 || personas * READER_LEAST > room)
        return 0;
    return each * personas <= room ? each : room / personas;
}

static struct table lay_table(struct page *page, const struct stage_set *set)
{
    struct table table = { .page = page, .set = set };
    int columns = page->scene->columns, personas = (int)set->journey->persona_count;
    table.reader = reader_columns(page, set->journey, columns * 45 / 100);
    table.readers = table.reader > 0 ? table.reader * personas : columns / 4;
    table.readers = table.reader == 0 && table.readers > 24 ? 24 : table.readers;
    table.voice = columns - table.readers - 2 * VOICE_COLUMNS >= TEXTS_LEAST ? VOICE_COLUMNS : 0;
    int room = columns - table.readers - 2 * table.voice;
    table.place = room * 2 / 5 < PLACE_MOST ? room * 2 / 5 : PLACE_MOST;
    table.title = room - table.place < TITLE_MOST ? room - table.place : TITLE_MOST;
    return table;
}

static void put(const struct table *table, int row, int *column, int columns, struct style style,
                const char *text)
{
    if (columns > 0 && text != NULL)
        scene_text(table->page->scene, row, *column, columns - 1, style, text);
    *column += columns;
}

static void write_titles(const struct table *table)
{
    const struct journey *journey = table->set->journey;
    int row = page_rows(table->page, 1), column = 0;
    put(table, row, &column, table->place, style_ink(INK_DIM), _("touchpoint"));
    put(table, row, &column, table->title, style_ink(INK_DIM), _("content"));
    put(table, row, &column, table->voice, style_ink(INK_DIM), _("tone"));
    put(table, row, &column, table->voice, style_ink(INK_DIM), _("rhythm"));
    if (table->reader == 0)
        put(table, row, &column, table->readers, style_ink(INK_DIM), C_("content", "for"));
    for (size_t i = 0; i < journey->persona_count && table->reader > 0; i++)
        put(table, row, &column, table->reader,
            style_bold(table->set->lens.persona == (int)i ? INK_LENS : INK_STRONG),
            persona_title(&journey->personas[i]));
}

/* "all", "Anna", "Anna and 11 others" */
static const char *readers_text(struct arena *arena, const struct journey *journey,
                                const struct content *content)
{
    const struct indices *personas = &content->personas;
    if (personas->count == 0 || personas->count == journey->persona_count)
        return C_("content for", "all");
    const char *first = persona_title(&journey->personas[personas->items[0]]);
    if (personas->count == 1)
        return first;
    return arena_printf(arena, ngettext("%s and %s other", "%s and %s others", personas->count - 1),
                        first, locale_count(arena, personas->count - 1));
}

static void write_readers(const struct table *table, int row, int column,
                          const struct content *content)
{
    struct scene *scene = table->page->scene;
    const struct journey *journey = table->set->journey;
    struct style style = style_ink(marks[content->status].ink);
    const char *mark = glyph(scene->medium, marks[content->status].glyph);
    if (table->reader == 0) {
        scene_glyph(scene, row, column, style, mark);
        scene_text(scene, row, column + 2, table->readers - 2, style_ink(INK_TEXT),
                   readers_text(scene->arena, journey, content));
        return;
    }
    for (size_t i = 0; i < journey->persona_count; i++) {
        bool read = content_is_for(content, (int)i);
        scene_glyph(scene, row, column + (int)i * table->reader,
                    read ? style : style_ink(INK_FAINT),
                    read ? mark : glyph(scene->medium, GLYPH_GRID));
    }
}

static void write_item(const struct table *table, const struct content_item *item, bool first)
{
    const struct content *content = item->content;
    struct arena *arena = table->page->scene->arena;
    const char *words[] = { content->title, content->format };
    int row = page_rows(table->page, 1), column = 0;
    put(table, row, &column, table->place, style_bold(INK_TEXT),
        first ? table->set->journey->touchpoints[item->touchpoint].title : NULL);
    put(table, row, &column, table->title, style_ink(INK_TEXT),
        wording_list(arena, words, ARRAY_LEN(words)));
    put(table, row, &column, table->voice, style_ink(INK_DIM), content->tone);
    put(table, row, &column, table->voice, style_ink(INK_DIM), content->rhythm);
    write_readers(table, row, column, content);
}

static size_t count_for(const struct content_plan *plan, int persona, enum content_status status)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++)
        count += plan->items[i].content->status == status &&
                 content_is_for(plan->items[i].content, persona);
    return count;
}

/* How much of each status every persona has. */
static void write_totals(const struct table *table)
{
    static const enum content_status shown[] = { CONTENT_LIVE, CONTENT_PLANNED, CONTENT_MISSING };
    const struct content_plan *plan = table->set->contents;
    struct arena *arena = table->page->scene->arena;
    size_t personas = table->set->journey->persona_count;
    for (size_t k = 0; k < ARRAY_LEN(shown) && table->reader > 0 && personas > 1; k++) {
        if (plan->counts[shown[k]] == 0)
            continue;
        int row = page_rows(table->page, 1), column = table->place;
        put(table, row, &column, table->title, style_ink(INK_DIM), status_title(shown[k]));
        column += 2 * table->voice;
        for (size_t i = 0; i < personas; i++) {
            size_t count = count_for(plan, (int)i, shown[k]);
            put(table, row, &column, table->reader,
                style_ink(count > 0 ? marks[shown[k]].ink : INK_DIM), locale_count(arena, count));
        }
    }
}

void silos_write_contents(struct page *page, const struct stage_set *set)
{
    const struct content_plan *plan = set->contents;
    page_heading(page, _("Content by touchpoint and persona"));
    if (plan->count == 0) {
        page_text(page, 0, style_ink(INK_DIM),
                  _("The map has no content yet: `content:` of a touchpoint says what is sent, "
                    "shown or handed out there."));
        return;
    }
    const struct table table = lay_table(page, set);
    page_text(page, 0, style_ink(INK_DIM), legend(page->scene, plan));
    write_titles(&table);
    for (size_t i = 0; i < plan->count; i++)
        write_item(&table, &plan->items[i],
                   i == 0 || plan->items[i].touchpoint != plan->items[i - 1].touchpoint);
    write_totals(&table);
    if (plan->without.count > 0)
        page_text(page, 0, style_ink(INK_DIM),
                  arena_printf(page->scene->arena, _("Without content: %s."),
                               silos_places(page->scene->arena, set->journey, &plan->without)));
}

/* ---- Tones and rhythms ------------------------------------------------------------- */

static const char *clash_title(struct arena *arena, const struct journey *journey,
                               const struct clash *clash)
{
    /* TRANSLATORS: a stage and what its contents have. */
    const char *format = clash->kind == CLASH_TONE
                             ? ngettext("%s: %s tone", "%s: %s tones", clash->count)
                             : ngettext("%s: %s rhythm", "%s: %s rhythms", clash->count);
    return arena_printf(arena, format, journey->stages[clash->stage].title,
                        locale_count(arena, clash->count));
}

static const char *met_by(struct arena *arena, const struct journey *journey,
                          const struct clash *clash)
{
    const struct indices *personas = &clash->personas;
    if (personas->count == clash->of)
        return NULL; /* everybody */
    const char *first = persona_title(&journey->personas[personas->items[0]]);
    if (personas->count == 1)
        return arena_printf(arena, _("to %s"), first);
    return arena_printf(arena,
                        ngettext("to %s and %s other", "to %s and %s others", personas->count - 1),
                        first, locale_count(arena, personas->count - 1));
}

static void write_voice(struct page *page, const struct voice *voice)
{
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < voice->count; i++) {
        str_append(&text, i > 0 ? ", " : "");
        str_append(&text, voice->items[i].content->title);
    }
    page_text(page, 2, style_ink(INK_TEXT),
              arena_printf(page->scene->arena, "%s: %s",
                           wording_quoted(page->scene->arena, voice->word), text.text));
    str_finish(&text);
}

void silos_write_clashes(struct page *page, const struct stage_set *set)
{
    const struct content_plan *plan = set->contents;
    struct arena *arena = page->scene->arena;
    if (plan->clash_count == 0)
        return;
    page_heading(page, _("Tones and rhythms that may not fit together"));
    page_text(page, 0, style_ink(INK_DIM),
              _("One and the same reader meets them in one stage. Whether they fit, you decide."));
    for (size_t i = 0; i < plan->clash_count; i++) {
        const struct clash *clash = &plan->clashes[i];
        const char *words[] = { clash_title(arena, set->journey, clash),
                                met_by(arena, set->journey, clash) };
        page_text(page, 0, style_bold(INK_TEXT), wording_list(arena, words, ARRAY_LEN(words)));
        for (size_t k = 0; k < clash->count; k++)
            write_voice(page, &clash->voices[k]);
    }
}
