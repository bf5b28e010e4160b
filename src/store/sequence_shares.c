/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_shares.h"

#include <stellwerk/base/thread.h>

#define PARTS_WORTH_A_THREAD 8

struct share {
    struct store *store;
    share_reader *read;
    void *data;
    struct run_span span;
    bool done;
    struct error err;
};

static void init_share(struct share *share, const struct sequence_shares *shares, size_t index,
                       struct store *store)
{
    const uint64_t width = UINT64_MAX / shares->count;
    *share = (struct share){
        .store = store,
        .read = shares->read,
        .data = shares->data[index],
        .span = RUNS_ALL,
    };
    share->span.low = index > 0 ? index * width + 1 : 0;
    share->span.high = index + 1 < shares->count ? (index + 1) * width : UINT64_MAX;
    error_init(&share->err);
}

static void *read_share(void *data)
{
    struct share *share = data;
    share->done = share->read(share->data, share->store, &share->span, &share->err);
    return NULL;
}

/* ---- The second connection ---- */

static bool is_worth_it(struct store *store)
{
    int64_t parts;
    return sql_integer(store, "SELECT count(*) FROM sequence_part WHERE part >= 0", 0, &parts,
                       NULL) &&
           parts >= PARTS_WORTH_A_THREAD;
}

/* Until its transaction ends, nobody commits: who begins to read now sees what it sees. */
static struct store *begin_beside(struct store *store)
{
    struct store *twin = is_worth_it(store) ? sql_twin(store) : NULL;
    int64_t runs;
    if (twin == NULL || !sql_run(twin, "BEGIN", NULL))
        return NULL;
    if (sql_integer(twin, "SELECT count(*) FROM sequence_run", 0, &runs, NULL))
        return twin;
    sqlite3_exec(twin->db, "ROLLBACK", NULL, NULL, NULL);
    return NULL;
}

static void end_beside(struct store *twin)
{
    if (twin != NULL)
        sqlite3_exec(twin->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- Reading ---- */

static void read_both(struct share shares[SEQUENCE_SHARES], struct store *store)
{
    pthread_t thread;
    bool beside = shares[1].store != store && thread_start(&thread, read_share, &shares[1]) == 0;
    read_share(&shares[0]);
    if (beside) {
        pthread_join(thread, NULL);
        return;
    }
    shares[1].store = store;
    if (shares[0].done)
        read_share(&shares[1]);
}

static bool tell(struct share *share, struct store *store, struct error *err)
{
    if (share->done)
        return true;
    store->stopped |= share->store->stopped;
    return error_set(err, "%s", share->err.text);
}

static bool read_in_shares(const struct sequence_shares *shares, struct store *store,
                           struct error *err)
{
    struct share both[SEQUENCE_SHARES];
    struct store *twin = begin_beside(store);
    init_share(&both[0], shares, 0, store);
    init_share(&both[1], shares, 1, twin != NULL ? twin : store);
    read_both(both, store);
    bool done = tell(&both[0], store, err) && tell(&both[1], store, err);
    end_beside(twin);
    return done;
}

bool sequence_shares_read(const struct sequence_shares *shares, struct store *store,
                          struct error *err)
{
    struct share all;
    if (shares->count > 1)
        return read_in_shares(shares, store, err);
    init_share(&all, shares, 0, store);
    read_share(&all);
    return tell(&all, store, err);
}
