/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "schema.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>

#include "event_index.h"
#include "sql.h"

/* What older versions had and this one has not. */
static const char *const gone[] = { "answer_by_metric", "event_by_touchpoint", "event_off_map" };

/* Tables that follow from the rows, and that were others before this version. */
#define FOLLOWED_SINCE 5
static const char *const followed[] = {
    "rollup_bins",   "rollup",           "rollup_stale",   "series",
    "sequence_part", "sequence_run",     "sequence_stand", "sequence_stale",
    "derived",       "rollup_span_bins", "rollup_span",    "rollup_span_stale",
};

#define EVENT_COLUMNS                                                                              \
    "id, ts, touchpoint, activity, persona, context, value, outcome, channel, person_id, case_id," \
    " session_id, owner, currency, cost, campaign, source, medium, variant, event_id, batch, key"

/* Up to version 5 SQLite saw to it that no key came twice. */
static const char events_again[] = "INSERT INTO event (" EVENT_COLUMNS ", cut)"
                                   " SELECT " EVENT_COLUMNS ", cut FROM event_before ORDER BY id";

/* Version 1 knew no cut cases (cut.h); an event without a case waits to be cut. */
static const char events_to_cut[] =
    "INSERT INTO event (" EVENT_COLUMNS ", cut)"
    " SELECT " EVENT_COLUMNS ", case_id IS NULL FROM event_before ORDER BY id";

static bool is_table(const struct schema_object *object)
{
    return strcmp(object->type, "table") == 0;
}

static bool drop(struct store *store, const char *type, const char *name, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql, "DROP %s IF EXISTS %s", type, name);
    bool done = sql_run(store, sql.text, err);
    str_finish(&sql);
    return done;
}

/* Tables cannot be changed while a view reads them. */
static bool drop_views_and_indexes(struct store *store, struct error *err)
{
    struct schema_object object;
    for (size_t i = 0; i < ARRAY_LEN(gone); i++)
        if (!drop(store, "index", gone[i], err))
            return false;
    for (size_t i = 0; schema_object(i, &object); i++)
        if (!is_table(&object) && !drop(store, object.type, object.name, err))
            return false;
    return true;
}

static bool drop_followed(struct store *store, struct error *err)
{
    for (size_t i = 0; i < ARRAY_LEN(followed); i++)
        if (!drop(store, "table", followed[i], err))
            return false;
    return true;
}

static bool create_missing(struct store *store, struct error *err)
{
    struct schema_object object;
    for (size_t i = 0; schema_object(i, &object); i++) {
        bool there;
        if (!schema_has(store, &object, &there, err) ||
            (!there && !sql_run(store, object.sql, err)))
            return false;
    }
    return true;
}

bool schema_upgrade(struct store *store, int from, struct error *err)
{
    return drop_views_and_indexes(store, err) &&
           (from >= FOLLOWED_SINCE || drop_followed(store, err)) &&
           sql_run(store, "ALTER TABLE event RENAME TO event_before", err) &&
           create_missing(store, err) &&
           sql_run(store, from == 1 ? events_to_cut : events_again, err) &&
           sql_run(store, "DROP TABLE event_before", err) && event_index_rebuild(store, err) &&
           schema_mark(store, err);
}

bool schema_repair(struct store *store, struct error *err)
{
    struct schema_object object;
    for (size_t i = 0; schema_object(i, &object); i++) {
        bool same;
        if (is_table(&object))
            continue;
        if (!schema_has(store, &object, &same, err) ||
            (!same && !drop(store, object.type, object.name, err)))
            return false;
    }
    return create_missing(store, err);
}
