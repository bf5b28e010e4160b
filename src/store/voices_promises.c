/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What customers say was promised, wherever they were asked. */

#include "voices_parts.h"

#include <inttypes.h>
#include <math.h>

#include <stellwerk/base/str.h>

#include "run.h"

enum heard_column { AT, SCALE_MIN, SCALE_MAX, VALUE, COUNT, OLDEST, NEWEST };

static void take_promise(struct hearing *hearing, sqlite3_stmt *statement)
{
    int touchpoint = hearing_touchpoint(hearing, statement);
    if (touchpoint == NONE)
        return;
    struct heard *heard = &hearing->out->heard[touchpoint];
    double low = run_number(statement, SCALE_MIN), high = run_number(statement, SCALE_MAX);
    double score = 100 * (run_number(statement, VALUE) - low) / (high - low);
    int64_t oldest = sqlite3_column_int64(statement, OLDEST);
    int64_t newest = sqlite3_column_int64(statement, NEWEST);
    moments_add_weighted(&heard->scores, fmin(fmax(score, 0), 100),
                         (double)sqlite3_column_int64(statement, COUNT));
    heard->oldest = heard->n == 0 || oldest < heard->oldest ? oldest : heard->oldest;
    heard->newest = heard->n == 0 || newest > heard->newest ? newest : heard->newest;
    heard->n += (uint64_t)sqlite3_column_int64(statement, COUNT);
}

bool hear_promises(struct hearing *hearing, const struct lens *lens, struct error *err)
{
    struct voices *out = hearing->out;
    struct query_lens settled;
    struct str condition, sql;
    out->heard =
        arena_array(hearing->arena, hearing->journey->touchpoint_count, sizeof(*out->heard));
    out->heard_count = hearing->journey->touchpoint_count;
    str_init(&condition);
    str_init(&sql);
    str_printf(&condition, "kind = %" PRId64 " AND scale_max > scale_min AND value IS NOT NULL",
               hearing->promise);
    bool good = hearing_settle(hearing, condition.text, lens, &settled, &out->heard_persona_ignored,
                               &out->heard_context_ignored, err);
    str_printf(&sql,
               "SELECT touchpoint, scale_min, scale_max, value, count(*), min(ts), max(ts)"
               " FROM answer WHERE %s",
               condition.text);
    query_add_lens(&sql, &settled);
    str_append(&sql, " GROUP BY touchpoint, scale_min, scale_max, value");
    good = good && hearing_read(hearing, sql.text, take_promise, err);
    str_finish(&sql);
    str_finish(&condition);
    return good;
}
