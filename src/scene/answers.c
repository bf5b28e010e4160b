/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/answers.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/wording.h>

#define TEXT_INDENT 4

static const char *when_text(struct arena *arena, const struct series_row *row)
{
    int32_t first = time_day(row->from), last = time_day(row->to);
    if (first != last) {
        struct period period = { .kind = PERIOD_CUSTOM, .first = first, .last = last };
        return locale_period(arena, period);
    }
    int64_t minutes = (row->from - (int64_t)first * TIME_US_PER_DAY) / INT64_C(60000000);
    if (minutes == 0)
        return locale_day(arena, first); /* most likely a day alone was imported */
    return arena_printf(arena, "%s %02d:%02d", locale_day(arena, first), (int)(minutes / 60),
                        (int)(minutes % 60));
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
    const char *value = locale_number(arena, row->value, wording_decimals(row->value));
    if (!isnan(row->scale_min) && !isnan(row->scale_max))
        /* TRANSLATORS: an answer and the ends of its scale: "2 (1 to 5)". */
        return arena_printf(arena, _("%s (%s to %s)"), value,
                            locale_number(arena, row->scale_min, wording_decimals(row->scale_min)),
                            locale_number(arena, row->scale_max, wording_decimals(row->scale_max)));
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
        page_text(page, TEXT_INDENT, style_ink(INK_TEXT),
                  wording_quoted(scene->arena, row->text));
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

struct scene *answers_draw(struct arena *arena, const struct stage_set *set, int metric,
                           const struct series_page *page, int columns, struct medium medium)
{
    struct page out = page_begin(arena, columns, medium);
    for (size_t i = 0; i < page->count; i++)
        write_row(&out, set, &set->journey->metrics[metric], &page->rows[i]);
    if (page->count == 0)
        page_text(&out, 0, style_ink(INK_DIM), _("no data"));
    return page_end(&out);
}
