/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/answers.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/wording.h>

#define TEXT_INDENT 4
#define QUERY_INDENT 2

static const char *instant_text(struct arena *arena, int64_t instant)
{
    int32_t day = time_day(instant);
    int64_t minutes = (instant - (int64_t)day * TIME_US_PER_DAY) / INT64_C(60000000);
    return arena_printf(arena, "%s %02d:%02d", locale_day(arena, day), (int)(minutes / 60),
                        (int)(minutes % 60));
}

static const char *when_text(struct arena *arena, const struct series_row *row)
{
    if (row->from == TIME_NONE)
        return "–";
    int32_t first = time_day(row->from), last = time_day(row->to);
    if (first != last) {
        struct period period = { .kind = PERIOD_CUSTOM, .first = first, .last = last };
        return locale_period(arena, period);
    }
    if (row->from - (int64_t)first * TIME_US_PER_DAY < INT64_C(60000000))
        return locale_day(arena, first); /* most likely a day alone was imported */
    return instant_text(arena, row->from);
}

static const char *number_text(struct arena *arena, double value)
{
    return locale_number(arena, value, wording_decimals(value));
}

static const char *hit_text(enum series_hit hit)
{
    switch (hit) {
    case HIT_YES:
        /* TRANSLATORS: of a row that a share counts. */
        return _("yes");
    case HIT_NO:
        return _("no");
    case HIT_UNASKED:
        break;
    }
    return NULL;
}

/* An answer's value with the ends of its scale; other values in their unit. */
static const char *value_text(struct arena *arena, const struct metric *metric,
                              const struct series_row *row)
{
    if (row->hit != HIT_UNASKED)
        return hit_text(row->hit);
    if (isnan(row->value))
        return NULL;
    const char *value = number_text(arena, row->value);
    if (!isnan(row->scale_min) && !isnan(row->scale_max))
        /* TRANSLATORS: an answer and the ends of its scale: "2 (1 to 5)". */
        return arena_printf(arena, _("%s (%s to %s)"), value, number_text(arena, row->scale_min),
                            number_text(arena, row->scale_max));
    bool bare = metric->unit == NULL || metric->type == METRIC_COUNT;
    return bare ? value : arena_printf(arena, "%s %s", value, metric->unit);
}

static const char *persona_text(const struct journey *journey, const char *id)
{
    int found = id == NULL ? NONE : journey_find_persona(journey, id);
    return found == NONE || journey->personas[found].name == NULL ? id
                                                                  : journey->personas[found].name;
}

static const char *context_text(const struct journey *journey, const char *id)
{
    int found = id == NULL ? NONE : journey_find_context(journey, id);
    return found == NONE || journey->contexts[found].label == NULL ? id
                                                                   : journey->contexts[found].label;
}

static const char *channel_text(const struct journey *journey, const char *id)
{
    int found = id == NULL ? NONE : journey_find_channel(journey, id);
    return found == NONE ? id : channel_title(&journey->channels[found]);
}

static const char *facts_text(struct arena *arena, const struct journey *journey,
                              const struct series_row *row)
{
    const char *words[] = {
        row->whole > 0 ? arena_printf(arena, _("%s of %s"), number_text(arena, row->part),
                                      number_text(arena, row->whole))
                       : NULL,
        row->sd > 0 ? arena_printf(arena, _("sd %s"), number_text(arena, row->sd)) : NULL,
        row->n > 1 ? arena_printf(arena, _("n %s"), locale_count(arena, row->n)) : NULL,
        row->activity,
        row->outcome,
        row->aspect,
        persona_text(journey, row->persona),
        context_text(journey, row->context),
        channel_text(journey, row->channel),
        row->who,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void write_row(struct page *page, const struct stage_set *set, const struct metric *metric,
                      const struct series_row *row)
{
    struct scene *scene = page->scene;
    int at = page_rows(page, 1), end = scene->columns;
    int x = 2 + scene_text(scene, at, 0, end, style_ink(INK_DIM), when_text(scene->arena, row));
    const char *value = value_text(scene->arena, metric, row);
    if (value != NULL)
        x += 2 + scene_text(scene, at, x, end - x, style_bold(INK_MEASURED), value);
    scene_text(scene, at, x, end - x, style_ink(INK_DIM),
               facts_text(scene->arena, set->journey, row));
    if (row->text != NULL && *row->text != '\0')
        page_text(page, TEXT_INDENT, style_ink(INK_TEXT), wording_quoted(scene->arena, row->text));
}

const char *answers_count(struct arena *arena, const struct series_page *page)
{
    if (page->total == 0)
        return NULL;
    const char *total = locale_count(arena, page->total);
    if (page->first == 0 && page->count == page->total)
        return arena_printf(arena, ngettext("%s row", "%s rows", page->total), total);
    /* TRANSLATORS: rows, newest first: "201 to 400 of 1,234". */
    return arena_printf(arena, _("%s to %s of %s"), locale_count(arena, page->first + 1),
                        locale_count(arena, page->first + page->count), total);
}

/* ---- A query of the map ---------------------------------------------------------------- */

/* Line by line, as its author laid it out. */
static void write_text(struct page *page, const char *text)
{
    struct arena *arena = page->scene->arena;
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        size_t indent = strspn(line, " \t");
        if (indent < length)
            page_text(page, QUERY_INDENT + (int)indent, style_ink(INK_TEXT),
                      arena_strndup(arena, line + indent, length - indent));
        line += length + (line[length] == '\n');
    }
}

static const char *place_text(struct arena *arena, const struct stage_set *set,
                              const struct series_place *place)
{
    const char *title = place->touchpoint >= 0 ? set->journey->touchpoints[place->touchpoint].title
                        : place->touchpoint == -2 ? _("every touchpoint that has the metric")
                                                  : _("no touchpoint that has the metric");
    const char *rows = arena_printf(arena, ngettext("%s row", "%s rows", place->rows),
                                    locale_count(arena, place->rows));
    return arena_printf(arena, _("%s: %s, n %s"), title, rows, number_text(arena, place->n));
}

static void write_places(struct page *page, const struct stage_set *set,
                         const struct series_query *query)
{
    struct arena *arena = page->scene->arena;
    page_heading(page, _("What it gave"));
    if (query->place_count == 0)
        page_text(page, 0, style_ink(INK_DIM), _("no row"));
    for (size_t i = 0; i < query->place_count; i++)
        page_text(page, 0, style_ink(INK_MEASURED), place_text(arena, set, &query->places[i]));
}

static void write_query(struct page *page, const struct stage_set *set,
                        const struct series_query *query, const char *problem)
{
    struct arena *arena = page->scene->arena;
    page_text(page, 0, style_ink(INK_DIM),
              arena_printf(arena,
                           _("A query of the map gives this figure. It does not say which rows of "
                             "the store it read; asked again for this list, it ran at %s UTC:"),
                           instant_text(arena, query->ran)));
    write_text(page, query->text);
    if (*problem != '\0') {
        page_text(page, 0, style_ink(INK_WARN), problem);
        return;
    }
    write_places(page, set, query);
}

static void write_rows(struct page *page, const struct stage_set *set, int metric,
                       const struct series_page *rows)
{
    if (rows->query != NULL && rows->count > 0)
        page_heading(page, rows->query->timeless ? _("Its rows here")
                                                 : _("Its rows here, the newest first"));
    for (size_t i = 0; i < rows->count; i++)
        write_row(page, set, &set->journey->metrics[metric], &rows->rows[i]);
}

struct scene *answers_draw(struct arena *arena, const struct stage_set *set, int metric,
                           const struct series_page *page, const char *problem, int columns,
                           struct medium medium)
{
    struct page out = page_begin(arena, columns, medium);
    if (page->query != NULL)
        write_query(&out, set, page->query, problem);
    else if (*problem != '\0')
        page_text(&out, 0, style_ink(INK_DIM), problem);
    else if (page->count == 0)
        page_text(&out, 0, style_ink(INK_DIM), _("no data"));
    write_rows(&out, set, metric, page);
    return page_end(&out);
}
