/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/cases.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/model/anchors.h>

#include "case_answers.h"
#include "run.h"
#include "sequence_code.h"

/* Of one answer, as of a figure that has no other: what its formula makes of it. */
double case_answer_score(const struct metric *metric, const struct formula *formula,
                         const struct metric_row *row)
{
    struct arena scratch = { 0 };
    struct tally tally = { 0 };
    double score = NAN;
    tally_add(&tally, formula, metric, row, &scratch);
    tally_close(&tally);
    if (tally.scores.n > 0) {
        score = tally.scores.mean;
    } else if (tally.unscaled == 0) {
        struct anchors anchors = row->anchors.count > 0 ? row->anchors : formula->natural;
        bool whole = formula->kind == SAMPLE_SHARE || formula->kind == SAMPLE_BALANCE ||
                     formula->kind == SAMPLE_APDEX;
        if (whole && anchors.count > 0)
            score = anchors_score(anchors, tally_value(&tally, formula->kind, metric));
    }
    arena_finish(&scratch);
    return score;
}

/* Answers to one metric, on their way. */
struct asking {
    struct arena *arena;
    struct store *store;
    const struct journey *journey;
    struct dictionary dictionary;
    struct case_scores *out;
    size_t capacity;
};

enum { TS, VALUE, HIT, SCALE_MIN, SCALE_MAX, CONTEXT, CASE_ID, PERSON_ID };

static struct anchors anchors_of(const struct asking *asking, const struct metric *metric,
                                 const char *context)
{
    int found = *context != '\0' ? journey_find_context(asking->journey, context) : NONE;
    return metric_anchors(metric, found);
}

static void add_answer(struct asking *asking, const struct query *query, sqlite3_stmt *row)
{
    struct case_scores *out = asking->out;
    bool has_case = sqlite3_column_type(row, CASE_ID) != SQLITE_NULL;
    const struct metric_row answer = {
        .ts = sqlite3_column_int64(row, TS),
        .until = sqlite3_column_int64(row, TS),
        .count = 1,
        .weight = 1,
        .value = run_number(row, VALUE),
        .hit = sqlite3_column_int(row, HIT) != 0,
        .scale_min = run_number(row, SCALE_MIN),
        .scale_max = run_number(row, SCALE_MAX),
        .anchors = anchors_of(asking, query->metric, sql_text(row, CONTEXT)),
    };
    if (query->formula->needs_value && !isfinite(answer.value))
        return;
    double score = case_answer_score(query->metric, query->formula, &answer);
    if (isnan(score))
        return;
    if (out->count >= CASE_SCORES_MOST) {
        out->left_out++;
        return;
    }
    out->items =
        arena_grow(asking->arena, out->items, out->count, &asking->capacity, sizeof(*out->items));
    out->items[out->count++] = (struct case_score){
        .key = case_digest(has_case ? sql_text(row, CASE_ID) : NULL,
                           has_case ? NULL : sql_text(row, PERSON_ID)),
        .ts = answer.ts,
        .score = score,
    };
}

static bool read_answers(struct asking *asking, struct query *query, struct error *err)
{
    const struct query_lens everybody = { .period = period_containing(PERIOD_ALL, 0) };
    sqlite3_stmt *rows;
    enum sql_result result = SQL_DONE;
    struct str sql;
    str_init(&sql);
    str_printf(&sql,
               "SELECT ts, %s, %s, scale_min, scale_max,"
               " (SELECT text FROM word WHERE id = context), case_id, person_id",
               query->value.text, query->hit.length > 0 ? query->hit.text : "NULL");
    query_write_rows(&sql, query, &everybody);
    str_append(&sql, " AND coalesce(case_id, person_id) IS NOT NULL");
    bool good = query_prepare(query, asking->store, sql.text, &rows, err);
    str_finish(&sql);
    if (!good)
        return false;
    while ((result = sql_step(asking->store, rows, err)) == SQL_ROW)
        add_answer(asking, query, rows);
    sqlite3_finalize(rows);
    return result == SQL_DONE;
}

/* Words of the touchpoints that a metric is measured at. */
static bool list_touchpoints(struct asking *asking, int metric, int64_t *words, size_t *count,
                             struct error *err)
{
    *count = 0;
    for (size_t i = 0; i < asking->journey->touchpoint_count; i++) {
        const struct touchpoint *touchpoint = &asking->journey->touchpoints[i];
        for (size_t k = 0; k < touchpoint->metrics.count; k++) {
            if (touchpoint->metrics.items[k] != metric)
                continue;
            if (!dictionary_number(&asking->dictionary, touchpoint->id, &words[*count], err))
                return false;
            *count += words[*count] != WORD_NONE;
        }
    }
    return true;
}

static bool read_metric(struct asking *asking, int index, struct error *err)
{
    const struct metric *metric = &asking->journey->metrics[index];
    const struct formula *formula = formula_find(metric);
    struct arena scratch = { 0 };
    int64_t *words = arena_array(&scratch, asking->journey->touchpoint_count + 1, sizeof(*words));
    struct query query;
    size_t count;
    bool asks = metric->source == SOURCE_ANSWER && metric->type != METRIC_SQL && formula != NULL &&
                !query_is_of_cases(metric, formula);
    bool good = !asks || list_touchpoints(asking, index, words, &count, err);
    if (good && asks && count > 0) {
        struct error unmet;
        error_init(&unmet);
        /* A metric that asks for what this store does not have is told of by its figure. */
        if (query_init(&query, &scratch, &asking->dictionary, metric, formula, words, count,
                       &unmet)) {
            good = read_answers(asking, &query, err);
            query_finish(&query);
        }
    }
    arena_finish(&scratch);
    return good;
}

static int compare_scores(const void *left, const void *right)
{
    const struct case_score *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->ts > b->ts) - (a->ts < b->ts);
}

bool store_case_scores_read(struct arena *arena, struct store *store, const struct journey *journey,
                            struct case_scores *out, struct error *err)
{
    struct asking asking = { .arena = arena, .store = store, .journey = journey, .out = out };
    bool good = true;
    *out = (struct case_scores){ 0 };
    dictionary_init(&asking.dictionary, store, false);
    for (size_t i = 0; good && i < journey->metric_count; i++)
        good = read_metric(&asking, (int)i, err);
    dictionary_finish(&asking.dictionary);
    if (out->count > 0)
        qsort(out->items, out->count, sizeof(*out->items), compare_scores);
    return good;
}
