/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deed_inner.h"

#include <string.h>

/* ---- What may go ----------------------------------------------------------------------------- */

void let_lines_go(struct thinking *thinking, size_t from, size_t to)
{
    for (size_t line = from; line <= to && line < thinking->old->line_count; line++)
        thinking->deed->line_may_go[line] = true;
}

static void let_comments_go(struct thinking *thinking, size_t from, size_t to)
{
    const struct testimony *old = thinking->old;
    for (size_t i = 0; i < old->comment_count; i++)
        if (old->comments[i].at >= from && old->comments[i].at < to)
            thinking->deed->comment_may_go[i] = true;
}

const char *line_text(const struct testimony *old, size_t line, size_t *column)
{
    const char *text = old->text + old->lines[line];
    *column = strspn(text, " \t");
    return text + *column;
}

static bool is_blank_line(const struct testimony *old, size_t line)
{
    size_t column;
    return strchr("\r\n", *line_text(old, line, &column)) != NULL;
}

bool is_comment_line(const struct testimony *old, size_t line, size_t *column)
{
    return *line_text(old, line, column) == '#';
}

/* The line where the key or dash of a thing stands. */
size_t indicator_line(const struct testimony *old, const struct thing *holder, size_t index)
{
    size_t column;
    if (holder->kind == THING_PAIRS)
        return holder->items[2 * index]->first;
    size_t line = holder->items[index]->first;
    bool dash = *line_text(old, line, &column) == '-' &&
                old->lines[line] + column < holder->items[index]->begin;
    if (holder->flow || dash)
        return line;
    while (line > 0 && (is_blank_line(old, line - 1) || is_comment_line(old, line - 1, &column)))
        line--;
    return line > 0 && *line_text(old, line - 1, &column) == '-' ? line - 1
                                                                 : holder->items[index]->first;
}

/* Lines but for blank ones and those of comments alone. */
static void let_text_go(struct thinking *thinking, size_t from, size_t to)
{
    size_t column;
    for (size_t line = from; line <= to; line++)
        if (!is_blank_line(thinking->old, line) && !is_comment_line(thinking->old, line, &column))
            let_lines_go(thinking, line, line);
}

/* The lines of a thing that is replaced. */
void let_value_go(struct thinking *thinking, const struct thing *holder, size_t index)
{
    const struct testimony *old = thinking->old;
    size_t at = holder->kind == THING_PAIRS ? 2 * index + 1 : index;
    const struct thing *value = holder->items[at];
    let_text_go(thinking, indicator_line(old, holder, index), value->first);
    let_lines_go(thinking, value->first, value->last);
    bool lines = value->kind != THING_TEXT && value->kind != THING_ALIAS && !value->flow;
    let_comments_go(thinking, value->block ? old->lines[value->first] : value->begin,
                    lines ? old->lines[value->last + 1] : value->end);
}

/* Comments below what goes that are indented deeper than its key or dash, and blank lines. */
static void let_foot_go(struct thinking *thinking, size_t line, size_t column)
{
    const struct testimony *old = thinking->old;
    size_t deep;
    for (; line < old->line_count; line++) {
        let_lines_go(thinking, line, line);
        if (is_blank_line(old, line))
            continue;
        if (!is_comment_line(old, line, &deep) || deep <= column) {
            thinking->deed->line_may_go[line] = false;
            break;
        }
        let_comments_go(thinking, old->lines[line], old->lines[line + 1]);
    }
}

void let_blanks_go(struct thinking *thinking, size_t line)
{
    if (line > 0 && is_blank_line(thinking->old, line - 1))
        let_lines_go(thinking, line - 1, line - 1);
    for (; line < thinking->old->line_count && is_blank_line(thinking->old, line); line++)
        let_lines_go(thinking, line, line);
}

/* A pair or item goes whole. In flow its neighbours' lines change, and in "- a: 1" that of the
 * next. */
void let_child_go(struct thinking *thinking, const struct thing *holder, size_t index)
{
    const struct testimony *old = thinking->old;
    bool pairs = holder->kind == THING_PAIRS;
    const struct thing *value = holder->items[pairs ? 2 * index + 1 : index];
    const struct thing *begin = pairs ? holder->items[2 * index] : value;
    size_t child = pairs ? 2 * index : index, behind = pairs ? 2 * index + 2 : index + 1;
    size_t first = indicator_line(old, holder, index), last = value->last, column;
    const struct thing *next = behind < holder->count ? holder->items[behind] : NULL;
    let_lines_go(thinking, first, last);
    size_t end = old->lines[last + 1 < old->line_count ? last + 1 : old->line_count];
    if (holder->flow) {
        let_lines_go(thinking, child > 0 ? holder->items[child - 1]->last : holder->first,
                     next != NULL ? next->first : holder->last);
        let_comments_go(thinking, begin->begin,
                        next != NULL && next->begin < end ? next->begin : end);
        return;
    }
    let_comments_go(thinking, old->lines[first], end);
    line_text(old, first, &column);
    if (pairs) /* the key may share its line with a dash */
        column = begin->begin - old->lines[begin->first];
    let_foot_go(thinking, last + 1, column);
    if (first > 0)
        let_blanks_go(thinking, first);
    if (pairs && index == 0 && next != NULL)
        let_lines_go(thinking, next->first, next->first);
}

/* Something is put beside what a collection holds, or into one that is empty: then its key's line
 * changes. `spot` leads to the collection. */
void let_room_be_made(struct thinking *thinking, const struct spot *spot, bool emptied)
{
    const struct thing *holder = old_at(thinking, spot, spot->depth);
    if (holder->flow || emptied)
        let_lines_go(thinking, holder->first, holder->last);
    if (spot->depth > 0 && (holder->count == 0 || emptied)) {
        size_t first = indicator_line(thinking->old, old_at(thinking, spot, spot->depth - 1),
                                      spot->steps[spot->depth - 1]);
        let_text_go(thinking, first, holder->count == 0 ? holder->last : holder->first);
    }
}
