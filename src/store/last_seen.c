/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "last_seen.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>

#include "cut.h"

/* Some 30 MB; who comes back after so many others is asked of the database again. */
#define PERSONS_REMEMBERED (1u << 18)

#define NEVER INT64_MIN
#define TO_CUT INT64_MAX /* no event comes behind it, so none gets a case here */

/* The last event; NULL for its case where that, or another one of the person, is to be cut. */
static const char find_sql[] =
    "SELECT ts, iif(EXISTS (SELECT 1 FROM event WHERE cut = 1 AND case_id IS NULL"
    " AND person_id = ?1), NULL, case_id) FROM event WHERE cut = 1 AND person_id = ?1"
    " ORDER BY ts DESC LIMIT 1";

static void forget_all(struct last_seen *seen)
{
    textmap_finish(&seen->persons);
    textmap_init(&seen->persons);
    seen->at = NULL;
}

void last_seen_init(struct last_seen *seen, struct store *store)
{
    *seen = (struct last_seen){ .store = store };
    textmap_init(&seen->persons);
    str_init(&seen->name);
}

void last_seen_finish(struct last_seen *seen)
{
    sqlite3_finalize(seen->find);
    textmap_finish(&seen->persons);
    str_finish(&seen->name);
    free(seen->items);
    seen->items = NULL;
}

void last_seen_begin(struct last_seen *seen)
{
    uint64_t version = store_changes(seen->store);
    if (version != seen->version)
        forget_all(seen);
    seen->version = version;
}

/* What the store knows of a person. */
static bool look_up(struct last_seen *seen, const char *person, struct seen *out,
                    struct error *err)
{
    *out = (struct seen){ .last = NEVER };
    if (seen->find == NULL && !sql_prepare(seen->store, find_sql, &seen->find, err))
        return false;
    sqlite3_bind_text(seen->find, 1, person, -1, SQLITE_STATIC);
    enum sql_result result = sql_step(seen->store, seen->find, err);
    if (result == SQL_ROW) {
        const char *at = strrchr(sql_text(seen->find, 1), '@');
        bool cut = at != NULL && time_parse_iso(at + 1, &out->start);
        out->last = cut ? sqlite3_column_int64(seen->find, 0) : TO_CUT;
    }
    sqlite3_reset(seen->find);
    return result != SQL_FAILED;
}

static void remember(struct last_seen *seen, size_t place, struct seen known)
{
    if (place == seen->capacity) {
        seen->capacity = seen->capacity > 0 ? memory_product(seen->capacity, 2) : 1024;
        seen->items = memory_resize(seen->items, memory_product(seen->capacity, sizeof(known)));
    }
    seen->items[place] = known;
}

static bool find(struct last_seen *seen, const char *person, struct error *err)
{
    struct seen known;
    const int64_t *place = textmap_find(&seen->persons, person);
    if (place != NULL) {
        seen->at = &seen->items[*place];
        return true;
    }
    if (!look_up(seen, person, &known, err))
        return false;
    if (seen->persons.count == PERSONS_REMEMBERED)
        forget_all(seen);
    size_t next = seen->persons.count;
    textmap_get(&seen->persons, person, (int64_t)next);
    remember(seen, next, known);
    seen->at = &seen->items[next];
    return true;
}

bool last_seen_case(struct last_seen *seen, const char *person, int64_t ts, const char **out,
                    struct error *err)
{
    *out = NULL;
    if (!find(seen, person, err))
        return false;
    struct seen *at = seen->at;
    if (ts < at->last) {
        seen->next = (struct seen){ .last = TO_CUT };
        return true;
    }
    bool goes_on = at->last != NEVER && ts - at->last <= seen->window;
    seen->next = (struct seen){ .last = ts, .start = goes_on ? at->start : ts };
    cut_name(&seen->name, person, seen->next.start);
    *out = seen->name.text;
    return true;
}

void last_seen_take(struct last_seen *seen)
{
    *seen->at = seen->next;
}

void last_seen_forget(struct last_seen *seen, const char *person)
{
    const int64_t *place = textmap_find(&seen->persons, person);
    if (place != NULL)
        seen->items[*place].last = TO_CUT;
}
