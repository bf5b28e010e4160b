/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/yaml.h>

#include <assert.h>
#include <string.h>
#include <yaml.h>

#include <stellwerk/base/fatal.h>
#include <stellwerk/base/i18n.h>

#include "builder.h"
#include "explain.h"
#include "lend.h"

/* One reading of a text. */
struct course {
    yaml_parser_t parser;
    struct builder builder;
    struct yaml_tree *tree;
    struct diag_list *findings;
    bool done;
};

static const enum yaml_style text_styles[] = {
    [YAML_ANY_SCALAR_STYLE] = YAML_PLAIN,
    [YAML_PLAIN_SCALAR_STYLE] = YAML_PLAIN,
    [YAML_SINGLE_QUOTED_SCALAR_STYLE] = YAML_SINGLE,
    [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = YAML_DOUBLE,
    [YAML_LITERAL_SCALAR_STYLE] = YAML_LITERAL,
    [YAML_FOLDED_SCALAR_STYLE] = YAML_FOLDED,
};

static struct extent extent_of(const yaml_event_t *event)
{
    return (struct extent){
        .begin = event->start_mark.index,
        .end = event->end_mark.index,
        .line = event->start_mark.line,
    };
}

static struct properties properties_of(const yaml_char_t *anchor, const yaml_char_t *tag)
{
    return (struct properties){ .anchor = (const char *)anchor, .tag = (const char *)tag };
}

static bool take_text(struct builder *builder, const yaml_event_t *event)
{
    return builder_text(builder, extent_of(event), text_styles[event->data.scalar.style],
                        (const char *)event->data.scalar.value, event->data.scalar.length,
                        properties_of(event->data.scalar.anchor, event->data.scalar.tag));
}

static bool open_list(struct builder *builder, const yaml_event_t *event)
{
    bool flow = event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    return builder_open(
        builder, extent_of(event), YAML_LIST, flow ? YAML_FLOW : YAML_BLOCK,
        properties_of(event->data.sequence_start.anchor, event->data.sequence_start.tag));
}

static bool open_pairs(struct builder *builder, const yaml_event_t *event)
{
    bool flow = event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    return builder_open(
        builder, extent_of(event), YAML_PAIRS, flow ? YAML_FLOW : YAML_BLOCK,
        properties_of(event->data.mapping_start.anchor, event->data.mapping_start.tag));
}

/* True where only blanks, comments and end marks follow. */
static bool nothing_follows(const char *text, const char **out)
{
    for (;;) {
        text += strspn(text, " \t\r\n");
        if (strncmp(text, "...", 3) == 0)
            text += 3;
        else if (*text == '#')
            text += strcspn(text, "\n");
        else
            break;
    }
    *out = text;
    return *text == '\0';
}

/* The parser is not asked for what follows: even a list of directives there could keep it busy. */
static bool end_document(struct course *course, const yaml_event_t *event)
{
    const struct source *source = &course->tree->source;
    course->done = true;
    if (event->end_mark.index >= source->characters)
        return true;
    const char *rest = source->text + source_byte(source, event->end_mark.index);
    if (nothing_follows(rest, &rest))
        return true;
    bool document =
        !event->data.document_end.implicit || strncmp(rest, "---", 3) == 0 || *rest == '%';
    struct pos pos = source_pos_of_byte(source, (size_t)(rest - source->text));
    if (document)
        diag_add(course->findings, SEVERITY_ERROR, pos, "several_documents",
                 _("a second document begins here; a file holds one"));
    else
        diag_add(course->findings, SEVERITY_ERROR, pos, "yaml_syntax",
                 _("this does not go on with what is above it; does the line begin at the wrong "
                   "column?"));
    return false;
}

static bool take_event(struct course *course, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return take_text(&course->builder, event);
    case YAML_ALIAS_EVENT:
        return builder_alias(&course->builder, extent_of(event),
                             (const char *)event->data.alias.anchor);
    case YAML_SEQUENCE_START_EVENT:
        return open_list(&course->builder, event);
    case YAML_MAPPING_START_EVENT:
        return open_pairs(&course->builder, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder_close(&course->builder, extent_of(event));
        return true;
    case YAML_DOCUMENT_END_EVENT:
        return end_document(course, event);
    case YAML_STREAM_END_EVENT:
        course->done = true;
        return true;
    default:
        return true;
    }
}

static bool parser_failed(struct course *course)
{
    const yaml_parser_t *parser = &course->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        fatal_no_memory();
    struct complaint complaint = {
        .problem = parser->problem != NULL ? parser->problem : "",
        .context = parser->context,
        .at = parser->problem_mark.index,
        .from = parser->context_mark.index,
    };
    explain(&course->tree->source, &complaint, course->findings);
    return false;
}

/* Ends have nothing to delete, beginnings only an anchor and a tag: nearly half of all events. */
static bool owns_memory(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return false;
    default:
        return true;
    }
}

static bool take_all(struct course *course)
{
    bool fine = true;
    while (fine && !course->done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&course->parser, &event))
            return parser_failed(course);
        course->tree->steps++;
        fine = take_event(course, &event);
        if (owns_memory(&event))
            yaml_event_delete(&event);
    }
    return fine;
}

static bool lending = true;

void yaml_lend(bool lend)
{
    lending = lend;
}

/* What a parser has in place of what it was lent. */
struct loan {
    yaml_char_t *start, *end;
};

/*
 * A parser copies its input, decodes it character by character and checks it, all before it looks
 * at it: a sixth of its time, spent on what source_init() has done. So it is lent the text in place
 * of its own buffer, as if all had been read, with the NUL behind it as the end of the input.
 *
 * This reaches into the parser, which libyaml calls internal: only into those of the versions whose
 * reader has been looked at. With any other the parser does its own reading, slower and with the
 * same result.
 */
static bool lend_text(yaml_parser_t *parser, const struct source *source, struct loan *loan)
{
    int major, minor, patch;
    yaml_get_version(&major, &minor, &patch);
    if (!lending || major != 0 || minor != 2 || patch > 5)
        return false;
    *loan = (struct loan){ .start = parser->buffer.start, .end = parser->buffer.end };
    parser->buffer.start = parser->buffer.pointer = (yaml_char_t *)source->text;
    parser->buffer.end = parser->buffer.last = parser->buffer.start + source->length + 1;
    parser->unread = source->characters + 1;
    parser->eof = 1;
    return true;
}

/* Before the parser is deleted, which frees its buffer. */
static void take_text_back(yaml_parser_t *parser, const struct loan *loan)
{
    parser->buffer.start = parser->buffer.pointer = parser->buffer.last = loan->start;
    parser->buffer.end = loan->end;
    parser->unread = 0;
}

/* Runs the parser over a text that has been looked through. */
static bool run(struct course *course)
{
    const struct source *source = &course->tree->source;
    yaml_parser_t *parser = &course->parser;
    if (!yaml_parser_initialize(parser))
        fatal_no_memory();
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(parser, (const unsigned char *)source->text, source->length);
    struct loan loan = { 0 };
    bool lent = lend_text(parser, source, &loan);
    bool fine = take_all(course);
    if (lent)
        take_text_back(parser, &loan);
    yaml_parser_delete(parser);
    return fine;
}

bool yaml_read(struct arena *arena, struct arena *nodes, const char *file, const char *text,
               size_t length, struct yaml_tree *out, struct diag_list *findings)
{
    *out = (struct yaml_tree){ 0 };
    if (!source_init(nodes, file, text, length, &out->source, findings))
        return false;
    struct course course = { .tree = out, .findings = findings };
    builder_init(&course.builder, arena, nodes, out, findings);
    return run(&course);
}

const struct yaml_node *yaml_find(const struct yaml_node *pairs, const char *key)
{
    assert(pairs->kind == YAML_PAIRS);
    for (const struct yaml_node *at = pairs->first; at != NULL; at = at->next->next) {
        const struct yaml_node *node = yaml_resolve(at);
        if (node->kind == YAML_TEXT && strcmp(node->text, key) == 0)
            return yaml_resolve(at->next);
    }
    return NULL;
}

struct pos yaml_pos(const struct yaml_tree *tree, const struct yaml_node *node)
{
    return source_pos_in_line(&tree->source, node->begin, node->line);
}
