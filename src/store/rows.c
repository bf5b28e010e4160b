/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/series.h>

#include <assert.h>
#include <inttypes.h>
#include <math.h>

#include <stellwerk/base/i18n.h>

#include "query.h"
#include "rollup_count.h"
#include "rows_query.h"
#include "run.h"

enum row_column {
    ROW_FROM,
    ROW_TO,
    ROW_VALUE,
    ROW_SCALE_MIN,
    ROW_SCALE_MAX,
    ROW_HIT,
    ROW_N,
    ROW_ACTIVITY,
    ROW_OUTCOME,
    ROW_ASPECT,
    ROW_TEXT,
    ROW_PERSONA,
    ROW_CONTEXT,
    ROW_CHANNEL,
    ROW_WHO
};

#define WORD(column) "(SELECT text FROM word WHERE id = " column ")"
#define WHO_SAYS WORD("persona") ", " WORD("context") ", " WORD("channel")

/* The rows asked for, on their way. */
struct asking {
    struct arena *arena;
    struct store *store;
    struct dictionary dictionary;
    struct query query;
    struct query_lens lens;
};

/* ---- What is asked ---- */

static bool find_word(struct asking *asking, const char *text, int64_t *out, struct error *err)
{
    return text == NULL || dictionary_number(&asking->dictionary, text, out, err);
}

static bool find_lens(struct asking *asking, const struct journey *journey, const struct lens *lens,
                      const struct series_wish *wish, struct error *err)
{
    const char *persona = lens->persona == NONE ? NULL : journey->personas[lens->persona].id;
    const char *context = lens->context == NONE ? NULL : journey->contexts[lens->context].id;
    const char *channel = wish->channel == NONE ? NULL : journey->channels[wish->channel].id;
    struct query_lens wanted = { .period = lens->period };
    return find_word(asking, persona, &wanted.persona, err) &&
           find_word(asking, context, &wanted.context, err) &&
           find_word(asking, channel, &wanted.channel, err) &&
           find_word(asking, wish->variant, &wanted.variant, err) &&
           query_settle(&asking->query, asking->store, &wanted, &asking->lens, err);
}

static void write_columns(struct str *sql, const struct query *query)
{
    const char *hit = query->hit.length > 0 ? query->hit.text : "NULL";
    const char *value = query->value.text;
    switch (query->metric->source) {
    case SOURCE_EVENT:
        str_printf(sql,
                   "ts, ts, %s, NULL, NULL, %s, 1, " WORD("activity") ", " WORD(
                       "outcome") ", NULL, NULL, " WHO_SAYS ", coalesce(case_id, person_id)",
                   value, hit);
        break;
    case SOURCE_ANSWER:
        str_printf(sql,
                   "ts, ts, %s, scale_min, scale_max, %s, 1, NULL, NULL, " WORD(
                       "aspect") ", substr(text, 1, %d), " WHO_SAYS
                                 ", coalesce(person_id, case_id, response_id)",
                   value, hit, SERIES_TEXT_MOST);
        break;
    case SOURCE_OBSERVATION:
        str_printf(sql,
                   "period_start * %" PRId64 ", (period_end + 1) * %" PRId64 " - 1, value, NULL, "
                   "NULL, NULL, n, NULL, NULL, NULL, NULL, " WHO_SAYS ", NULL",
                   TIME_US_PER_DAY, TIME_US_PER_DAY);
        break;
    }
}

static bool prepare(struct asking *asking, uint64_t first, size_t most, sqlite3_stmt **out,
                    struct error *err)
{
    const struct query *query = &asking->query;
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT ");
    write_columns(&sql, query);
    query_write_rows(&sql, query, &asking->lens);
    query_write_order(&sql, query);
    str_printf(&sql, " LIMIT %zu OFFSET %" PRIu64, most, first);
    bool good = query_prepare(&asking->query, asking->store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

static bool count_series(struct asking *asking, sqlite3_stmt *series, uint64_t *out,
                         struct error *err)
{
    struct rollup_counter counter;
    struct row_count count = { 0 };
    enum sql_result result = SQL_FAILED;
    bool good = rollup_counter_init(&counter, asking->store, query_quantity(&asking->query),
                                    asking->lens.period, err);
    while (good && (result = sql_step(asking->store, series, err)) == SQL_ROW)
        good = rollup_count(&counter, sqlite3_column_int64(series, SERIES_ID), &count, err);
    rollup_counter_finish(&counter);
    *out = count.n;
    return good && result == SQL_DONE;
}

static bool count_rolled_up(struct asking *asking, uint64_t *out, struct error *err)
{
    sqlite3_stmt *series;
    if (!query_series(&asking->query, asking->store, &asking->lens, &series, err))
        return false;
    bool good = count_series(asking, series, out, err);
    sqlite3_finalize(series);
    return good;
}

static bool count_rows(struct asking *asking, uint64_t *out, struct error *err)
{
    sqlite3_stmt *statement;
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT count(*)");
    query_write_rows(&sql, &asking->query, &asking->lens);
    bool good = query_prepare(&asking->query, asking->store, sql.text, &statement, err);
    str_finish(&sql);
    if (!good)
        return false;
    good = sql_step(asking->store, statement, err) == SQL_ROW;
    *out = good ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return good;
}

/* ---- What comes ---- */

static const char *text_or_null(struct arena *arena, sqlite3_stmt *statement, int column)
{
    bool none = sqlite3_column_type(statement, column) == SQLITE_NULL;
    return none ? NULL : arena_strdup(arena, sql_text(statement, column));
}

static enum series_hit hit_of(sqlite3_stmt *statement)
{
    if (sqlite3_column_type(statement, ROW_HIT) == SQLITE_NULL)
        return HIT_UNASKED;
    return sqlite3_column_int(statement, ROW_HIT) != 0 ? HIT_YES : HIT_NO;
}

static struct series_row row_of(struct arena *arena, sqlite3_stmt *statement)
{
    return (struct series_row){
        .from = sqlite3_column_int64(statement, ROW_FROM),
        .to = sqlite3_column_int64(statement, ROW_TO),
        .value = run_number(statement, ROW_VALUE),
        .scale_min = run_number(statement, ROW_SCALE_MIN),
        .scale_max = run_number(statement, ROW_SCALE_MAX),
        .hit = hit_of(statement),
        .n = (uint64_t)sqlite3_column_int64(statement, ROW_N),
        .sd = NAN,
        .part = NAN,
        .whole = NAN,
        .activity = text_or_null(arena, statement, ROW_ACTIVITY),
        .outcome = text_or_null(arena, statement, ROW_OUTCOME),
        .aspect = text_or_null(arena, statement, ROW_ASPECT),
        .text = text_or_null(arena, statement, ROW_TEXT),
        .persona = text_or_null(arena, statement, ROW_PERSONA),
        .context = text_or_null(arena, statement, ROW_CONTEXT),
        .channel = text_or_null(arena, statement, ROW_CHANNEL),
        .who = text_or_null(arena, statement, ROW_WHO),
    };
}

static bool read_rows(struct asking *asking, sqlite3_stmt *statement, size_t most,
                      struct series_page *out, struct error *err)
{
    enum sql_result result;
    out->rows = arena_array(asking->arena, most, sizeof(*out->rows));
    while ((result = sql_step(asking->store, statement, err)) == SQL_ROW)
        out->rows[out->count++] = row_of(asking->arena, statement);
    return result == SQL_DONE;
}

/* What is done with the rows of a query that is ready. */
typedef bool ask_taker(struct asking *asking, void *data, struct error *err);

static bool ask(struct asking *asking, const struct journey *journey, const struct lens *lens,
                const struct series_wish *wish, ask_taker *take, void *data, struct error *err)
{
    const struct metric *metric = &journey->metrics[wish->metric];
    int64_t touchpoint = WORD_NONE;
    if (!find_word(asking, journey->touchpoints[wish->touchpoint].id, &touchpoint, err) ||
        !query_init(&asking->query, asking->arena, &asking->dictionary, metric,
                    formula_find(metric), &touchpoint, 1, err))
        return false;
    bool good = query_choose_rollup(&asking->query, asking->store, err) &&
                find_lens(asking, journey, lens, wish, err) && take(asking, data, err);
    query_finish(&asking->query);
    return good;
}

static bool ask_store(struct arena *arena, struct store *store, const struct journey *journey,
                      const struct lens *lens, const struct series_wish *wish, ask_taker *take,
                      void *data, struct error *err)
{
    const struct metric *metric = &journey->metrics[wish->metric];
    struct asking asking = { .arena = arena, .store = store };
    if (metric->type == METRIC_SQL)
        return error_set(err, _("this figure comes from a query of the map, which does not say "
                                "which rows it read"));
    if (formula_find(metric) == NULL)
        return error_set(err, _("this version does not compute it"));
    dictionary_init(&asking.dictionary, store, false);
    bool good = ask(&asking, journey, lens, wish, take, data, err);
    dictionary_finish(&asking.dictionary);
    return good;
}

/* ---- A page of them ---- */

struct page_wish {
    size_t most;
    struct series_page *out;
};

static bool take_page(struct asking *asking, void *data, struct error *err)
{
    const struct page_wish *wish = data;
    sqlite3_stmt *statement = NULL;
    bool rolled_up = asking->query.rolled_up;
    bool good = (rolled_up ? count_rolled_up(asking, &wish->out->total, err)
                           : count_rows(asking, &wish->out->total, err)) &&
                prepare(asking, wish->out->first, wish->most, &statement, err) &&
                read_rows(asking, statement, wish->most, wish->out, err);
    sqlite3_finalize(statement);
    return good;
}

bool store_rows(struct arena *arena, struct store *store, const struct journey *journey,
                const struct lens *lens, const struct series_wish *wish, uint64_t first,
                size_t most, struct series_page *out, struct error *err)
{
    assert(wish->touchpoint != NONE && wish->metric != NONE && most <= SERIES_ROWS_MOST);
    *out = (struct series_page){ .first = first };
    if (journey->metrics[wish->metric].type == METRIC_SQL)
        return rows_of_query(arena, store, journey, lens, wish, first, most, out, err);
    return ask_store(arena, store, journey, lens, wish, take_page,
                     &(struct page_wish){ .most = most, .out = out }, err);
}

/* ---- How often each value came ---- */

static bool read_values(struct asking *asking, sqlite3_stmt *statement, struct series_values *out,
                        struct error *err)
{
    enum sql_result result;
    size_t capacity = 0;
    while ((result = sql_step(asking->store, statement, err)) == SQL_ROW) {
        out->bins = arena_grow(asking->arena, out->bins, out->count, &capacity, sizeof(*out->bins));
        out->bins[out->count++] = (struct bin){
            .value = run_number(statement, 0),
            .count = (uint64_t)sqlite3_column_int64(statement, 1),
        };
    }
    return result == SQL_DONE;
}

static bool take_values(struct asking *asking, void *data, struct error *err)
{
    const struct query *query = &asking->query;
    const char *value = query->value.text;
    sqlite3_stmt *statement = NULL;
    struct str sql;
    str_init(&sql);
    str_printf(&sql, "SELECT %s, count(*)", value);
    query_write_rows(&sql, query, &asking->lens);
    str_printf(&sql, " AND %s IS NOT NULL GROUP BY 1 ORDER BY 1", value);
    bool good = query_prepare(&asking->query, asking->store, sql.text, &statement, err) &&
                read_values(asking, statement, data, err);
    sqlite3_finalize(statement);
    str_finish(&sql);
    return good;
}

bool store_values(struct arena *arena, struct store *store, const struct journey *journey,
                  const struct lens *lens, const struct series_wish *wish,
                  struct series_values *out, struct error *err)
{
    assert(wish->touchpoint != NONE && wish->metric != NONE);
    assert(journey->metrics[wish->metric].source != SOURCE_OBSERVATION);
    *out = (struct series_values){ 0 };
    return ask_store(arena, store, journey, lens, wish, take_values, out, err);
}
