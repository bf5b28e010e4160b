/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/arms.h>

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include <stellwerk/base/str.h>

#include "event_places.h"
#include "query.h"

/* The numbers of the words that are asked for. */
struct arm_words {
    int64_t touchpoint, a, b;
    struct query_lens lens;
};

static bool find_words(struct dictionary *dictionary, const struct journey *journey,
                       const struct lens *lens, int touchpoint, const struct experiment *experiment,
                       struct arm_words *out, struct error *err)
{
    const char *persona = lens->persona == NONE ? NULL : journey->personas[lens->persona].id;
    const char *context = lens->context == NONE ? NULL : journey->contexts[lens->context].id;
    *out = (struct arm_words){ .lens.period = lens->period };
    return dictionary_number(dictionary, journey->touchpoints[touchpoint].id, &out->touchpoint,
                             err) &&
           dictionary_number(dictionary, experiment->a, &out->a, err) &&
           dictionary_number(dictionary, experiment->b, &out->b, err) &&
           (persona == NULL || dictionary_number(dictionary, persona, &out->lens.persona, err)) &&
           (context == NULL || dictionary_number(dictionary, context, &out->lens.context, err));
}

static void write_from(struct str *sql, enum metric_source source, const struct arm_words *words)
{
    char touchpoint[32];
    str_append(sql, " FROM ");
    if (source != SOURCE_EVENT) {
        str_append(sql, query_table(source));
        return;
    }
    snprintf(touchpoint, sizeof(touchpoint), "= %" PRId64, words->touchpoint);
    event_places_write(sql, touchpoint, words->lens.period);
}

static void write_sql(struct str *sql, enum metric_source source, const struct arm_words *words)
{
    str_append(sql, "SELECT sum(a), sum(b), sum(a AND b) FROM (");
    str_printf(sql, "SELECT max(variant = %" PRId64 ") AS a, max(variant = %" PRId64 ") AS b",
               words->a, words->b);
    write_from(sql, source, words);
    str_printf(sql, " WHERE touchpoint = %" PRId64, words->touchpoint);
    str_printf(sql, " AND variant IN (%" PRId64 ", %" PRId64 ")", words->a, words->b);
    query_add_lens(sql, &words->lens);
    str_append(sql, " GROUP BY person_id, iif(person_id IS NULL, case_id, NULL),"
                    " iif(person_id IS NULL AND case_id IS NULL, id, NULL))");
}

static bool count(struct store *store, enum metric_source source, const struct arm_words *words,
                  struct arm_customers *out, struct error *err)
{
    sqlite3_stmt *statement;
    struct str sql;
    str_init(&sql);
    write_sql(&sql, source, words);
    bool good = sql_prepare(store, sql.text, &statement, err);
    str_finish(&sql);
    if (!good)
        return false;
    good = sql_step(store, statement, err) == SQL_ROW;
    if (good)
        *out = (struct arm_customers){
            .a = (uint64_t)sqlite3_column_int64(statement, 0),
            .b = (uint64_t)sqlite3_column_int64(statement, 1),
            .both = (uint64_t)sqlite3_column_int64(statement, 2),
        };
    sqlite3_finalize(statement);
    return good;
}

bool store_arm_customers(struct store *store, const struct journey *journey,
                         const struct lens *lens, int touchpoint,
                         const struct experiment *experiment, struct arm_customers *out,
                         struct error *err)
{
    enum metric_source source = journey->metrics[experiment->metric].source;
    struct dictionary dictionary;
    struct arm_words words;
    assert(source != SOURCE_OBSERVATION);
    *out = (struct arm_customers){ 0 };
    dictionary_init(&dictionary, store, false);
    bool good = find_words(&dictionary, journey, lens, touchpoint, experiment, &words, err) &&
                count(store, source, &words, out, err);
    dictionary_finish(&dictionary);
    return good;
}
