/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_count.h"

#include <stellwerk/base/time.h>

#include "days.h"

/* Months that a period reaches into; one that is open ends behind all of them. */
static int32_t month_of(int32_t day)
{
    int of_month;
    bool open = day == INT32_MIN || day == INT32_MAX;
    return open ? day : month_of_day(day, &of_month);
}

bool rollup_counter_init(struct rollup_counter *counter, struct store *store,
                         enum rollup_quantity quantity, struct period period, struct error *err)
{
    *counter = (struct rollup_counter){ .store = store, .quantity = quantity, .period = period };
    if (!sql_prepare(store,
                     "SELECT month, days FROM rollup WHERE series = ?1 AND quantity = ?2"
                     " AND month BETWEEN ?3 AND ?4",
                     &counter->months, err))
        return false;
    sqlite3_bind_int(counter->months, 2, (int)quantity);
    sqlite3_bind_int(counter->months, 3, month_of(period.first));
    sqlite3_bind_int(counter->months, 4, month_of(period.last));
    return true;
}

void rollup_counter_finish(struct rollup_counter *counter)
{
    sqlite3_finalize(counter->months);
}

static bool add_month(const struct rollup_counter *counter, struct row_count *out,
                      struct error *err)
{
    sqlite3_stmt *row = counter->months;
    struct day_total total;
    int32_t first = month_first_day(sqlite3_column_int(row, 0));
    struct bytes days = { .at = sqlite3_column_blob(row, 1),
                          .length = (size_t)sqlite3_column_bytes(row, 1) };
    uint32_t wanted = days_between(first, counter->period.first, counter->period.last);
    if (!days_read(days, counter->quantity != ROLLUP_ROWS, wanted, &total))
        return rollup_damaged(counter->store, err);
    if (total.n == 0)
        return true;
    int64_t start = first * TIME_US_PER_DAY;
    if (out->n == 0 || start + total.oldest < out->oldest)
        out->oldest = start + total.oldest;
    if (out->n == 0 || start + total.newest > out->newest)
        out->newest = start + total.newest;
    out->n += total.n;
    return true;
}

bool rollup_count(struct rollup_counter *counter, int64_t series, struct row_count *out,
                  struct error *err)
{
    enum sql_result result;
    bool good = true;
    sqlite3_bind_int64(counter->months, 1, series);
    while (good && (result = sql_step(counter->store, counter->months, err)) == SQL_ROW)
        good = add_month(counter, out, err);
    sqlite3_reset(counter->months);
    return good && result == SQL_DONE;
}
