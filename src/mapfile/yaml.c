/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/yaml.h>

#include <assert.h>
#include <string.h>
#include <yaml.h>

#include <stellwerk/base/fatal.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>

#include "duplicates.h"
#include "explain.h"
#include "ids.h"

enum {
    SLAB_NODES = 128,
    RECENT_WORDS = 512,
    WORD_MAX = 24, /* bytes */
};

/* A collection that is not at its end. */
struct frame {
    struct yaml_node *node;
    struct yaml_node *last; /* child */
    int anchor;             /* place in `anchors`; -1 where it has none */
    size_t reach_before;    /* the builder's `reach` at its start */
};

struct anchor {
    struct yaml_node *node;
    size_t reach; /* nodes that are visited by walking it; 0 while it is not at its end */
};

/* Keys, ids and fixed words come again and again: a copy of each is enough. */
struct word {
    const char *text;
    size_t length;
};

struct builder {
    struct arena *arena; /* of texts */
    struct arena *nodes; /* of all else */
    struct diag_list *findings;
    struct yaml_tree *tree;
    struct yaml_node *slab; /* nodes are taken from the arena by the slab; here is the next */
    size_t slab_left;
    struct frame frames[YAML_DEPTH_MAX];
    size_t depth;
    struct anchor *anchors;
    size_t anchor_count, anchor_capacity;
    struct ids anchor_names; /* the place in `anchors` of the latest of each name */
    size_t reach;            /* nodes that walking all so far visits */
    size_t aliased;          /* those among them that are behind an alias */
    struct word recent[RECENT_WORDS];
    bool done;
};

static struct pos mark_pos(const struct builder *builder, yaml_mark_t mark)
{
    return source_pos(&builder->tree->source, mark.index);
}

static bool refuse(struct builder *builder, yaml_mark_t mark, const char *code, const char *text)
{
    diag_add(builder->findings, SEVERITY_ERROR, mark_pos(builder, mark), code, "%s", text);
    return false;
}

/*
 * The parser's count of lines holds but where a text has odd breaks, and at the end of a text
 * without a last newline, where the parser begins a line of its own.
 */
static uint32_t line_of(const struct source *source, yaml_mark_t mark)
{
    if (source->odd_breaks || mark.index >= source->characters)
        return source_line(source, mark.index);
    return (uint32_t)mark.line + 1;
}

/* The arena's memory is zeroed: only what is something else is written. */
static struct yaml_node *node_new(struct builder *builder, const yaml_event_t *event,
                                  enum yaml_kind kind, enum yaml_style style)
{
    if (builder->slab_left == 0) {
        builder->slab = arena_array(builder->nodes, SLAB_NODES, sizeof(*builder->slab));
        builder->slab_left = SLAB_NODES;
    }
    builder->slab_left--;
    struct yaml_node *node = builder->slab++;
    node->kind = kind & 7;
    node->style = style & 7;
    node->line = line_of(&builder->tree->source, event->start_mark);
    node->begin = (uint32_t)event->start_mark.index;
    node->end = (uint32_t)event->end_mark.index;
    builder->reach++;
    return node;
}

static void attach(struct builder *builder, struct yaml_node *node)
{
    if (builder->depth == 0) {
        builder->tree->root = node;
        return;
    }
    struct frame *frame = &builder->frames[builder->depth - 1];
    if (frame->last == NULL)
        frame->node->first = node;
    else
        frame->last->next = node;
    frame->last = node;
    frame->node->count++;
}

/* Returns the place of the new anchor; a name may be given again and then means the later node. */
static int anchor_add(struct builder *builder, const yaml_char_t *name, struct yaml_node *node)
{
    node->anchored = true;
    int place = (int)builder->anchor_count;
    builder->anchors = arena_grow(builder->nodes, builder->anchors, builder->anchor_count,
                                  &builder->anchor_capacity, sizeof(*builder->anchors));
    builder->anchors[builder->anchor_count++] = (struct anchor){ .node = node };
    struct id_entry *entry = ids_find(&builder->anchor_names, (const char *)name);
    if (entry != NULL)
        entry->index = place;
    else
        ids_add(&builder->anchor_names, arena_strdup(builder->nodes, (const char *)name), place,
                (struct pos){ 0 });
    return place;
}

static bool take_alias(struct builder *builder, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    const struct id_entry *entry = ids_find(&builder->anchor_names, name);
    if (entry == NULL) {
        diag_add(builder->findings, SEVERITY_ERROR, mark_pos(builder, event->start_mark),
                 "unknown_anchor",
                 _("'*%s' points at an anchor '&%s' that is not above it; a text that begins with "
                   "'*' needs quotes"),
                 name, name);
        return false;
    }
    const struct anchor *anchor = &builder->anchors[entry->index];
    if (anchor->reach == 0) {
        diag_add(builder->findings, SEVERITY_ERROR, mark_pos(builder, event->start_mark),
                 "alias_loop", _("'*%s' stands inside of what it points at"), name);
        return false;
    }
    struct yaml_node *node = node_new(builder, event, YAML_ALIAS, YAML_PLAIN);
    node->target = anchor->node;
    attach(builder, node);
    builder->reach += anchor->reach;
    builder->aliased += anchor->reach;
    if (builder->aliased > YAML_ALIASED_MAX)
        return refuse(builder, event->start_mark, "too_many_aliases",
                      _("the aliases ('*name') up to here stand for too much text"));
    return true;
}

static const enum yaml_style text_styles[] = {
    [YAML_ANY_SCALAR_STYLE] = YAML_PLAIN,
    [YAML_PLAIN_SCALAR_STYLE] = YAML_PLAIN,
    [YAML_SINGLE_QUOTED_SCALAR_STYLE] = YAML_SINGLE,
    [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = YAML_DOUBLE,
    [YAML_LITERAL_SCALAR_STYLE] = YAML_LITERAL,
    [YAML_FOLDED_SCALAR_STYLE] = YAML_FOLDED,
};

/* The tags of YAML itself say nothing new, and a mere '!' says "text"; others are not read. */
static void take_tag(struct builder *builder, const yaml_event_t *event, const yaml_char_t *tag,
                     struct yaml_node *node)
{
    const char *name = (const char *)tag;
    node->tagged = true;
    if (strcmp(name, "!") != 0 && strncmp(name, "tag:yaml.org", strlen("tag:yaml.org")) != 0)
        diag_add(builder->findings, SEVERITY_WARNING, mark_pos(builder, event->start_mark),
                 "tag_not_read",
                 _("'%s' is a tag to YAML and not read; a text that begins with '!' needs quotes"),
                 utf8_fit(builder->nodes, name, 60, "…"));
}

static const char *text_copy(struct builder *builder, const char *text, size_t length)
{
    if (length == 0)
        return "";
    if (length > WORD_MAX)
        return arena_strndup(builder->arena, text, length);
    size_t mix = 131 * (unsigned char)text[0] + 37 * (unsigned char)text[length - 1] +
                 11 * (unsigned char)text[length / 2] + length;
    struct word *word = &builder->recent[mix % RECENT_WORDS];
    if (word->length != length || memcmp(word->text, text, length) != 0) {
        word->text = arena_strndup(builder->arena, text, length);
        word->length = length;
    }
    return word->text;
}

static bool take_text(struct builder *builder, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    enum yaml_style style = text_styles[event->data.scalar.style];
    if (length > YAML_SCALAR_MAX)
        return refuse(builder, event->start_mark, "text_too_long",
                      _("the text that begins here is longer than 1 MiB"));
    if (style == YAML_DOUBLE && memchr(text, '\0', length) != NULL)
        return refuse(builder, event->start_mark, "nul_byte",
                      _("the text that begins here has a NUL character in it"));
    struct yaml_node *node = node_new(builder, event, YAML_TEXT, style);
    if (event->data.scalar.tag != NULL)
        take_tag(builder, event, event->data.scalar.tag, node);
    node->count = (uint32_t)length;
    node->text = text_copy(builder, text, length);
    attach(builder, node);
    if (event->data.scalar.anchor != NULL) {
        int anchor = anchor_add(builder, event->data.scalar.anchor, node);
        builder->anchors[anchor].reach = 1;
    }
    return true;
}

static bool open_collection(struct builder *builder, const yaml_event_t *event,
                            struct yaml_node *node, const yaml_char_t *anchor,
                            const yaml_char_t *tag)
{
    if (builder->depth == YAML_DEPTH_MAX) {
        diag_add(builder->findings, SEVERITY_ERROR, mark_pos(builder, event->start_mark),
                 "too_deep", _("more than %d lists and mappings stand inside each other here"),
                 YAML_DEPTH_MAX);
        return false;
    }
    if (tag != NULL)
        take_tag(builder, event, tag, node);
    attach(builder, node);
    builder->frames[builder->depth++] = (struct frame){
        .node = node,
        .anchor = anchor != NULL ? anchor_add(builder, anchor, node) : -1,
        .reach_before = builder->reach - 1,
    };
    return true;
}

static bool open_list(struct builder *builder, const yaml_event_t *event)
{
    bool flow = event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    struct yaml_node *node = node_new(builder, event, YAML_LIST, flow ? YAML_FLOW : YAML_BLOCK);
    return open_collection(builder, event, node, event->data.sequence_start.anchor,
                           event->data.sequence_start.tag);
}

static bool open_pairs(struct builder *builder, const yaml_event_t *event)
{
    bool flow = event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    struct yaml_node *node = node_new(builder, event, YAML_PAIRS, flow ? YAML_FLOW : YAML_BLOCK);
    return open_collection(builder, event, node, event->data.mapping_start.anchor,
                           event->data.mapping_start.tag);
}

/* The parser ends a collection at its bracket, or, without one, only at what comes after it. */
static void close_collection(struct builder *builder, const yaml_event_t *event)
{
    assert(builder->depth > 0);
    struct frame *frame = &builder->frames[--builder->depth];
    struct yaml_node *node = frame->node;
    bool bracket = node->style == YAML_FLOW && event->end_mark.index > event->start_mark.index;
    if (bracket)
        node->end = (uint32_t)event->end_mark.index;
    else if (frame->last != NULL)
        node->end = frame->last->end;
    if (node->kind == YAML_PAIRS) {
        node->count /= 2;
        duplicates_remove(builder->nodes, builder->tree, node, builder->findings);
    }
    if (frame->anchor >= 0)
        builder->anchors[frame->anchor].reach = builder->reach - frame->reach_before;
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
static bool end_document(struct builder *builder, const yaml_event_t *event)
{
    const struct source *source = &builder->tree->source;
    builder->done = true;
    if (event->end_mark.index >= source->characters)
        return true;
    const char *rest = source->text + source_byte(source, event->end_mark.index);
    if (nothing_follows(rest, &rest))
        return true;
    bool document =
        !event->data.document_end.implicit || strncmp(rest, "---", 3) == 0 || *rest == '%';
    struct pos pos = source_pos_of_byte(source, (size_t)(rest - source->text));
    if (document)
        diag_add(builder->findings, SEVERITY_ERROR, pos, "several_documents",
                 _("a second document begins here; a file holds one"));
    else
        diag_add(builder->findings, SEVERITY_ERROR, pos, "yaml_syntax",
                 _("this does not go on with what is above it; does the line begin at the wrong "
                   "column?"));
    return false;
}

static bool take_event(struct builder *builder, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return take_text(builder, event);
    case YAML_ALIAS_EVENT:
        return take_alias(builder, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_list(builder, event);
    case YAML_MAPPING_START_EVENT:
        return open_pairs(builder, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(builder, event);
        return true;
    case YAML_DOCUMENT_END_EVENT:
        return end_document(builder, event);
    case YAML_STREAM_END_EVENT:
        builder->done = true;
        return true;
    default:
        return true;
    }
}

static bool parser_failed(const struct builder *builder, const yaml_parser_t *parser)
{
    if (parser->error == YAML_MEMORY_ERROR)
        fatal_no_memory();
    struct complaint complaint = {
        .problem = parser->problem != NULL ? parser->problem : "",
        .context = parser->context,
        .at = parser->problem_mark.index,
        .from = parser->context_mark.index,
    };
    explain(&builder->tree->source, &complaint, builder->findings);
    return false;
}

/* Ends have nothing to delete, and beginnings only an anchor and a tag: nearly half of all
 * events. */
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

static bool build(struct builder *builder, yaml_parser_t *parser)
{
    bool fine = true;
    while (fine && !builder->done) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event))
            return parser_failed(builder, parser);
        builder->tree->steps++;
        fine = take_event(builder, &event);
        if (owns_memory(&event))
            yaml_event_delete(&event);
    }
    return fine;
}

bool yaml_read(struct arena *arena, struct arena *nodes, const char *file, const char *text,
               size_t length, struct yaml_tree *out, struct diag_list *findings)
{
    *out = (struct yaml_tree){ 0 };
    if (!source_init(nodes, file, text, length, &out->source, findings))
        return false;
    struct builder builder = { .arena = arena, .nodes = nodes, .findings = findings, .tree = out };
    ids_init(&builder.anchor_names, nodes);
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        fatal_no_memory();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)out->source.text,
                                 out->source.length);
    bool fine = build(&builder, &parser);
    yaml_parser_delete(&parser);
    return fine;
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
