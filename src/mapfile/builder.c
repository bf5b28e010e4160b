/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>

#include "duplicates.h"

enum {
    SLAB_NODES = 128,
    WORD_MAX = 24, /* bytes */
};

void builder_init(struct builder *builder, struct arena *arena, struct arena *nodes,
                  struct yaml_tree *tree, struct diag_list *findings)
{
    *builder =
        (struct builder){ .arena = arena, .nodes = nodes, .findings = findings, .tree = tree };
    ids_init(&builder->anchor_names, nodes);
}

static struct pos pos_of(const struct builder *builder, struct extent extent)
{
    return source_pos(&builder->tree->source, extent.begin);
}

static bool refuse(struct builder *builder, struct extent extent, const char *code,
                   const char *text)
{
    diag_add(builder->findings, SEVERITY_ERROR, pos_of(builder, extent), code, "%s", text);
    return false;
}

/*
 * A parser's count of lines holds but where a text has odd breaks, and at the end of a text without
 * a last newline, where it begins a line of its own.
 */
static uint32_t line_of(const struct source *source, struct extent extent)
{
    if (source->odd_breaks || extent.begin >= source->characters)
        return source_line(source, extent.begin);
    return (uint32_t)extent.line + 1;
}

/* The arena's memory is zeroed: only what is something else is written. */
static struct yaml_node *node_new(struct builder *builder, struct extent extent,
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
    node->line = line_of(&builder->tree->source, extent);
    node->begin = (uint32_t)extent.begin;
    node->end = (uint32_t)extent.end;
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
static int anchor_add(struct builder *builder, const char *name, struct yaml_node *node)
{
    node->anchored = true;
    builder->tree->linked = true;
    int place = (int)builder->anchor_count;
    builder->anchors = arena_grow(builder->nodes, builder->anchors, builder->anchor_count,
                                  &builder->anchor_capacity, sizeof(*builder->anchors));
    builder->anchors[builder->anchor_count++] = (struct anchor){ .node = node };
    struct id_entry *entry = ids_find(&builder->anchor_names, name);
    if (entry != NULL)
        entry->index = place;
    else
        ids_add(&builder->anchor_names, arena_strdup(builder->nodes, name), place,
                (struct pos){ 0 });
    return place;
}

bool builder_alias(struct builder *builder, struct extent extent, const char *name)
{
    const struct id_entry *entry = ids_find(&builder->anchor_names, name);
    if (entry == NULL) {
        diag_add(builder->findings, SEVERITY_ERROR, pos_of(builder, extent), "unknown_anchor",
                 _("'*%s' points at an anchor '&%s' that is not above it; a text that begins with "
                   "'*' needs quotes"),
                 name, name);
        return false;
    }
    const struct anchor *anchor = &builder->anchors[entry->index];
    if (anchor->reach == 0) {
        diag_add(builder->findings, SEVERITY_ERROR, pos_of(builder, extent), "alias_loop",
                 _("'*%s' stands inside of what it points at"), name);
        return false;
    }
    struct yaml_node *node = node_new(builder, extent, YAML_ALIAS, YAML_PLAIN);
    node->target = anchor->node;
    attach(builder, node);
    builder->reach += anchor->reach;
    builder->aliased += anchor->reach;
    if (builder->aliased > YAML_ALIASED_MAX)
        return refuse(builder, extent, "too_many_aliases",
                      _("the aliases ('*name') up to here stand for too much text"));
    return true;
}

/* The tags of YAML itself say nothing new, and a mere '!' says "text"; others are not read. */
static void take_tag(struct builder *builder, struct extent extent, const char *tag,
                     struct yaml_node *node)
{
    node->tagged = true;
    builder->tree->linked = true;
    if (strcmp(tag, "!") != 0 && strncmp(tag, "tag:yaml.org", strlen("tag:yaml.org")) != 0)
        diag_add(builder->findings, SEVERITY_WARNING, pos_of(builder, extent), "tag_not_read",
                 _("'%s' is a tag to YAML and not read; a text that begins with '!' needs quotes"),
                 utf8_fit(builder->nodes, tag, 60, "…"));
}

static bool is_key_next(const struct builder *builder)
{
    if (builder->depth == 0)
        return false;
    const struct yaml_node *node = builder->frames[builder->depth - 1].node;
    return node->kind == YAML_PAIRS && node->count % 2 == 0;
}

static const char *key_copy(struct builder *builder, const char *text, size_t length)
{
    size_t mix = 131 * (unsigned char)text[0] + 37 * (unsigned char)text[length - 1] +
                 11 * (unsigned char)text[length / 2] + 7 * length;
    struct word *word = &builder->words[mix % BUILDER_WORDS];
    if (word->length != length || memcmp(word->text, text, length) != 0) {
        word->text = arena_strndup(builder->arena, text, length);
        word->length = length;
    }
    return word->text;
}

static const char *text_copy(struct builder *builder, const char *text, size_t length)
{
    if (length > 0 && length <= WORD_MAX && is_key_next(builder))
        return key_copy(builder, text, length);
    return arena_strndup(builder->arena, text, length);
}

bool builder_text(struct builder *builder, struct extent extent, enum yaml_style style,
                  const char *text, size_t length, struct properties properties)
{
    if (length > YAML_SCALAR_MAX)
        return refuse(builder, extent, "text_too_long",
                      _("the text that begins here is longer than 1 MiB"));
    if (style == YAML_DOUBLE && memchr(text, '\0', length) != NULL)
        return refuse(builder, extent, "nul_byte",
                      _("the text that begins here has a NUL character in it"));
    struct yaml_node *node = node_new(builder, extent, YAML_TEXT, style);
    if (properties.tag != NULL)
        take_tag(builder, extent, properties.tag, node);
    node->count = (uint32_t)length;
    node->text = text_copy(builder, text, length);
    attach(builder, node);
    if (properties.anchor != NULL) {
        int anchor = anchor_add(builder, properties.anchor, node);
        builder->anchors[anchor].reach = 1;
    }
    return true;
}

bool builder_open(struct builder *builder, struct extent extent, enum yaml_kind kind,
                  enum yaml_style style, struct properties properties)
{
    if (builder->depth == YAML_DEPTH_MAX) {
        diag_add(builder->findings, SEVERITY_ERROR, pos_of(builder, extent), "too_deep",
                 _("more than %d lists and mappings stand inside each other here"), YAML_DEPTH_MAX);
        return false;
    }
    struct yaml_node *node = node_new(builder, extent, kind, style);
    if (properties.tag != NULL)
        take_tag(builder, extent, properties.tag, node);
    attach(builder, node);
    builder->frames[builder->depth++] = (struct frame){
        .node = node,
        .anchor = properties.anchor != NULL ? anchor_add(builder, properties.anchor, node) : -1,
        .reach_before = builder->reach - 1,
    };
    return true;
}

/* A parser ends a collection at its bracket, or, without one, only at what comes after it. */
void builder_close(struct builder *builder, struct extent extent)
{
    assert(builder->depth > 0);
    struct frame *frame = &builder->frames[--builder->depth];
    struct yaml_node *node = frame->node;
    bool bracket = node->style == YAML_FLOW && extent.end > extent.begin;
    if (bracket)
        node->end = (uint32_t)extent.end;
    else if (frame->last != NULL)
        node->end = frame->last->end;
    if (node->kind == YAML_PAIRS) {
        node->count /= 2;
        duplicates_remove(builder->nodes, builder->tree, node, builder->findings);
    }
    if (frame->anchor >= 0)
        builder->anchors[frame->anchor].reach = builder->reach - frame->reach_before;
}
