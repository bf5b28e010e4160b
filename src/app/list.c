/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/list.h>

#include <string.h>

#include <stellwerk/app/command.h>
#include <stellwerk/app/state.h>
#include "filter.h"
#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/time.h>
#include <stellwerk/base/utf8.h>

/* Choices that grow, and what they are made for. */
struct gathering {
    const struct session *session;
    struct arena *arena;
    bool ascii;
    struct choices choices;
    size_t capacity;
};

static void gather(struct gathering *gathering, struct choice choice)
{
    struct choices *choices = &gathering->choices;
    choices->items = arena_grow(gathering->arena, choices->items, choices->count,
                                &gathering->capacity, sizeof(*choices->items));
    choices->items[choices->count++] = choice;
}

static void gather_lanes(struct gathering *gathering)
{
    for (int lane = 0; lane < LANE_COUNT; lane++) {
        bool on = gathering->session->options.lanes & (1u << lane);
        const char *name = lane_name(lane);
        gather(gathering, (struct choice){
                              .left = on ? "[x]" : "[ ]",
                              .text = lane_title(lane),
                              .right = name,
                              .command = arena_printf(gathering->arena, "lane %s toggle", name),
                          });
    }
}

static void gather_metric(struct gathering *gathering, int metric, const char *word,
                          const char *label, const char *right)
{
    bool on = gathering->session->options.metric == metric;
    gather(gathering, (struct choice){
                          .left = on ? "(x)" : "( )",
                          .text = label,
                          .right = right,
                          .command = arena_printf(gathering->arena, "metric %s", word),
                      });
}

static void gather_metrics(struct gathering *gathering)
{
    const struct journey *journey = session_journey(gathering->session);
    gather_metric(gathering, NONE, "all", _("each touchpoint's first metric"), NULL);
    for (size_t i = 0; i < journey->metric_count; i++) {
        const struct metric *metric = &journey->metrics[i];
        gather_metric(gathering, (int)i, metric->id,
                      metric->label != NULL ? metric->label : metric->id,
                      metric_type_name(metric->type));
    }
}

/* A row to each term that a filter may have; those in force are marked. */
static void gather_filters(struct gathering *gathering)
{
    const struct session *session = gathering->session;
    struct arena *arena = gathering->arena;
    struct values terms = values_list(arena, session_journey(session), ARGUMENT_FILTER, NULL);
    for (size_t i = 0; i < terms.count; i++) {
        const char *term = terms.items[i].word, *label = terms.items[i].label;
        bool all = strcmp(term, "all") == 0;
        bool on = all ? session->filter[0] == '\0' : filter_has(session->filter, term);
        gather(gathering,
               (struct choice){
                   .left = on ? "[x]" : "[ ]",
                   .text = label != NULL ? label : term,
                   .right = term,
                   .command = arena_printf(arena, all ? "filter %s" : "narrow %s", term),
               });
    }
}

/* True when each word of the filter is somewhere in the texts. */
static bool matches(struct arena *arena, const char *filter, const char *line, const char *text)
{
    const char *folded = utf8_fold(arena, arena_printf(arena, "%s\n%s", line, text));
    char *words = arena_strdup(arena, utf8_fold(arena, filter));
    char *state = NULL;
    for (char *word = strtok_r(words, " ", &state); word != NULL;
         word = strtok_r(NULL, " ", &state)) {
        if (strstr(folded, word) == NULL)
            return false;
    }
    return true;
}

static void gather_command(struct gathering *gathering, const struct command *command)
{
    const struct session *session = gathering->session;
    const char *filter = session->prompt.text.text;
    const char *help = _(command->help);
    if (!matches(gathering->arena, filter, command->name, help))
        return;
    const char *key = keymap_key_of(&session->keymap, command->name);
    gather(gathering,
           (struct choice){
               .left = command->name,
               .text = help,
               .right = key != NULL ? key_label(gathering->arena, key, gathering->ascii) : NULL,
               .command = command->name,
               .needs_more = command->least > 0,
           });
}

/* The command with each value that its first word may have: "persona anna". */
static void gather_values(struct gathering *gathering, const struct command *command)
{
    const struct session *session = gathering->session;
    struct arena *arena = gathering->arena;
    struct values values =
        values_list(arena, session_journey(session), command->arguments[0], NULL);
    for (size_t i = 0; i < values.count; i++) {
        const char *line = arena_printf(arena, "%s %s", command->name, values.items[i].word);
        const char *text = values.items[i].label != NULL ? values.items[i].label : _(command->help);
        if (!matches(arena, session->prompt.text.text, line, text))
            continue;
        const char *key = keymap_key_of(&session->keymap, line);
        gather(gathering,
               (struct choice){
                   .left = line,
                   .text = text,
                   .right = key != NULL ? key_label(gathering->arena, key, gathering->ascii) : NULL,
                   .command = line,
                   .needs_more = command->least > 1,
               });
    }
}

/* Values of these kinds are in the palette of their own, once something is typed to find them by.
 * */
static bool has_values(const struct command *command)
{
    switch (command->arguments[0]) {
    case ARGUMENT_PERSONA:
    case ARGUMENT_CONTEXT:
    case ARGUMENT_PERIOD:
    case ARGUMENT_LANE:
    case ARGUMENT_METRIC:
    case ARGUMENT_CHANNEL:
    case ARGUMENT_UNIT:
    case ARGUMENT_TOUCHPOINT:
    case ARGUMENT_VIEW:
    case ARGUMENT_THEME:
    case ARGUMENT_SORT:
    case ARGUMENT_PICTURE:
    case ARGUMENT_BOARD:
    case ARGUMENT_FILTER:
        return true;
    default:
        return false;
    }
}

static void gather_palette(struct gathering *gathering)
{
    for (size_t i = 0; i < command_count; i++) {
        if (commands[i].group != GROUP_LINE)
            gather_command(gathering, &commands[i]);
    }
    if (gathering->session->prompt.text.length == 0)
        return;
    for (size_t i = 0; i < command_count; i++) {
        if (has_values(&commands[i]))
            gather_values(gathering, &commands[i]);
    }
}

static void gather_line(struct gathering *gathering, const char *text, const char *command)
{
    gather(gathering, (struct choice){ .text = text, .command = command });
}

/* Below the choices: what they are about. */
static void gather_operation(struct gathering *gathering, const char *mark,
                             const struct operation *operation)
{
    const char *line = operation_line(gathering->arena, operation);
    gather_line(gathering, arena_printf(gathering->arena, "  %s %s", mark, line), NULL);
}

static void gather_leave(struct gathering *gathering)
{
    const struct document *document = &gathering->session->document;
    gather_line(gathering, _("save and leave"), "write-quit");
    gather_line(gathering, _("leave and throw the edits away"), "quit!");
    gather_line(gathering, _("stay"), NULL);
    for (size_t i = 0; i < document->unsaved_count; i++) {
        const struct unsaved *unsaved = &document->unsaved[i];
        if (unsaved->step->count > 0)
            gather_operation(gathering, unsaved->taken_back ? "-" : "+",
                             &unsaved->step->operations[0]);
    }
    for (size_t i = 0; i < document->conflict_count; i++)
        gather_operation(gathering, "!", &document->conflicts[i].operation);
}

static const char *left_line(struct arena *arena, const struct left_behind *left, int64_t now)
{
    long minutes = (long)((now - left->written) / 60000000);
    if (minutes < 120)
        return arena_printf(arena, ngettext("take them up: they are %ld minute old",
                                            "take them up: they are %ld minutes old",
                                            (unsigned long)minutes),
                            minutes);
    const char *day = locale_day(arena, time_day(left->written));
    return arena_printf(arena, _("take them up: they are of %s"), day);
}

/* What was done and taken back again is not told. */
static void gather_steps(struct gathering *gathering, const struct left_behind *left)
{
    size_t *begins = arena_array(gathering->arena, left->count, sizeof(*begins)), steps = 0;
    for (size_t i = 0; i < left->count; i++) {
        const struct record *record = &left->records[i];
        switch (record->kind) {
        case RECORD_DO:
            begins[steps++] = gathering->choices.count;
            gather_operation(gathering, "+", &record->operation);
            break;
        case RECORD_AND:
            gather_operation(gathering, "+", &record->operation);
            break;
        case RECORD_PATCH:
            begins[steps++] = gathering->choices.count;
            gather_line(gathering, _("  - one that was saved before is taken back"), NULL);
            break;
        case RECORD_UNDO:
            if (steps > 0)
                gathering->choices.count = begins[--steps];
            break;
        case RECORD_HELD:
            break;
        }
    }
}

static void gather_left(struct gathering *gathering)
{
    const struct left_behind *left = &gathering->session->left;
    const char *line = left_line(gathering->arena, left, gathering->session->now);
    gather_line(gathering, line, "restore");
    gather_line(gathering, _("throw them away"), "discard");
    gather_line(gathering, _("decide later"), NULL);
    gather_steps(gathering, left);
    for (size_t i = 0; i < left->count; i++) {
        if (left->records[i].kind == RECORD_HELD)
            gather_operation(gathering, "!", &left->records[i].operation);
    }
}

/* ---- Activities and the touchpoints that they may be given ----------------------- */

static void gather_unassigned(struct gathering *gathering)
{
    const struct lookup *lookup = gathering->session->unassigned;
    struct arena *arena = gathering->arena;
    if (lookup == NULL || lookup->problem.text[0] != '\0') {
        gather_line(gathering, lookup == NULL ? _("looking…") : lookup->problem.text, NULL);
        return;
    }
    const struct unassigned_list *list = &lookup->unassigned;
    for (size_t i = 0; i < list->count; i++) {
        const struct unassigned *item = &list->items[i];
        const char *named = item->touchpoint != NULL ? item->touchpoint : "";
        if (!matches(arena, gathering->session->prompt.text.text, item->activity, named))
            continue;
        gather(gathering,
               (struct choice){
                   .left = arena_printf(arena, "%9s", locale_count(arena, item->rows)),
                   .text = item->activity,
                   .right = item->touchpoint != NULL
                                ? arena_printf(arena, _("not on the map: %s"), item->touchpoint)
                                : locale_day(arena, time_day(item->newest)),
                   .command = arena_printf(arena, "unassigned %s", item->activity),
               });
    }
    if (list->count == 0)
        gather_line(gathering, _("every event has its touchpoint"), NULL);
}

static void gather_assign(struct gathering *gathering)
{
    const struct session *session = gathering->session;
    const struct journey *journey = session_journey(session);
    struct arena *arena = gathering->arena;
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        const struct touchpoint *touchpoint = &journey->touchpoints[i];
        if (!matches(arena, session->prompt.text.text, touchpoint->id, touchpoint->title))
            continue;
        gather(gathering, (struct choice){
                              .left = touchpoint->id,
                              .text = touchpoint->title,
                              .right = journey->stages[touchpoint->stage].title,
                              .command = arena_printf(arena, "assign %s %s", touchpoint->id,
                                                      session->activity),
                          });
    }
}

static const struct kind {
    const char *title;
    void (*gather)(struct gathering *gathering);
} kinds[] = {
    [LIST_LANES] = { .title = N_("Lanes"), .gather = gather_lanes },
    [LIST_METRICS] = { .title = N_("Metrics"), .gather = gather_metrics },
    [LIST_FILTERS] = { .title = N_("Filter"), .gather = gather_filters },
    [LIST_LEAVE] = { .title = N_("There are unsaved edits"), .gather = gather_leave },
    [LIST_LEFT] = { .title = N_("Edits that were never saved"), .gather = gather_left },
    [LIST_UNASSIGNED] = { .title = N_("Events on no touchpoint"), .gather = gather_unassigned },
    [LIST_ASSIGN] = { .title = N_("The touchpoint of these events"), .gather = gather_assign },
    [LIST_PALETTE] = { .title = N_("Commands"), .gather = gather_palette },
};

struct choices list_choices(const struct session *session, struct arena *arena, bool ascii)
{
    struct gathering gathering = { .session = session, .arena = arena, .ascii = ascii };
    kinds[session->list.kind].gather(&gathering);
    return gathering.choices;
}

const char *list_title(enum list_kind kind)
{
    return kinds[kind].title;
}
