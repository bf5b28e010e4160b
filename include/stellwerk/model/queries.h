/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Queries for a warehouse as plain data: what is asked there, and how its answer becomes rows.
 *
 * mapfile/ reads them from YAML, store/ asks them. A query is a mapping, whose columns are those of
 * its result, with the SQL beside it. Everything lives in the arena it was read into.
 */
#ifndef STELLWERK_MODEL_QUERIES_H
#define STELLWERK_MODEL_QUERIES_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/model/mapping.h>

#define QUERY_TIME_LIMIT (5 * INT64_C(60000000)) /* microseconds */
#define QUERY_ROW_LIMIT 1000000

struct warehouse_query {
    struct import_mapping mapping; /* of observations or paths; its path is that of the file */
    const char *name;              /* unique among the queries of a file */
    const char *sql;
    int64_t time_limit; /* microseconds */
    uint64_t row_limit;
    struct pos pos, name_pos, sql_pos;
};

struct warehouse_queries {
    struct warehouse_query *items; /* in the order of the file */
    size_t count;
};

#endif
