/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/values.h>

#include <string.h>

#include <stellwerk/app/drag.h>
#include <stellwerk/app/settings.h>
#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/gaps.h>
#include <stellwerk/scene/opportunities.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/portfolio.h>
#include <stellwerk/scene/wording.h>

/* A list that grows to the sizes of what it lists. */
struct listing {
    struct arena *arena;
    struct values values;
    size_t capacity;
};

static void list(struct listing *listing, const char *word, const char *label)
{
    struct values *values = &listing->values;
    values->items = arena_grow(listing->arena, values->items, values->count, &listing->capacity,
                               sizeof(*values->items));
    values->items[values->count++] = (struct value){ .word = word, .label = label };
}

static void list_words(struct listing *listing, const char *const *words)
{
    for (; *words != NULL; words++)
        list(listing, *words, NULL);
}

static const char *const step_words[] = { "all", "next", "previous", NULL };
static const char *const period_words[] = { "all", "quarter", "month",    "week",
                                            "day", "next",    "previous", NULL };
static const char *const unit_words[] = { "auto",    "day",  "week",     "month",
                                          "quarter", "next", "previous", NULL };
static const char *const slice_words[] = { "first", "last", "next", "previous", NULL };
static const char *const switch_words[] = { "on", "off", "toggle", NULL };
static const char *const theme_words[] = { "dark", "light", "toggle", NULL };

typedef void value_lister(struct listing *listing, const struct journey *journey);

static void list_personas(struct listing *listing, const struct journey *journey)
{
    for (size_t i = 0; i < journey->persona_count; i++)
        list(listing, journey->personas[i].id, journey->personas[i].name);
    list_words(listing, step_words);
}

static void list_contexts(struct listing *listing, const struct journey *journey)
{
    for (size_t i = 0; i < journey->context_count; i++)
        list(listing, journey->contexts[i].id, journey->contexts[i].label);
    list_words(listing, step_words);
}

static void list_metrics(struct listing *listing, const struct journey *journey)
{
    for (size_t i = 0; i < journey->metric_count; i++)
        list(listing, journey->metrics[i].id, journey->metrics[i].label);
    list_words(listing, step_words);
}

static void list_channels(struct listing *listing, const struct journey *journey)
{
    for (size_t i = 0; i < journey->channel_count; i++)
        list(listing, journey->channels[i].id, journey->channels[i].label);
    list_words(listing, step_words);
}

static void list_units(struct listing *listing, const struct journey *)
{
    list_words(listing, unit_words);
}

static void list_slices(struct listing *listing, const struct journey *)
{
    list_words(listing, slice_words);
}

static void list_touchpoints(struct listing *listing, const struct journey *journey)
{
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        list(listing, journey->touchpoints[i].id, journey->touchpoints[i].title);
}

static void list_thing(struct listing *listing, const char *kind, const char *id,
                       const char *label)
{
    list(listing, arena_printf(listing->arena, "%s/%s", kind, id), label);
}

static void list_things(struct listing *listing, const struct journey *journey)
{
    list_touchpoints(listing, journey);
    for (size_t i = 0; i < journey->stage_count; i++)
        list_thing(listing, "stage", journey->stages[i].id, journey->stages[i].title);
    for (size_t i = 0; i < journey->persona_count; i++)
        list_thing(listing, "persona", journey->personas[i].id, journey->personas[i].name);
    for (size_t i = 0; i < journey->context_count; i++)
        list_thing(listing, "context", journey->contexts[i].id, journey->contexts[i].label);
    for (size_t i = 0; i < journey->channel_count; i++)
        list_thing(listing, "channel", journey->channels[i].id, journey->channels[i].label);
    for (size_t i = 0; i < journey->metric_count; i++)
        list_thing(listing, "metric", journey->metrics[i].id, journey->metrics[i].label);
    list(listing, "map", journey->title);
}

static void list_periods(struct listing *listing, const struct journey *)
{
    list_words(listing, period_words);
}

static void list_lanes(struct listing *listing, const struct journey *)
{
    for (int lane = 0; lane < LANE_COUNT; lane++)
        list(listing, lane_name(lane), lane_title(lane));
}

static void list_views(struct listing *listing, const struct journey *)
{
    for (size_t i = 0; i < view_count; i++)
        list(listing, views[i].name, _(views[i].title));
}

static void list_segments(struct listing *listing, const struct journey *)
{
    for (int i = SEGMENT_PERSONA; i < SEGMENT_BY_COUNT; i++)
        list(listing, segment_by_name((enum segment_by)i), segment_by_word((enum segment_by)i));
    list(listing, "next", NULL);
    list(listing, "previous", NULL);
}

static void list_switch(struct listing *listing, const struct journey *)
{
    list_words(listing, switch_words);
}

static void list_themes(struct listing *listing, const struct journey *)
{
    list_words(listing, theme_words);
}

static void list_settings(struct listing *listing, const struct journey *)
{
    for (int i = 0; i < SETTING_COUNT; i++)
        list(listing, settings[i].name, _(settings[i].help));
}

static void list_commands(struct listing *listing, const struct journey *)
{
    for (size_t i = 0; i < command_count; i++) {
        if (commands[i].group != GROUP_LINE)
            list(listing, commands[i].name, _(commands[i].help));
    }
}

static const char *const kind_words[] = { "touchpoint", "stage",  "persona", "context",
                                          "channel",    "metric", "route",   NULL };
static const char *const side_words[] = { "left", "right", NULL };

static void list_arrangements(struct listing *listing, const struct journey *)
{
    for (int i = 0; i < PORTFOLIO_SORTS; i++)
        list(listing, portfolio_sort_name((enum portfolio_sort)i),
             portfolio_sort_title((enum portfolio_sort)i));
    list(listing, "next", NULL);
    list(listing, "previous", NULL);
}

static const char *const what_if_words[] = { "remove", "left", "right", "none", "apply", NULL };

static void list_what_ifs(struct listing *listing, const struct journey *)
{
    list_words(listing, what_if_words);
}

static void list_kinds(struct listing *listing, const struct journey *)
{
    list_words(listing, kind_words);
}

static void list_sides(struct listing *listing, const struct journey *)
{
    list_words(listing, side_words);
}

static void list_handles(struct listing *listing, const struct journey *)
{
    for (int i = HANDLE_EXPERIENCE; i < HANDLE_COUNT; i++)
        list(listing, handle_word((enum handle)i), _(handle_name((enum handle)i)));
}

static void list_sorts(struct listing *listing, const struct journey *)
{
    for (int i = 0; i < SORT_COUNT; i++)
        list(listing, ranking_sort_name((enum ranking_sort)i),
             gaps_sort_title((enum ranking_sort)i));
    list(listing, "next", NULL);
    list(listing, "previous", NULL);
}

static void list_pictures(struct listing *listing, const struct journey *)
{
    for (int i = 0; i < GAPS_PICTURE_COUNT; i++)
        list(listing, gaps_picture_name((enum gaps_picture)i),
             gaps_picture_title((enum gaps_picture)i));
    list(listing, "next", NULL);
    list(listing, "previous", NULL);
}

static void list_boards(struct listing *listing, const struct journey *)
{
    static const char *const titles[BOARD_PICTURE_COUNT] = {
        [BOARD_STATUS] = N_("by how far it has come"),
        [BOARD_HURDLE] = N_("by what stands in the way"),
        [BOARD_PLANE] = N_("impact against effort"),
    };
    for (int i = 0; i < BOARD_PICTURE_COUNT; i++)
        list(listing, board_picture_name((enum board_picture)i), _(titles[i]));
    list(listing, "next", NULL);
    list(listing, "previous", NULL);
}

static void list_owners(struct listing *listing, const struct journey *journey)
{
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        const char *owner = journey->touchpoints[i].owner;
        bool known = owner == NULL;
        for (size_t j = 0; j < i && !known; j++) {
            const char *other = journey->touchpoints[j].owner;
            known = other != NULL && strcmp(owner, other) == 0;
        }
        if (!known)
            list(listing, arena_printf(listing->arena, "owner=%s", owner), owner);
    }
}

static void list_filters(struct listing *listing, const struct journey *journey)
{
    static const enum media medias[] = { MEDIA_OWNED, MEDIA_PAID, MEDIA_EARNED };
    static const char *const grades[] = { N_("measured"), N_("observed"), N_("inferred"),
                                          N_("assumed") };
    struct arena *arena = listing->arena;
    list(listing, "all", _("all touchpoints"));
    for (size_t i = 0; i < journey->stage_count; i++)
        list(listing, arena_printf(arena, "stage=%s", journey->stages[i].id),
             journey->stages[i].title);
    for (size_t i = 0; i < journey->channel_count; i++)
        list(listing, arena_printf(arena, "channel=%s", journey->channels[i].id),
             channel_title(&journey->channels[i]));
    list_owners(listing, journey);
    for (size_t i = 0; i < ARRAY_LEN(medias); i++)
        list(listing, arena_printf(arena, "media=%s", media_name(medias[i])),
             media_word(medias[i]));
    for (size_t i = 0; i < ARRAY_LEN(grades); i++)
        list(listing, arena_printf(arena, "evidence=%s", grades[i]), _(grades[i]));
}

static value_lister *const listers[ARGUMENT_COUNT] = {
    [ARGUMENT_PERSONA] = list_personas,
    [ARGUMENT_CONTEXT] = list_contexts,
    [ARGUMENT_PERIOD] = list_periods,
    [ARGUMENT_LANE] = list_lanes,
    [ARGUMENT_METRIC] = list_metrics,
    [ARGUMENT_CHANNEL] = list_channels,
    [ARGUMENT_UNIT] = list_units,
    [ARGUMENT_SLICE] = list_slices,
    [ARGUMENT_SORT] = list_sorts,
    [ARGUMENT_PICTURE] = list_pictures,
    [ARGUMENT_BOARD] = list_boards,
    [ARGUMENT_SEGMENT] = list_segments,
    [ARGUMENT_FILTER] = list_filters,
    [ARGUMENT_ARRANGE] = list_arrangements,
    [ARGUMENT_WHAT_IF] = list_what_ifs,
    [ARGUMENT_TOUCHPOINT] = list_touchpoints,
    [ARGUMENT_THING] = list_things,
    [ARGUMENT_VIEW] = list_views,
    [ARGUMENT_SWITCH] = list_switch,
    [ARGUMENT_THEME] = list_themes,
    [ARGUMENT_SETTING] = list_settings,
    [ARGUMENT_COMMAND] = list_commands,
    [ARGUMENT_KIND] = list_kinds,
    [ARGUMENT_SIDE] = list_sides,
    [ARGUMENT_HANDLE] = list_handles,
};

struct values values_list(struct arena *arena, const struct journey *journey,
                          enum argument argument, const char *before)
{
    struct listing listing = { .arena = arena };
    int setting = argument == ARGUMENT_VALUE && before != NULL ? setting_find(before) : -1;
    if (setting >= 0)
        list_words(&listing, settings[setting].values);
    else if (listers[argument] != NULL)
        listers[argument](&listing, journey);
    return listing.values;
}

/* The words in one line, or NULL where that would be a long one. */
static const char *joined(struct arena *arena, const struct values *values)
{
    static const size_t longest = 100;
    struct str line;
    str_init(&line);
    for (size_t i = 0; i < values->count && line.length <= longest; i++)
        str_printf(&line, "%s%s", i > 0 ? "|" : "", values->items[i].word);
    bool fits = line.length > 0 && line.length <= longest;
    const char *copy = fits ? arena_strdup(arena, line.text) : NULL;
    str_finish(&line);
    return copy;
}

bool values_refuse(const struct journey *journey, const struct call *call, size_t word,
                   struct error *err)
{
    const struct command *command = call->command;
    struct arena scratch = { 0 };
    struct values known = values_list(&scratch, journey, command->arguments[word],
                                      word > 0 ? call->words[word - 1] : NULL);
    struct near near;
    near_init(&near, call->words[word]);
    for (size_t i = 0; i < known.count; i++)
        near_offer(&near, known.items[i].word);
    /* Of periods the words are only some: dates are others. */
    bool all = command->arguments[word] != ARGUMENT_PERIOD;
    const char *wanted = all ? joined(&scratch, &known) : NULL;
    if (near.best != NULL)
        error_set(err, _("'%s' does not know '%s'; did you mean '%s'?"), command->name, near.wanted,
                  near.best);
    else
        error_set(err, _("'%s' does not know '%s'; it wants: %s"), command->name, near.wanted,
                  wanted != NULL ? wanted : _(command->usage));
    arena_finish(&scratch);
    return false;
}
