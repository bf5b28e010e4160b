/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map_query.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/time.h>

#include "guard.h"

/* The columns that mean something, at whatever place of the result. */
enum result_column {
    RESULT_VALUE,
    RESULT_N,
    RESULT_SD,
    RESULT_NUM,
    RESULT_DEN,
    RESULT_TS,
    RESULT_TOUCHPOINT,
    RESULT_PERSONA,
    RESULT_CONTEXT,
    RESULT_COLUMNS
};

static const char *const result_names[] = {
    [RESULT_VALUE] = "value",
    [RESULT_N] = "n",
    [RESULT_SD] = "sd",
    [RESULT_NUM] = "num",
    [RESULT_DEN] = "den",
    [RESULT_TS] = "ts",
    [RESULT_TOUCHPOINT] = "touchpoint",
    [RESULT_PERSONA] = "persona",
    [RESULT_CONTEXT] = "context",
};

/* What the query may ask for. */
enum parameter {
    PARAMETER_TOUCHPOINT,
    PARAMETER_PERSONA,
    PARAMETER_CONTEXT,
    PARAMETER_FROM,
    PARAMETER_TO,
    PARAMETER_NOW,
    PARAMETER_COUNT
};

static const char *const parameter_names[] = {
    [PARAMETER_TOUCHPOINT] = ":touchpoint",
    [PARAMETER_PERSONA] = ":persona",
    [PARAMETER_CONTEXT] = ":context",
    [PARAMETER_FROM] = ":from",
    [PARAMETER_TO] = ":to",
    [PARAMETER_NOW] = ":now",
};

/* A row of fractions, kept until it is known whether all of them are shares. */
struct fraction {
    struct cell *cell; /* NULL: all */
    struct aggregate aggregate;
};

struct asking {
    struct run *run;
    struct guard guard;
    int places[RESULT_COLUMNS]; /* in the result; -1: not there */
    struct cell *cell;          /* the one that is asked for; NULL: all at once */
    struct fraction *fractions;
    size_t fraction_count, fraction_capacity;
    bool is_share;         /* all fractions are shares of whole rows */
    struct arena *arena;   /* of the texts of rows that are handed out */
    query_row_taker *take; /* NULL: rows are added to the cells */
    void *data;
};

static const struct lens *lens_of(const struct run *run)
{
    return run->survey->lens;
}

static bool has(const struct asking *asking, enum result_column column)
{
    return asking->places[column] >= 0;
}

static bool asks(const struct asking *asking, enum parameter parameter)
{
    return sqlite3_bind_parameter_index(asking->guard.statement, parameter_names[parameter]) > 0;
}

/* ---- Before the first row ---- */

static bool check_parameters(const struct asking *asking, struct error *err)
{
    sqlite3_stmt *statement = asking->guard.statement;
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);
        bool known = false;
        for (size_t j = 0; name != NULL && j < ARRAY_LEN(parameter_names); j++)
            known = known || strcmp(parameter_names[j], name) == 0;
        if (!known)
            return error_set(err,
                             _("nobody knows what '%s' of the query is; it may ask for "
                               ":touchpoint, :persona, :context, :from, :to and :now"),
                             name != NULL ? name : "?");
    }
    return true;
}

static void bind(const struct asking *asking, enum parameter parameter, const char *text)
{
    sqlite3_stmt *statement = asking->guard.statement;
    int index = sqlite3_bind_parameter_index(statement, parameter_names[parameter]);
    if (index > 0)
        sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
}

static void bind_parameters(struct asking *asking)
{
    struct arena *scratch = &asking->run->scratch;
    const struct journey *journey = asking->run->survey->journey;
    const struct lens *lens = lens_of(asking->run);
    struct period period = lens->period;
    if (asking->cell != NULL)
        bind(asking, PARAMETER_TOUCHPOINT,
             journey->touchpoints[asking->cell->measure->touchpoint].id);
    if (lens->persona != NONE)
        bind(asking, PARAMETER_PERSONA, journey->personas[lens->persona].id);
    if (lens->context != NONE)
        bind(asking, PARAMETER_CONTEXT, journey->contexts[lens->context].id);
    bind(asking, PARAMETER_FROM,
         period.first == INT32_MIN ? "0000-01-01" : time_day_iso(scratch, period.first));
    bind(asking, PARAMETER_TO,
         period.last == INT32_MAX ? "9999-12-31" : time_day_iso(scratch, period.last));
    bind(asking, PARAMETER_NOW, time_iso(scratch, asking->run->survey->now));
}

/* A result of one column needs no name for it. */
static bool find_columns(struct asking *asking, struct error *err)
{
    sqlite3_stmt *statement = asking->guard.statement;
    int count = sqlite3_column_count(statement);
    for (size_t i = 0; i < RESULT_COLUMNS; i++) {
        asking->places[i] = -1;
        for (int j = 0; j < count; j++)
            if (strcasecmp(result_names[i], sqlite3_column_name(statement, j)) == 0)
                asking->places[i] = j;
    }
    if (has(asking, RESULT_NUM) != has(asking, RESULT_DEN))
        return error_set(err, _("the query gives only one of the columns 'num' and 'den'"));
    if (count == 1)
        asking->places[RESULT_VALUE] = 0;
    if (!has(asking, RESULT_VALUE) && !has(asking, RESULT_NUM))
        return error_set(err, _("the query gives no column 'value'"));
    return true;
}

/* What of the lens the query takes no notice of. A period it must heed, since a figure of all time
 * would pass for one of the period. */
static bool settle_lens(struct asking *asking, struct error *err)
{
    struct run *run = asking->run;
    const struct lens *lens = lens_of(run);
    bool bounded = lens->period.first != INT32_MIN || lens->period.last != INT32_MAX;
    bool heeds_time =
        has(asking, RESULT_TS) || asks(asking, PARAMETER_FROM) || asks(asking, PARAMETER_TO);
    run->persona_ignored =
        lens->persona != NONE && !has(asking, RESULT_PERSONA) && !asks(asking, PARAMETER_PERSONA);
    run->context_ignored =
        lens->context != NONE && !has(asking, RESULT_CONTEXT) && !asks(asking, PARAMETER_CONTEXT);
    run->channel_ignored = run->survey->channel != 0;
    run->timeless = !has(asking, RESULT_TS);
    run->aggregated = has(asking, RESULT_N) || has(asking, RESULT_SD) || has(asking, RESULT_NUM);
    if (bounded && !heeds_time)
        return error_set(err, _("the query has neither a column 'ts' nor :from and :to, so it "
                                "cannot be asked for a period"));
    return true;
}

/* ---- Rows ---- */

static bool read_number(const struct asking *asking, enum result_column column, double *out,
                        struct error *err)
{
    sqlite3_stmt *statement = asking->guard.statement;
    int place = asking->places[column];
    *out = NAN;
    if (place < 0)
        return true;
    int type = sqlite3_column_type(statement, place);
    if (type == SQLITE_TEXT || type == SQLITE_BLOB)
        return error_set(err, _("'%s' of the query is '%.40s', not a number"), result_names[column],
                         sql_text(statement, place));
    *out = run_number(statement, place);
    return true;
}

static bool read_time(const struct asking *asking, int64_t *out, struct error *err)
{
    *out = 0;
    if (!has(asking, RESULT_TS))
        return true;
    const char *text = sql_text(asking->guard.statement, asking->places[RESULT_TS]);
    if (time_parse_iso(text, out))
        return true;
    return error_set(err, _("'ts' of the query is '%.40s', not a time such as 2026-11-01"), text);
}

static const char *text_at(const struct asking *asking, enum result_column column)
{
    return has(asking, column) ? sql_text(asking->guard.statement, asking->places[column]) : "";
}

static bool passes_lens(const struct asking *asking, int64_t ts)
{
    const struct journey *journey = asking->run->survey->journey;
    const struct lens *lens = lens_of(asking->run);
    int32_t day = time_day(ts);
    if (lens->persona != NONE && has(asking, RESULT_PERSONA) &&
        strcmp(text_at(asking, RESULT_PERSONA), journey->personas[lens->persona].id) != 0)
        return false;
    if (lens->context != NONE && has(asking, RESULT_CONTEXT) &&
        strcmp(text_at(asking, RESULT_CONTEXT), journey->contexts[lens->context].id) != 0)
        return false;
    return !has(asking, RESULT_TS) || (day >= lens->period.first && day <= lens->period.last);
}

/* True with the cells a row is for: one, or all (NULL). */
static bool find_cells(const struct asking *asking, struct cell **out)
{
    const struct run *run = asking->run;
    *out = asking->cell;
    if (!has(asking, RESULT_TOUCHPOINT))
        return true;
    const char *wanted = text_at(asking, RESULT_TOUCHPOINT);
    for (size_t i = 0; i < run->cell_count; i++) {
        int touchpoint = run->cells[i].measure->touchpoint;
        bool asked = asking->cell == NULL || asking->cell == &run->cells[i];
        if (asked && strcmp(run->survey->journey->touchpoints[touchpoint].id, wanted) == 0) {
            *out = &run->cells[i];
            return true;
        }
    }
    return false;
}

/* As run_anchors(), by the context's id. */
static struct anchors anchors_of(const struct asking *asking)
{
    const struct run *run = asking->run;
    const struct metric *metric = run->metric;
    for (size_t i = 0; i < metric->context_anchor_count; i++) {
        int context = metric->context_anchors[i].context;
        if (strcmp(run->survey->journey->contexts[context].id, text_at(asking, RESULT_CONTEXT)) ==
            0)
            return metric->context_anchors[i].anchors;
    }
    return metric_anchors(metric, lens_of(run)->context);
}

static void add_aggregate(struct run *run, struct cell *cell, struct aggregate aggregate)
{
    for (size_t i = 0; i < run->cell_count; i++)
        if (cell == NULL || cell == &run->cells[i])
            run_add_aggregate(run, &run->cells[i], aggregate);
}

static void add_raw(struct asking *asking, struct cell *cell, int64_t ts, double value)
{
    struct run *run = asking->run;
    struct metric_row row = { .ts = ts, .value = value, .anchors = anchors_of(asking) };
    for (size_t i = 0; i < run->cell_count; i++)
        if (cell == NULL || cell == &run->cells[i])
            run_add(run, &run->cells[i], row);
}

static void keep_fraction(struct asking *asking, struct cell *cell, struct aggregate aggregate)
{
    double num = aggregate.num, den = aggregate.den;
    bool whole = num == round(num) && den == round(den);
    asking->is_share = asking->is_share && whole && num >= 0 && num <= den;
    asking->fractions = arena_grow(&asking->run->scratch, asking->fractions, asking->fraction_count,
                                   &asking->fraction_capacity, sizeof(*asking->fractions));
    asking->fractions[asking->fraction_count++] =
        (struct fraction){ .cell = cell, .aggregate = aggregate };
}

static const char *text_or_null(const struct asking *asking, enum result_column column)
{
    const char *text = text_at(asking, column);
    return *text != '\0' ? arena_strdup(asking->arena, text) : NULL;
}

/* `cell` NULL: all. */
static void hand_out(const struct asking *asking, bool found, const struct cell *cell,
                     const struct aggregate *row)
{
    asking->take(
        &(struct query_row){
            .touchpoint = !found         ? QUERY_ROW_ELSEWHERE
                          : cell == NULL ? QUERY_ROW_EVERYWHERE
                                         : cell->measure->touchpoint,
            .timed = has(asking, RESULT_TS),
            .row = *row,
            .persona = text_or_null(asking, RESULT_PERSONA),
            .context = text_or_null(asking, RESULT_CONTEXT),
        },
        asking->data);
}

/* A row of which the numbers are known. */
static void add(struct asking *asking, struct cell *cell, const struct aggregate *row)
{
    bool is_fraction = !isnan(row->num) && row->den > 0;
    if (!isfinite(row->value))
        return; /* NULL: nothing is known */
    if (!asking->run->aggregated)
        add_raw(asking, cell, row->from, row->value);
    else if (is_fraction)
        keep_fraction(asking, cell, *row);
    else
        add_aggregate(asking->run, cell, *row);
}

static bool add_row(struct asking *asking, struct error *err)
{
    struct aggregate row;
    struct cell *cell;
    if (!read_time(asking, &row.from, err) || !read_number(asking, RESULT_VALUE, &row.value, err) ||
        !read_number(asking, RESULT_N, &row.n, err) ||
        !read_number(asking, RESULT_SD, &row.sd, err) ||
        !read_number(asking, RESULT_NUM, &row.num, err) ||
        !read_number(asking, RESULT_DEN, &row.den, err))
        return false;
    row.to = row.from;
    if (!passes_lens(asking, row.from))
        return true;
    if (!isnan(row.num) && row.den > 0)
        row.value = row.num / row.den;
    row.n = isnan(row.n) ? 1 : row.n;
    bool found = find_cells(asking, &cell);
    if (asking->take != NULL)
        hand_out(asking, found, cell, &row);
    else if (found)
        add(asking, cell, &row);
    return true;
}

/* ---- Formulas ---- */

const struct formula formula_sql = {
    .type = METRIC_SQL,
    .kind = SAMPLE_MEAN,
    .add = tally_add_mean,
};

static const struct formula formula_sql_share = {
    .type = METRIC_SQL,
    .kind = SAMPLE_SHARE,
    .add = tally_add_hit,
};

static const struct formula formula_sql_ratio = {
    .type = METRIC_SQL,
    .kind = SAMPLE_RATIO,
    .add = tally_add_mean,
};

static void add_fractions(struct asking *asking)
{
    struct run *run = asking->run;
    if (asking->fraction_count == 0)
        return;
    run->formula = asking->is_share ? &formula_sql_share : &formula_sql_ratio;
    for (size_t i = 0; i < asking->fraction_count; i++)
        add_aggregate(run, asking->fractions[i].cell, asking->fractions[i].aggregate);
}

/* ---- The query ---- */

static bool ask(struct asking *asking, struct error *err)
{
    enum sql_result result;
    bool good = true;
    sqlite3_reset(asking->guard.statement);
    bind_parameters(asking);
    while (good && (result = guard_step(&asking->guard, err)) == SQL_ROW)
        good = add_row(asking, err);
    return good && result == SQL_DONE;
}

static bool ask_all(struct asking *asking, struct error *err)
{
    struct run *run = asking->run;
    if (!asks(asking, PARAMETER_TOUCHPOINT))
        return ask(asking, err);
    for (size_t i = 0; i < run->cell_count; i++) {
        asking->cell = &run->cells[i];
        if (!ask(asking, err))
            return false;
    }
    return true;
}

static bool carry_out(struct asking *asking, struct error *err)
{
    const struct run *run = asking->run;
    bool good = guard_open(&asking->guard, run->survey->store, run->metric->query, err) &&
                check_parameters(asking, err) && find_columns(asking, err) &&
                settle_lens(asking, err) && ask_all(asking, err);
    guard_close(&asking->guard);
    return good;
}

bool run_read_map_query(struct run *run, struct error *err)
{
    struct asking asking = { .run = run, .is_share = true };
    bool good = carry_out(&asking, err);
    if (good)
        add_fractions(&asking);
    return good;
}

bool run_hand_out_map_query(struct run *run, struct arena *arena, query_row_taker *take, void *data,
                            struct error *err)
{
    struct asking asking = { .run = run, .arena = arena, .take = take, .data = data };
    return carry_out(&asking, err);
}
