/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "witness.h"

#include <libfyaml.h>
#include <regex.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>

/* ---- Things --------------------------------------------------------------------------------- */

struct thing *thing_text(struct arena *arena, const char *text, bool plain)
{
    struct thing *thing = arena_alloc(arena, sizeof(*thing));
    thing->kind = THING_TEXT;
    thing->text = text;
    thing->plain = plain;
    return thing;
}

struct thing *thing_collection(struct arena *arena, enum thing_kind kind)
{
    struct thing *thing = arena_alloc(arena, sizeof(*thing));
    thing->kind = kind;
    return thing;
}

void thing_append(struct arena *arena, struct thing *collection, struct thing *item)
{
    collection->items = arena_grow(arena, collection->items, collection->count,
                                   &collection->capacity, sizeof(struct thing *));
    collection->items[collection->count++] = item;
}

void thing_insert(struct arena *arena, struct thing *collection, size_t index, struct thing *item)
{
    thing_append(arena, collection, item);
    for (size_t i = collection->count - 1; i > index; i--)
        collection->items[i] = collection->items[i - 1];
    collection->items[index] = item;
}

void thing_remove(struct thing *collection, size_t index)
{
    collection->count--;
    for (size_t i = index; i < collection->count; i++)
        collection->items[i] = collection->items[i + 1];
}

struct thing *thing_copy(struct arena *arena, const struct thing *thing)
{
    struct thing *copy = arena_alloc(arena, sizeof(*copy));
    *copy = *thing;
    copy->items = NULL;
    copy->count = copy->capacity = 0;
    for (size_t i = 0; i < thing->count; i++)
        thing_append(arena, copy, thing_copy(arena, thing->items[i]));
    return copy;
}

struct thing *thing_find(const struct thing *pairs, const char *key)
{
    for (size_t i = 0; pairs->kind == THING_PAIRS && i < pairs->count; i += 2)
        if (pairs->items[i]->kind == THING_TEXT && strcmp(pairs->items[i]->text, key) == 0)
            return pairs->items[i + 1];
    return NULL;
}

/* ---- Comparing ------------------------------------------------------------------------------ */

bool text_is_ambiguous(const char *text)
{
    static regex_t pattern;
    static bool compiled;
    if (!compiled)
        compiled = regcomp(&pattern,
                           "^(~|null|true|false|yes|no|on|off|y|n|<<|=)?$"
                           "|^[-+]?\\.(inf|nan)$"
                           "|^[-+]?0[xob][0-9a-f_]+$"
                           "|^[-+]?(\\.[0-9][0-9_]*|[0-9][0-9_]*(\\.[0-9_]*)?)(e[-+]?[0-9]+)?$"
                           "|^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?$"
                           "|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
                           "(([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?$",
                           REG_EXTENDED | REG_ICASE | REG_NOSUB) == 0;
    return regexec(&pattern, text, 0, NULL, 0) == 0;
}

static bool same_mark(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Pairs of both in step; one that is only where it was put may stand anywhere. */
static bool pairs_say(const struct thing *meant, const struct thing *found)
{
    size_t order = 0;
    for (size_t i = 0; i < meant->count; i += 2) {
        size_t at = i < found->count && thing_says(meant->items[i], found->items[i]) ? i : 0;
        while (at < found->count && !thing_says(meant->items[i], found->items[at]))
            at += 2;
        if (at >= found->count || !thing_says(meant->items[i + 1], found->items[at + 1]))
            return false;
        bool new_key = meant->items[i]->either;
        if (!new_key && at < order)
            return false;
        order = new_key ? order : at;
    }
    return true;
}

bool thing_says(const struct thing *meant, const struct thing *found)
{
    if (meant->kind != found->kind || !same_mark(meant->anchor, found->anchor) ||
        !same_mark(meant->tag, found->tag))
        return false;
    if (meant->kind == THING_ALIAS)
        return strcmp(meant->text, found->text) == 0;
    if (meant->kind == THING_TEXT)
        return strcmp(meant->text, found->text) == 0 &&
               (meant->either || meant->plain == found->plain || !text_is_ambiguous(meant->text));
    if (meant->count != found->count)
        return false;
    if (meant->kind == THING_PAIRS)
        return pairs_say(meant, found);
    for (size_t i = 0; i < meant->count; i++)
        if (!thing_says(meant->items[i], found->items[i]))
            return false;
    return true;
}

static void tell(struct str *out, const struct thing *thing)
{
    if (thing->anchor != NULL)
        str_printf(out, "&%s ", thing->anchor);
    if (thing->kind == THING_ALIAS)
        str_printf(out, "*%s", thing->text);
    else if (thing->kind == THING_TEXT)
        str_printf(out, thing->plain ? "%s" : "\"%s\"", thing->text);
    if (thing->kind == THING_ALIAS || thing->kind == THING_TEXT)
        return;
    str_append_char(out, thing->kind == THING_LIST ? '[' : '{');
    for (size_t i = 0; i < thing->count; i++) {
        if (i > 0)
            str_append(out, thing->kind == THING_PAIRS && i % 2 ? ": " : ", ");
        tell(out, thing->items[i]);
    }
    str_append_char(out, thing->kind == THING_LIST ? ']' : '}');
}

const char *thing_difference(struct arena *arena, const struct thing *meant,
                             const struct thing *found)
{
    for (size_t i = 0; meant->kind == found->kind && i < meant->count && i < found->count; i++)
        if (!thing_says(meant->items[i], found->items[i]))
            return thing_difference(arena, meant->items[i], found->items[i]);
    struct str out;
    str_init(&out);
    str_append(&out, "meant: ");
    tell(&out, meant);
    str_append(&out, "\nfound: ");
    tell(&out, found);
    const char *text = arena_strndup(arena, out.text, out.length);
    str_finish(&out);
    return text;
}

/* ---- Hearing -------------------------------------------------------------------------------- */

enum { DEPTH_MAX = 100 };

struct hearing {
    struct arena *arena;
    struct testimony *testimony;
    struct thing *open[DEPTH_MAX];
    size_t depth, documents;
    size_t at;        /* behind what was heard last */
    size_t commented; /* comments up to here are known */
    bool fine;
};

static size_t line_of(const struct testimony *testimony, size_t at)
{
    size_t low = 0, high = testimony->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (testimony->lines[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void find_lines(struct arena *arena, struct testimony *testimony)
{
    for (size_t at = 0; at <= testimony->length; at++)
        if (at == 0 || at == testimony->length || testimony->text[at - 1] == '\n') {
            testimony->lines = arena_grow(arena, testimony->lines, testimony->line_count,
                                          &testimony->line_capacity, sizeof(*testimony->lines));
            testimony->lines[testimony->line_count++] = at;
        }
    testimony->line_count--;
}

/* What is no text from where the last one ended to where the next one begins may hold comments. */
static void find_comments(struct hearing *hearing, size_t begin)
{
    struct testimony *testimony = hearing->testimony;
    const char *text = testimony->text;
    for (size_t at = hearing->commented; at < begin; at++) {
        if (text[at] != '#' || (at > 0 && strchr(" \t\r\n", text[at - 1]) == NULL))
            continue;
        size_t line = line_of(testimony, at), start = testimony->lines[line];
        size_t length = strcspn(text + at, "\r\n");
        while (strchr(" \t", text[at + length - 1]) != NULL)
            length--;
        testimony->comments =
            arena_grow(hearing->arena, testimony->comments, testimony->comment_count,
                       &testimony->comment_capacity, sizeof(*testimony->comments));
        testimony->comments[testimony->comment_count++] = (struct comment){
            .text = arena_strndup(hearing->arena, text + at, length),
            .at = at,
            .line = line,
            .column = at - start,
            .alone = start + strspn(text + start, " \t") == at,
        };
        at += length;
    }
    if (begin > hearing->commented)
        hearing->commented = begin;
}

/* The line of a block text's header is the nearest above its content that is not blank. */
static size_t first_line(const struct testimony *testimony, const struct thing *thing, bool block)
{
    size_t line = line_of(testimony, thing->begin);
    if (!block)
        return line;
    const char *text = testimony->text;
    while (line > 0) {
        size_t start = testimony->lines[line];
        size_t blank = strspn(text + start, " \t\r");
        if (start + blank < thing->begin && text[start + blank] != '\n')
            break;
        line--;
    }
    return line;
}

static size_t last_line(const struct testimony *testimony, const struct thing *thing)
{
    size_t end = thing->end;
    while (end > thing->begin && strchr(" \t\r\n", testimony->text[end - 1]) != NULL)
        end--;
    return line_of(testimony, end > thing->begin ? end - 1 : thing->begin);
}

static const char *token_text(struct arena *arena, struct fy_token *token)
{
    size_t length = 0;
    const char *text = token != NULL ? fy_token_get_text(token, &length) : NULL;
    return text != NULL ? arena_strndup(arena, text, length) : NULL;
}

static void place(struct hearing *hearing, struct fy_event *event, struct thing *thing)
{
    const struct fy_mark *begin = fy_event_start_mark(event), *end = fy_event_end_mark(event);
    thing->begin = begin != NULL ? begin->input_pos : hearing->at;
    thing->end = end != NULL ? end->input_pos : thing->begin;
    if (thing->begin < hearing->at)
        thing->begin = hearing->at;
    if (thing->end < thing->begin)
        thing->end = thing->begin;
    find_comments(hearing, thing->begin);
    if (thing->kind == THING_TEXT || thing->kind == THING_ALIAS) {
        hearing->at = thing->end;
        hearing->commented = thing->end;
    }
}

static void hear_node(struct hearing *hearing, struct fy_event *event, struct thing *thing,
                      struct fy_token *anchor, struct fy_token *tag)
{
    thing->anchor = token_text(hearing->arena, anchor);
    thing->tag = token_text(hearing->arena, tag);
    place(hearing, event, thing);
    if (hearing->depth > 0)
        thing_append(hearing->arena, hearing->open[hearing->depth - 1], thing);
    else
        hearing->testimony->root = thing;
}

static void hear_text(struct hearing *hearing, struct fy_event *event)
{
    struct fy_token *token = event->scalar.value;
    const char *text = token_text(hearing->arena, token);
    if (token != NULL && text != NULL && strlen(text) != fy_token_get_text_length(token))
        hearing->fine = false; /* a NUL in the text */
    enum fy_scalar_style style = token != NULL ? fy_token_scalar_style(token) : FYSS_PLAIN;
    struct thing *thing = thing_text(hearing->arena, text != NULL ? text : "", style == FYSS_PLAIN);
    bool block = style == FYSS_LITERAL || style == FYSS_FOLDED;
    hear_node(hearing, event, thing, event->scalar.anchor, event->scalar.tag);
    thing->block = block;
    thing->first = first_line(hearing->testimony, thing, block);
    thing->last = thing->plain || block ? last_line(hearing->testimony, thing)
                                        : line_of(hearing->testimony, thing->end);
}

static void hear_alias(struct hearing *hearing, struct fy_event *event)
{
    struct thing *thing = thing_collection(hearing->arena, THING_ALIAS);
    thing->text = token_text(hearing->arena, event->alias.anchor);
    hear_node(hearing, event, thing, NULL, NULL);
    thing->first = thing->last = line_of(hearing->testimony, thing->begin);
}

static void hear_start(struct hearing *hearing, struct fy_event *event, enum thing_kind kind,
                       struct fy_token *anchor, struct fy_token *tag)
{
    if (hearing->depth == DEPTH_MAX) {
        hearing->fine = false;
        return;
    }
    struct thing *thing = thing_collection(hearing->arena, kind);
    thing->flow = fy_event_get_node_style(event) == FYNS_FLOW;
    hear_node(hearing, event, thing, anchor, tag);
    thing->first = thing->last = line_of(hearing->testimony, thing->begin);
    hearing->open[hearing->depth++] = thing;
}

/* A bracket ends a collection, or its last item does. */
static void hear_end(struct hearing *hearing, struct fy_event *event)
{
    struct thing *thing = hearing->open[--hearing->depth];
    const struct fy_mark *end = fy_event_end_mark(event);
    thing->end = hearing->at;
    if (thing->flow && end != NULL && end->input_pos > thing->end)
        thing->end = hearing->at = end->input_pos;
    for (size_t i = 0; i < thing->count; i++) {
        if (thing->items[i]->first < thing->first)
            thing->first = thing->items[i]->first;
        if (thing->items[i]->last > thing->last)
            thing->last = thing->items[i]->last;
    }
    if (thing->flow)
        thing->last = last_line(hearing->testimony, thing);
}

static void hear(struct hearing *hearing, struct fy_event *event)
{
    switch (event->type) {
    case FYET_DOCUMENT_START:
        hearing->documents++;
        break;
    case FYET_SCALAR:
        hear_text(hearing, event);
        break;
    case FYET_ALIAS:
        hear_alias(hearing, event);
        break;
    case FYET_SEQUENCE_START:
        hear_start(hearing, event, THING_LIST, event->sequence_start.anchor,
                   event->sequence_start.tag);
        break;
    case FYET_MAPPING_START:
        hear_start(hearing, event, THING_PAIRS, event->mapping_start.anchor,
                   event->mapping_start.tag);
        break;
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        hear_end(hearing, event);
        break;
    default:
        break;
    }
}

/* What libfyaml has to say of a text is not asked. */
static void say_nothing(struct fy_diag *diag, void *user, const char *text, size_t length)
{
    (void)diag;
    (void)user;
    (void)text;
    (void)length;
}

bool witness_hear(struct arena *arena, const char *text, size_t length, struct testimony *out)
{
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    quiet.output_fn = say_nothing;
    quiet.level = FYET_MAX;
    struct fy_diag *diag = fy_diag_create(&quiet);
    struct fy_parse_cfg how = { .diag = diag };
    struct hearing hearing = { .arena = arena, .testimony = out, .fine = true };
    *out = (struct testimony){ .text = text, .length = length };
    find_lines(arena, out);
    struct fy_parser *parser = fy_parser_create(&how);
    fy_parser_set_string(parser, text, length);
    bool ended = false;
    for (struct fy_event *event; hearing.fine && (event = fy_parser_parse(parser)) != NULL;) {
        ended = event->type == FYET_STREAM_END;
        hear(&hearing, event);
        fy_parser_event_free(parser, event);
    }
    bool fine = hearing.fine && ended && !fy_parser_get_stream_error(parser);
    fy_parser_destroy(parser);
    fy_diag_unref(diag);
    find_comments(&hearing, length);
    return fine && hearing.documents == 1 && out->root != NULL;
}
