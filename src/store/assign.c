/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/unassigned.h>

#include <stdlib.h>

#include "derived.h"
#include "dictionary.h"
#include "event_index.h"
#include "event_places.h"
#include "resolver.h"
#include "sql.h"

/* An activity and where it belongs; numbers of words. */
struct belonging {
    int64_t activity, touchpoint;
};

struct assignment {
    struct store *store;
    struct arena arena;
    struct dictionary words;
    struct derived derived;
    struct belonging *items; /* in the order of activities, once all are known */
    size_t count, capacity;
    uint64_t rows;
};

/* ---- What belongs where ---- */

static int by_activity(const void *a, const void *b)
{
    const struct belonging *left = a, *right = b;
    return (left->activity > right->activity) - (left->activity < right->activity);
}

/* The SQL function touchpoint_of(activity): where it belongs; NULL: nowhere. */
static void touchpoint_of(sqlite3_context *context, int count, sqlite3_value **values)
{
    const struct assignment *assignment = sqlite3_user_data(context);
    const struct belonging wanted = { .activity = sqlite3_value_int64(values[0]) };
    (void)count;
    const struct belonging *found =
        bsearch(&wanted, assignment->items, assignment->count, sizeof(wanted), by_activity);
    if (found != NULL)
        sqlite3_result_int64(context, found->touchpoint);
}

static int define_touchpoint_of(struct assignment *assignment, bool defined)
{
    return sqlite3_create_function_v2(assignment->store->db, "touchpoint_of", 1,
                                      SQLITE_UTF8 | SQLITE_DIRECTONLY | SQLITE_DETERMINISTIC,
                                      assignment, defined ? touchpoint_of : NULL, NULL, NULL, NULL);
}

static bool add_belonging(struct assignment *assignment, const char *activity,
                          const char *touchpoint, struct error *err)
{
    struct belonging item;
    if (!dictionary_number(&assignment->words, activity, &item.activity, err) ||
        !dictionary_number(&assignment->words, touchpoint, &item.touchpoint, err))
        return false;
    assignment->items = arena_grow(&assignment->arena, assignment->items, assignment->count,
                                   &assignment->capacity, sizeof(item));
    assignment->items[assignment->count++] = item;
    return true;
}

static bool find_belongings(struct assignment *assignment, const struct journey *journey,
                            struct error *err)
{
    struct unassigned_list list;
    struct resolver resolver;
    if (!store_unassigned(&assignment->arena, assignment->store, NULL, &list, err))
        return false;
    bool good = true;
    resolver_init(&resolver, &assignment->arena, NULL, journey, false, NULL);
    for (size_t i = 0; good && i < list.count + list.left_out; i++) {
        const char *id = resolver_find(&resolver, COLUMN_TOUCHPOINT, list.items[i].activity);
        good = id == NULL || add_belonging(assignment, list.items[i].activity, id, err);
    }
    resolver_finish(&resolver);
    if (assignment->count > 0)
        qsort(assignment->items, assignment->count, sizeof(*assignment->items), by_activity);
    return good;
}

/* ---- Rows ---- */

/* Rows that are on no touchpoint, or were when this began. */
#define OFF_MAP "id IN (SELECT row FROM " EVENT_PLACE_TABLE " WHERE at_touchpoint = 0)"

#define TO_MOVE OFF_MAP " AND touchpoint IS NULL AND touchpoint_of(activity) IS NOT NULL"
#define MOVED OFF_MAP " AND touchpoint = touchpoint_of(activity)"

static bool move_rows(struct assignment *assignment, struct error *err)
{
    struct store *store = assignment->store;
    if (!derived_touch_rows(&assignment->derived, TO_MOVE, err) ||
        !sql_run(store, "UPDATE event SET touchpoint = touchpoint_of(activity) WHERE " TO_MOVE,
                 err))
        return false;
    assignment->rows = (uint64_t)sqlite3_changes64(store->db);
    return derived_touch_rows(&assignment->derived, MOVED, err) &&
           event_index_add_places(store, MOVED, err);
}

static bool assign_all(struct assignment *assignment, struct error *err)
{
    struct store *store = assignment->store;
    if (assignment->count == 0)
        return true;
    if (define_touchpoint_of(assignment, true) != SQLITE_OK)
        return sql_fail(store, err);
    bool done = derived_open(&assignment->derived, store, IMPORT_EVENTS, err) &&
                derived_begin(&assignment->derived, err) && move_rows(assignment, err);
    derived_close(&assignment->derived);
    define_touchpoint_of(assignment, false);
    return done && derived_refresh(store, IMPORT_EVENTS, false, err);
}

static bool assign_and_commit(struct assignment *assignment, const struct journey *journey,
                              struct error *err)
{
    struct store *store = assignment->store;
    if (!sql_run(store, "BEGIN IMMEDIATE", err))
        return false;
    if (find_belongings(assignment, journey, err) && assign_all(assignment, err) &&
        sql_run(store, "COMMIT", err))
        return true;
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool store_assign(struct store *store, const struct journey *journey, uint64_t *rows,
                  struct error *err)
{
    struct assignment assignment = { .store = store };
    arena_init(&assignment.arena);
    dictionary_init(&assignment.words, store, true);
    bool done = assign_and_commit(&assignment, journey, err);
    *rows = done ? assignment.rows : 0;
    dictionary_finish(&assignment.words);
    arena_finish(&assignment.arena);
    return done;
}
