/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_cases.h"

#include <stellwerk/base/time.h>

#include "sequence_log.h"
#include "sequence_shares.h"

/* What a stand is to the metric. */
struct standing {
    int64_t context; /* word; 0: none */
    uint32_t place;  /* as of a case_row */
    unsigned sides;
};

struct standings { /* by number */
    struct standing *items;
    size_t count;
};

static bool read_standings(struct run *run, struct query *query, struct standings *out,
                           struct error *err)
{
    struct store *store = run->survey->store;
    sqlite3_stmt *list;
    int64_t most;
    enum sql_result result;
    *out = (struct standings){ 0 };
    if (!sql_integer(store, "SELECT max(id) FROM sequence_stand", 0, &most, err) ||
        !query_stands(query, store, &run->lens, &list, err))
        return false;
    out->count = most > 0 && most <= (int64_t)SEQUENCE_STANDS ? (size_t)most + 1 : 0;
    out->items = arena_array(&run->scratch, out->count, sizeof(*out->items));
    while ((result = sql_step(store, list, err)) == SQL_ROW) {
        int64_t number = sqlite3_column_int64(list, STAND_NUMBER);
        if (number <= 0 || (uint64_t)number >= out->count)
            continue; /* the file may be anybody's */
        out->items[number] = (struct standing){
            .place = case_place(run, sqlite3_column_int64(list, STAND_TOUCHPOINT)),
            .context = sqlite3_column_int64(list, STAND_CONTEXT),
            .sides = (sqlite3_column_int(list, STAND_A) != 0 ? SIDE_A : 0u) |
                     (sqlite3_column_int(list, STAND_B) != 0 ? SIDE_B : 0u),
        };
    }
    sqlite3_finalize(list);
    return result == SQL_DONE;
}

/* Who takes a share of the cases. */
struct share_taker {
    struct case_taker taker;
    const struct standings *standings;
};

/* Events of the sides at issue are those of the lens's period. */
static unsigned sides_of(const struct run *run, const struct standing *standing, int64_t ts)
{
    const struct period *period = &run->lens.period;
    bool always = period->first == INT32_MIN && period->last == INT32_MAX;
    if (standing->sides == 0 || always)
        return standing->sides;
    int64_t day = time_day(ts);
    bool inside = day >= period->first && day <= period->last;
    return inside ? standing->sides : standing->sides & ~run->formula->at_touchpoint;
}

static void take_case(struct share_taker *share, const struct case_events *events)
{
    struct case_taker *taker = &share->taker;
    case_taker_make_room(taker, events->count);
    for (size_t i = 0; i < events->count; i++) {
        const struct case_event *event = &events->events[i];
        if (event->stand >= share->standings->count)
            continue;
        const struct standing *standing = &share->standings->items[event->stand];
        unsigned sides = sides_of(taker->run, standing, event->ts);
        if (sides != 0)
            taker->rows[taker->count++] = (struct case_row){
                .ts = case_sane_time(event->ts),
                .place = standing->place,
                .context = standing->context,
                .sides = sides,
                .a_value = 1,
                .b_value = 1,
            };
    }
    case_taker_judge(taker);
}

/* A cancel is heard from part to part: one that came within the last part is heard behind it. */
static bool read_share(void *data, struct store *store, const struct run_span *span,
                       struct error *err)
{
    struct runs_reader runs;
    const struct case_events *events;
    bool good;
    if (!runs_open(&runs, store, span, err))
        return false;
    while ((good = runs_next(&runs, &events, err)) && events != NULL)
        take_case(data, events);
    runs_close(&runs);
    return good && sql_go_on(store, err);
}

/* Cells take their rows in one order, counts in any. */
static bool read_shares(struct run *run, const struct query *query,
                        const struct standings *standings, struct error *err)
{
    struct share_taker takers[SEQUENCE_SHARES];
    struct sequence_shares shares = {
        .read = read_share,
        .count = case_counts_suffice(run) ? SEQUENCE_SHARES : 1,
    };
    for (size_t i = 0; i < shares.count; i++) {
        takers[i].standings = standings;
        case_taker_init(&takers[i].taker, run, query);
        shares.data[i] = &takers[i];
    }
    bool good = sequence_shares_read(&shares, run->survey->store, err);
    for (size_t i = 1; i < shares.count; i++) {
        case_counts_join(&takers[0].taker.counts, &takers[i].taker.counts);
        case_taker_finish(&takers[i].taker);
    }
    if (good)
        case_taker_tell(&takers[0].taker);
    case_taker_finish(&takers[0].taker);
    return good;
}

/* In one transaction, which is one state of the store. */
bool run_read_sequences(struct run *run, struct query *query, struct error *err)
{
    struct store *store = run->survey->store;
    struct standings standings;
    if (!sql_run(store, "BEGIN", err))
        return false;
    bool good =
        read_standings(run, query, &standings, err) && read_shares(run, query, &standings, err);
    sqlite3_exec(store->db, good ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
    return good;
}
