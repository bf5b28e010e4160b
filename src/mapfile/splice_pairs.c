/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "splice.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

/* "? key": the mark stands in the key's line, behind nothing but blanks and other marks. */
static bool is_explicit(struct splices *splices, const struct yaml_node *key)
{
    size_t begin = splice_node_begin(splices, key), line = splice_line_begin(splices, begin);
    const char *text = splices->tree->source.text + line;
    size_t marks = strspn(text, " \t-?:");
    return line + marks >= begin && memchr(text, '?', begin - line) != NULL;
}

static bool block_pairs_fit(struct splices *splices, const struct yaml_node *pairs,
                            struct error *err)
{
    for (const struct yaml_node *key = pairs->first; key != NULL; key = key->next->next)
        if (is_explicit(splices, key))
            return splice_refuse(splices, splice_node_begin(splices, key), err,
                                 _("the key is written with '?'"));
    return true;
}

/* The value's content ends here; an empty value ends with its colon. */
static size_t pair_end(struct splices *splices, const struct yaml_node *key)
{
    return splice_owned_end(splices, splice_node_end(splices, key->next),
                            splice_column(splices, splice_node_begin(splices, key)));
}

static bool insert_block_pair(struct splices *splices, const struct yaml_node *pairs, size_t after,
                              const char *key, const struct value *value, struct error *err)
{
    if (!block_pairs_fit(splices, pairs, err))
        return false;
    /* Behind the first pair where it should be the first: that one may stand beside a dash. */
    const struct yaml_node *before = yaml_nth(pairs->first, after > 0 ? 2 * (after - 1) : 0);
    size_t column = splice_column(splices, splice_node_begin(splices, before));
    struct str lines;
    str_init(&lines);
    str_printf(&lines, "%*s", (int)column, "");
    scalar_append(&lines, key, (struct scalar_form){ .style = YAML_PLAIN });
    str_append_char(&lines, ':');
    value_append_behind(&lines, value, (int)column, splices->newline);
    splice_add_lines(splices, pair_end(splices, before), &lines);
    return true;
}

/* The first pair of "- a: 1" shares its line with the dash: the next one moves up into its place,
 * unless it has comments above it. */
static void delete_first_pair(struct splices *splices, const struct yaml_node *key)
{
    size_t begin = splice_node_begin(splices, key), end = pair_end(splices, key);
    size_t next = splice_node_begin(splices, key->next->next);
    if (splice_blank(splices, end, next))
        splice_add_text(splices, begin, next, "");
    else
        splice_add_text(splices, begin, splice_line_text_end(splices, end - 1), "");
}

static bool delete_block_pair(struct splices *splices, const struct yaml_node *pairs, size_t index,
                              struct error *err)
{
    if (!block_pairs_fit(splices, pairs, err))
        return false;
    const struct yaml_node *key = yaml_nth(pairs->first, 2 * index);
    size_t at = splice_node_begin(splices, key), begin = splice_line_begin(splices, at), first;
    splice_line_indent(splices, begin, &first);
    if (first == at)
        splice_remove_lines(splices, begin, pair_end(splices, key));
    else
        delete_first_pair(splices, key);
    return true;
}

bool splice_insert_pair(struct splices *splices, const struct yaml_node *pairs, size_t after,
                        const char *key, const struct value *value, struct error *err)
{
    if (pairs->style == YAML_FLOW)
        return flow_insert_pair(splices, pairs, after, key, value, err);
    return insert_block_pair(splices, pairs, after, key, value, err);
}

bool splice_delete_pair(struct splices *splices, const struct yaml_node *pairs, size_t index,
                        struct error *err)
{
    const struct yaml_node *key = yaml_nth(pairs->first, 2 * index);
    if (pairs->count == 1)
        return splice_refuse(splices, splice_node_begin(splices, key), err,
                             _("it is the last one in its mapping; delete the mapping"));
    if (!splice_may_drop(splices, key, err) || !splice_may_drop(splices, key->next, err))
        return false;
    return pairs->style == YAML_FLOW ? flow_delete_pair(splices, pairs, index, err)
                                     : delete_block_pair(splices, pairs, index, err);
}
