/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "splice.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

/* What stands between two commas: an item, or a key with its value. */
struct element {
    size_t begin, end;
    bool has_line; /* only a comma and a comment may be in its lines beside it */
};

static size_t skip_blanks(const struct splices *splices, size_t at)
{
    return at + strspn(splices->tree->source.text + at, " \t");
}

static struct element element_of(struct splices *splices, const struct yaml_node *collection,
                                 size_t index)
{
    bool pairs = collection->kind == YAML_PAIRS;
    const struct yaml_node *node = yaml_nth(collection->first, pairs ? 2 * index : index);
    struct element element = { .begin = splice_node_begin(splices, node) };
    if (!pairs)
        element.end = splice_node_end(splices, node);
    else if (node->next->begin == node->next->end) /* known to be there only from what follows */
        splice_colon(splices, node, &element.end);
    else
        element.end = splice_node_end(splices, node->next);
    size_t line = splice_line_begin(splices, element.begin);
    size_t behind = skip_blanks(splices, element.end);
    if (splice_byte(splices, behind) == ',')
        behind = skip_blanks(splices, behind + 1);
    element.has_line = line > splice_node_begin(splices, collection) &&
                       splice_blank(splices, line, element.begin) &&
                       strchr("#\r\n", splice_byte(splices, behind)) != NULL;
    return element;
}

/* Behind the comma that follows; `end` where none does. */
static size_t comma_end(const struct splices *splices, size_t end)
{
    const char *text = splices->tree->source.text;
    size_t at = end + strspn(text + end, " \t\r\n");
    return text[at] == ',' ? at + 1 : end;
}

/* ---- Adding ------------------------------------------------------------------------------- */

/* A line for an element beside one that has its own, with the same indentation. */
static void add_line(struct splices *splices, size_t at, const struct element *beside,
                     const char *text, bool comma)
{
    size_t begin = splice_line_begin(splices, beside->begin);
    struct str line;
    str_init(&line);
    str_append_bytes(&line, splices->tree->source.text + begin, beside->begin - begin);
    str_printf(&line, "%s%s%s", text, comma ? "," : "", splices->newline);
    splice_add(splices, at, at, &line);
}

/* Between the element `index` and the one before it; between the brackets where there is none. */
static void insert_element(struct splices *splices, const struct yaml_node *collection,
                           size_t index, const char *text)
{
    if (collection->count == 0) {
        size_t at = splice_node_end(splices, collection) - 1;
        splice_add_text(splices, at, at, text);
        return;
    }
    bool last = index == collection->count;
    struct element beside = element_of(splices, collection, last ? index - 1 : index);
    size_t comma = comma_end(splices, beside.end);
    if (beside.has_line && last) {
        if (comma == beside.end)
            splice_add_text(splices, beside.end, beside.end, ",");
        add_line(splices, splice_line_end(splices, comma), &beside, text, comma != beside.end);
    } else if (beside.has_line) {
        add_line(splices, splice_line_begin(splices, beside.begin), &beside, text, true);
    } else {
        size_t at = last ? beside.end : beside.begin;
        const char *both = last ? arena_printf(splices->arena, ", %s", text)
                                : arena_printf(splices->arena, "%s, ", text);
        splice_add_text(splices, at, at, both);
    }
}

bool flow_insert_item(struct splices *splices, const struct yaml_node *list, size_t index,
                      const struct value *value)
{
    struct str text;
    str_init(&text);
    value_append_flow(&text, value);
    insert_element(splices, list, index, text.text);
    str_finish(&text);
    return true;
}

/* A pair in a list without braces, [a: b], has no place for a second one. */
static bool has_braces(struct splices *splices, const struct yaml_node *pairs, struct error *err)
{
    size_t end = splice_node_end(splices, pairs);
    if (end > 0 && splice_byte(splices, end - 1) == '}')
        return true;
    return splice_refuse(splices, splice_node_begin(splices, pairs), err,
                         _("the pair stands in a list without braces"));
}

bool flow_insert_pair(struct splices *splices, const struct yaml_node *pairs, size_t after,
                      const char *key, const struct value *value, struct error *err)
{
    struct str text;
    if (!has_braces(splices, pairs, err))
        return false;
    str_init(&text);
    scalar_append(&text, key, (struct scalar_form){ .in_flow = true, .style = YAML_PLAIN });
    str_append(&text, ": ");
    value_append_flow(&text, value);
    insert_element(splices, pairs, after, text.text);
    str_finish(&text);
    return true;
}

/* ---- Taking away -------------------------------------------------------------------------- */

static bool has_comment(const struct splices *splices, size_t begin, size_t end)
{
    return memchr(splices->tree->source.text + begin, '#', end - begin) != NULL;
}

/* A comma goes with the element: the one behind it, or where there is none the one before it. So
 * does a comment in a line that is all its own, unless it has only moved. */
static void delete_element(struct splices *splices, const struct yaml_node *collection,
                           size_t index, bool moved)
{
    struct element element = element_of(splices, collection, index);
    size_t end = comma_end(splices, element.end), before = element.begin;
    size_t line_end = splice_line_end(splices, end);
    bool last = index + 1 == collection->count;
    if (last && index > 0)
        before = element_of(splices, collection, index - 1).end;
    if (element.has_line && !(moved && has_comment(splices, end, line_end))) {
        if (before != element.begin && end == element.end)
            splice_add_text(splices, before, comma_end(splices, before), "");
        splice_add_text(splices, splice_line_begin(splices, element.begin), line_end, "");
    } else if (before != element.begin && !has_comment(splices, before, element.begin)) {
        splice_add_text(splices, before, element.end, "");
    } else {
        splice_add_text(splices, element.begin, last ? end : skip_blanks(splices, end), "");
    }
}

bool flow_delete_item(struct splices *splices, const struct yaml_node *list, size_t index)
{
    delete_element(splices, list, index, false);
    return true;
}

bool flow_delete_pair(struct splices *splices, const struct yaml_node *pairs, size_t index,
                      struct error *err)
{
    if (!has_braces(splices, pairs, err))
        return false;
    delete_element(splices, pairs, index, false);
    return true;
}

/* ---- Moving ------------------------------------------------------------------------------- */

/* The item keeps its own writing. */
bool flow_move_item(struct splices *splices, const struct yaml_node *list, size_t index,
                    size_t to_index)
{
    struct element element = element_of(splices, list, index);
    const char *text = arena_strndup(splices->arena, splices->tree->source.text + element.begin,
                                     element.end - element.begin);
    insert_element(splices, list, to_index, text);
    delete_element(splices, list, index, true);
    return true;
}

/* ---- Values --------------------------------------------------------------------------------- */

void flow_fill(struct splices *splices, const struct yaml_node *key, const char *text)
{
    size_t at;
    struct str str;
    str_init(&str);
    str_append(&str, splice_colon(splices, key, &at) ? " " : ": ");
    str_append(&str, text);
    splice_add(splices, at, at, &str);
}
