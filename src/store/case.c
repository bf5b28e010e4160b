/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case.h"

bool case_same_place(const struct judge *judge, enum side side, const struct case_row *a,
                     const struct case_row *b)
{
    return (judge->everywhere & side) != 0 || a->place == b->place;
}

struct case_mark *case_mark(const struct judge *judge, const struct case_log *log, enum side side,
                            const struct case_row *row)
{
    struct case_mark *mark = &judge->marks[(judge->everywhere & side) != 0 ? 0 : row->place];
    if (mark->number != log->number)
        *mark = (struct case_mark){ .number = log->number };
    return mark;
}

bool case_is_first(const struct judge *judge, const struct case_log *log, enum side side,
                   const struct case_row *row)
{
    return (row->sides & side) != 0 && case_mark(judge, log, side, row)->count++ == 0;
}

size_t case_instant_end(const struct case_log *log, size_t first)
{
    size_t end = first + 1;
    while (end < log->count && log->rows[end].ts == log->rows[first].ts)
        end++;
    return end;
}

size_t case_count(const struct case_log *log, enum side side, size_t first, size_t end,
                  const struct case_row *but)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        if ((log->rows[i].sides & side) != 0 && &log->rows[i] != but)
            count++;
    return count;
}
