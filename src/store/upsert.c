/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upsert.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/array.h>

static const char *table_of(enum import_as as)
{
    static const char *const tables[] = {
        [IMPORT_EVENTS] = "event",
        [IMPORT_ANSWERS] = "answer",
        [IMPORT_OBSERVATIONS] = "observation",
        [IMPORT_PATHS] = "path",
    };
    return tables[as];
}

static const char *const names[] = {
    [UPSERT_ID] = "id",       [UPSERT_KEY] = "key",
    [UPSERT_BATCH] = "batch", [UPSERT_LOADED_AT] = "loaded_at",
    [UPSERT_CUT] = "cut",
};

static_assert(ARRAY_LEN(names) == UPSERT_CELLS);

void upsert_write_columns(struct str *out)
{
    for (int i = 0; i < UPSERT_CELLS; i++)
        str_printf(out, "%s%s", i > 0 ? ", " : "", names[i]);
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        str_printf(out, ", %s", column_info(i)->name);
}

int upsert_column(enum import_as as, const char *name)
{
    for (int i = 0; i < UPSERT_CELLS; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return UPSERT_CELLS + (int)column_find(name, as);
}

/* Appends a piece of SQL for each of the columns, and a separator between them. */
static void each_column(struct str *sql, enum import_as as, column_set columns,
                        const char *separator,
                        void (*piece)(struct str *sql, enum import_as as, enum column column))
{
    const char *before = "";
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        if ((columns & column_bit(i)) == 0)
            continue;
        str_append(sql, before);
        piece(sql, as, i);
        before = separator;
    }
}

static void name_piece(struct str *sql, enum import_as as, enum column column)
{
    (void)as;
    str_append(sql, column_info(column)->name);
}

static bool is_case(enum import_as as, enum column column)
{
    return as == IMPORT_EVENTS && column == COLUMN_CASE_ID;
}

static bool is_counted(enum import_as as)
{
    return as == IMPORT_OBSERVATIONS || as == IMPORT_PATHS;
}

column_set upsert_columns(enum import_as as)
{
    return is_counted(as) ? column_all(as) : 0;
}

/* The case that was cut for another person is to be cut anew. */
static void update_piece(struct str *sql, enum import_as as, enum column column)
{
    const char *name = column_info(column)->name;
    if (is_counted(as))
        str_printf(sql, "%s = excluded.%s", name, name);
    else if (is_case(as, column))
        str_append(sql, "case_id = iif(excluded.cut = 0, excluded.case_id, iif(cut = 1 AND"
                        " excluded.person_id IS NOT person_id, NULL, case_id))");
    else
        str_printf(sql, "%s = coalesce(excluded.%s, %s)", name, name, name);
}

/* What makes a row that comes again say something new. */
static void difference_piece(struct str *sql, enum import_as as, enum column column)
{
    const char *name = column_info(column)->name, *table = table_of(as);
    if (is_counted(as))
        str_printf(sql, "excluded.%s IS NOT %s.%s", name, table, name);
    else if (is_case(as, column)) /* one that is cut is no news */
        str_printf(sql,
                   "(excluded.cut IS NOT 1 AND excluded.%s IS NOT NULL"
                   " AND excluded.%s IS NOT %s.%s)",
                   name, name, table, name);
    else
        str_printf(sql, "(excluded.%s IS NOT NULL AND excluded.%s IS NOT %s.%s)", name, name, table,
                   name);
}

static void write_met(struct str *sql, enum import_as as, column_set columns)
{
    str_append(sql, "met(");
    each_column(sql, as, columns, " OR ", difference_piece);
    str_append(sql, ")");
}

static void write_names(struct str *sql, enum import_as as, column_set columns)
{
    bool observed = as == IMPORT_OBSERVATIONS, event = as == IMPORT_EVENTS;
    str_printf(sql, "%skey, batch, %s%s", event ? "id, " : "", observed ? "loaded_at, " : "",
               event ? "cut, " : "");
    each_column(sql, as, columns, ", ", name_piece);
}

/* What a row that comes again has in common with the one in the store. */
static const char *identity_of(enum import_as as)
{
    return as == IMPORT_EVENTS ? "id" : "key";
}

/* Without WHERE, ON would belong to a join. */
void upsert_write(struct str *sql, enum import_as as, column_set columns)
{
    str_printf(sql, "INSERT INTO %s (", table_of(as));
    write_names(sql, as, columns);
    str_append(sql, ") SELECT ");
    write_names(sql, as, columns);
    str_printf(sql, " FROM incoming WHERE true ON CONFLICT (%s) DO UPDATE SET ", identity_of(as));
    if (is_counted(as))
        str_append(sql, "batch = excluded.batch, ");
    else
        str_append(sql, "batch = leave(batch, touchpoint, ts, person_id, case_id), ");
    if (as == IMPORT_OBSERVATIONS)
        str_append(sql, "loaded_at = excluded.loaded_at, ");
    if (as == IMPORT_EVENTS)
        str_append(sql, "cut = keep_cut(cut, person_id, excluded.person_id, excluded.cut), ");
    each_column(sql, as, columns, ", ", update_piece);
    str_append(sql, " WHERE ");
    write_met(sql, as, columns);
}

void upsert_write_comparison(struct str *sql, enum import_as as, column_set columns)
{
    const char *table = table_of(as), *identity = identity_of(as);
    str_append(sql, "SELECT ");
    write_met(sql, as, columns);
    str_printf(sql, " FROM incoming AS excluded CROSS JOIN %s ON %s.%s = excluded.%s", table, table,
               identity, identity);
}
