/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "schema.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/array.h>

#define WORD_TEXT(column) "(SELECT text FROM word WHERE id = " column ")"
#define INSTANT_TEXT(column) "strftime('%Y-%m-%dT%H:%M:%fZ', " column " / 1e6, 'unixepoch')"
#define DAY_TEXT(column) "date(" column " * 86400, 'unixepoch')"

/*
 * Events are the most by far, and have indexes of their own making (event_index.h). Those without a
 * case of their own (cut.h) are in two more, which are small or empty where a source has cases.
 *
 * Tables of long blobs have rowids: without, SQLite would read whole blobs to find its way among
 * them.
 *
 * What figures ask for stands first in each row, as SQLite reads a row only as far as it must.
 * Figures of rows come from the rollups (rollup.h) and need no index; who asks for the rows
 * themselves asks for those of a touchpoint, by time.
 */
static const struct schema_object schema[] = {
    {
        .name = "word",
        .type = "table",
        .sql = "CREATE TABLE word (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    text TEXT NOT NULL UNIQUE\n"
               ") STRICT",
    },
    {
        .name = "batch",
        .type = "table",
        .sql = "CREATE TABLE batch (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    file TEXT NOT NULL,\n"
               "    kind TEXT NOT NULL,\n"
               "    preset TEXT,\n"
               "    mapping TEXT,\n"
               "    digest BLOB,\n"
               "    started INTEGER NOT NULL,\n"
               "    complete INTEGER NOT NULL,\n"
               "    records INTEGER NOT NULL,\n"
               "    taken INTEGER NOT NULL,\n"
               "    updated INTEGER NOT NULL,\n"
               "    duplicates INTEGER NOT NULL,\n"
               "    rejected INTEGER NOT NULL,\n"
               "    missing INTEGER NOT NULL,\n"
               "    oldest INTEGER,\n"
               "    newest INTEGER,\n"
               "    version TEXT NOT NULL\n"
               ") STRICT",
    },
    {
        .name = "event",
        .type = "table",
        .sql = "CREATE TABLE event (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    ts INTEGER NOT NULL,\n"
               "    touchpoint INTEGER REFERENCES word,\n"
               "    activity INTEGER NOT NULL REFERENCES word,\n"
               "    persona INTEGER REFERENCES word,\n"
               "    context INTEGER REFERENCES word,\n"
               "    value REAL,\n"
               "    outcome INTEGER REFERENCES word,\n"
               "    channel INTEGER REFERENCES word,\n"
               "    person_id TEXT,\n"
               "    case_id TEXT,\n"
               "    session_id TEXT,\n"
               "    owner INTEGER REFERENCES word,\n"
               "    currency INTEGER REFERENCES word,\n"
               "    cost REAL,\n"
               "    campaign INTEGER REFERENCES word,\n"
               "    source INTEGER REFERENCES word,\n"
               "    medium INTEGER REFERENCES word,\n"
               "    variant INTEGER REFERENCES word,\n"
               "    event_id TEXT,\n"
               "    cut INTEGER NOT NULL,\n"
               "    batch INTEGER NOT NULL REFERENCES batch,\n"
               "    key BLOB NOT NULL,\n"
               "    CHECK (person_id IS NOT NULL OR case_id IS NOT NULL)\n"
               ") STRICT",
    },
    {
        .name = "index_run",
        .type = "table",
        .sql = "CREATE TABLE index_run (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    name TEXT NOT NULL,\n"
               "    level INTEGER NOT NULL,\n"
               "    entries INTEGER NOT NULL,\n"
               "    first BLOB NOT NULL,\n"
               "    last BLOB NOT NULL\n"
               ") STRICT",
    },
    {
        .name = "index_part",
        .type = "table",
        .sql = "CREATE TABLE index_part (\n"
               "    run INTEGER NOT NULL,\n"
               "    first BLOB NOT NULL,\n"
               "    entries BLOB NOT NULL,\n"
               "    PRIMARY KEY (run, first)\n"
               ") STRICT",
    },
    {
        .name = "event_by_person",
        .type = "index",
        .sql = "CREATE INDEX event_by_person ON event (person_id, ts) WHERE cut = 1",
    },
    {
        .name = "event_without_case",
        .type = "index",
        .sql = "CREATE INDEX event_without_case ON event (person_id)"
               " WHERE cut = 1 AND case_id IS NULL",
    },
    {
        .name = "case_rule",
        .type = "table",
        .sql = "CREATE TABLE case_rule (\n"
               "    id INTEGER PRIMARY KEY CHECK (id = 1),\n"
               "    window INTEGER NOT NULL\n"
               ") STRICT",
    },
    {
        .name = "answer",
        .type = "table",
        .sql = "CREATE TABLE answer (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    ts INTEGER NOT NULL,\n"
               "    touchpoint INTEGER REFERENCES word,\n"
               "    metric INTEGER NOT NULL REFERENCES word,\n"
               "    kind INTEGER NOT NULL REFERENCES word,\n"
               "    persona INTEGER REFERENCES word,\n"
               "    context INTEGER REFERENCES word,\n"
               "    value REAL,\n"
               "    scale_min REAL,\n"
               "    scale_max REAL,\n"
               "    aspect INTEGER REFERENCES word,\n"
               "    channel INTEGER REFERENCES word,\n"
               "    variant INTEGER REFERENCES word,\n"
               "    text TEXT,\n"
               "    person_id TEXT,\n"
               "    case_id TEXT,\n"
               "    response_id TEXT,\n"
               "    batch INTEGER NOT NULL REFERENCES batch,\n"
               "    key BLOB NOT NULL UNIQUE,\n"
               "    CHECK (value IS NOT NULL OR text IS NOT NULL)\n"
               ") STRICT",
    },
    {
        .name = "answer_by_touchpoint",
        .type = "index",
        .sql = "CREATE INDEX answer_by_touchpoint ON answer (touchpoint, ts)",
    },
    {
        .name = "observation",
        .type = "table",
        .sql = "CREATE TABLE observation (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    period_start INTEGER NOT NULL,\n"
               "    period_end INTEGER NOT NULL,\n"
               "    touchpoint INTEGER REFERENCES word,\n"
               "    metric INTEGER NOT NULL REFERENCES word,\n"
               "    persona INTEGER REFERENCES word,\n"
               "    context INTEGER REFERENCES word,\n"
               "    value REAL NOT NULL,\n"
               "    n INTEGER NOT NULL,\n"
               "    sd REAL,\n"
               "    num REAL,\n"
               "    den REAL,\n"
               "    channel INTEGER REFERENCES word,\n"
               "    loaded_at INTEGER NOT NULL,\n"
               "    batch INTEGER NOT NULL REFERENCES batch,\n"
               "    key BLOB NOT NULL UNIQUE\n"
               ") STRICT",
    },
    {
        .name = "observation_by_metric",
        .type = "index",
        .sql = "CREATE INDEX observation_by_metric ON observation (metric, touchpoint)",
    },
    {
        .name = "path",
        .type = "table",
        .sql = "CREATE TABLE path (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    path TEXT NOT NULL,\n"
               "    conversions INTEGER NOT NULL,\n"
               "    value REAL,\n"
               "    nulls INTEGER NOT NULL,\n"
               "    period_start INTEGER,\n"
               "    period_end INTEGER,\n"
               "    batch INTEGER NOT NULL REFERENCES batch,\n"
               "    key BLOB NOT NULL UNIQUE\n"
               ") STRICT",
    },
    {
        .name = "derived",
        .type = "table",
        .sql = "CREATE TABLE derived (\n"
               "    name TEXT PRIMARY KEY,\n"
               "    version INTEGER NOT NULL,\n"
               "    folded INTEGER NOT NULL\n"
               ") STRICT, WITHOUT ROWID",
    },
    {
        .name = "series",
        .type = "table",
        .sql = "CREATE TABLE series (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    source TEXT NOT NULL,\n"
               "    touchpoint INTEGER REFERENCES word,\n"
               "    activity INTEGER REFERENCES word,\n"
               "    metric INTEGER REFERENCES word,\n"
               "    kind INTEGER REFERENCES word,\n"
               "    persona INTEGER REFERENCES word,\n"
               "    context INTEGER REFERENCES word,\n"
               "    outcome INTEGER REFERENCES word,\n"
               "    channel INTEGER REFERENCES word,\n"
               "    aspect INTEGER REFERENCES word,\n"
               "    owner INTEGER REFERENCES word,\n"
               "    currency INTEGER REFERENCES word,\n"
               "    variant INTEGER REFERENCES word,\n"
               "    scale_min REAL,\n"
               "    scale_max REAL,\n"
               "    key BLOB NOT NULL UNIQUE\n"
               ") STRICT",
    },
    {
        .name = "rollup",
        .type = "table",
        .sql = "CREATE TABLE rollup (\n"
               "    series INTEGER NOT NULL REFERENCES series,\n"
               "    quantity INTEGER NOT NULL,\n"
               "    month INTEGER NOT NULL,\n"
               "    days BLOB NOT NULL,\n"
               "    PRIMARY KEY (series, quantity, month)\n"
               ") STRICT",
    },
    {
        .name = "rollup_bins",
        .type = "table",
        .sql = "CREATE TABLE rollup_bins (\n"
               "    series INTEGER NOT NULL REFERENCES series,\n"
               "    quantity INTEGER NOT NULL,\n"
               "    month INTEGER NOT NULL,\n"
               "    bins BLOB NOT NULL,\n"
               "    PRIMARY KEY (series, quantity, month)\n"
               ") STRICT",
    },
    {
        .name = "rollup_stale",
        .type = "table",
        .sql = "CREATE TABLE rollup_stale (\n"
               "    source TEXT NOT NULL,\n"
               "    touchpoint INTEGER NOT NULL,\n"
               "    month INTEGER NOT NULL,\n"
               "    PRIMARY KEY (source, touchpoint, month)\n"
               ") STRICT, WITHOUT ROWID",
    },
    {
        .name = "rollup_span",
        .type = "table",
        .sql = "CREATE TABLE rollup_span (\n"
               "    series INTEGER NOT NULL,\n"
               "    quantity INTEGER NOT NULL,\n"
               "    unit INTEGER NOT NULL,\n"
               "    chunk INTEGER NOT NULL,\n"
               "    totals BLOB NOT NULL,\n"
               "    PRIMARY KEY (series, quantity, unit, chunk)\n"
               ") STRICT",
    },
    {
        .name = "rollup_span_bins",
        .type = "table",
        .sql = "CREATE TABLE rollup_span_bins (\n"
               "    series INTEGER NOT NULL,\n"
               "    quantity INTEGER NOT NULL,\n"
               "    unit INTEGER NOT NULL,\n"
               "    chunk INTEGER NOT NULL,\n"
               "    bins BLOB NOT NULL,\n"
               "    PRIMARY KEY (series, quantity, unit, chunk)\n"
               ") STRICT",
    },
    {
        .name = "rollup_span_stale",
        .type = "table",
        .sql = "CREATE TABLE rollup_span_stale (\n"
               "    source TEXT NOT NULL,\n"
               "    touchpoint INTEGER NOT NULL,\n"
               "    month INTEGER NOT NULL,\n"
               "    PRIMARY KEY (source, touchpoint, month)\n"
               ") STRICT, WITHOUT ROWID",
    },
    {
        .name = "sequence_stand",
        .type = "table",
        .sql = "CREATE TABLE sequence_stand (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    touchpoint INTEGER REFERENCES word,\n"
               "    activity INTEGER NOT NULL REFERENCES word,\n"
               "    channel INTEGER REFERENCES word,\n"
               "    persona INTEGER REFERENCES word,\n"
               "    context INTEGER REFERENCES word,\n"
               "    outcome INTEGER REFERENCES word,\n"
               "    owner INTEGER REFERENCES word,\n"
               "    currency INTEGER REFERENCES word,\n"
               "    variant INTEGER REFERENCES word\n"
               ") STRICT",
    },
    {
        .name = "sequence_stale",
        .type = "table",
        .sql = "CREATE TABLE sequence_stale (\n"
               "    digest INTEGER NOT NULL,\n"
               "    touchpoint INTEGER NOT NULL,\n"
               "    ts INTEGER NOT NULL,\n"
               "    PRIMARY KEY (digest, touchpoint, ts)\n"
               ") STRICT, WITHOUT ROWID",
    },
    {
        .name = "sequence_run",
        .type = "table",
        .sql = "CREATE TABLE sequence_run (\n"
               "    id INTEGER PRIMARY KEY,\n"
               "    level INTEGER NOT NULL,\n"
               "    age INTEGER NOT NULL\n"
               ") STRICT",
    },
    {
        .name = "sequence_part",
        .type = "table",
        .sql = "CREATE TABLE sequence_part (\n"
               "    run INTEGER NOT NULL REFERENCES sequence_run,\n"
               "    part INTEGER NOT NULL,\n"
               "    cases BLOB NOT NULL,\n"
               "    PRIMARY KEY (run, part)\n"
               ") STRICT",
    },
    {
        .name = "events",
        .type = "view",
        .sql = "CREATE VIEW events AS SELECT\n"
               "    coalesce(event_id, lower(hex(key))) AS event_id,\n"
               "    " INSTANT_TEXT("ts") " AS ts,\n"
               "    person_id, case_id, session_id,\n"
               "    " WORD_TEXT("activity") " AS activity,\n"
               "    " WORD_TEXT("touchpoint") " AS touchpoint,\n"
               "    " WORD_TEXT("channel") " AS channel,\n"
               "    " WORD_TEXT("persona") " AS persona,\n"
               "    " WORD_TEXT("context") " AS context,\n"
               "    " WORD_TEXT("owner") " AS owner,\n"
               "    " WORD_TEXT("outcome") " AS outcome,\n"
               "    value,\n"
               "    " WORD_TEXT("currency") " AS currency,\n"
               "    cost,\n"
               "    " WORD_TEXT("campaign") " AS campaign,\n"
               "    " WORD_TEXT("source") " AS source,\n"
               "    " WORD_TEXT("medium") " AS medium,\n"
               "    " WORD_TEXT("variant") " AS variant,\n"
               "    batch\n"
               "FROM event",
    },
    {
        .name = "answers",
        .type = "view",
        .sql = "CREATE VIEW answers AS SELECT\n"
               "    coalesce(response_id, lower(hex(key))) AS response_id,\n"
               "    " INSTANT_TEXT("ts") " AS ts,\n"
               "    person_id, case_id,\n"
               "    " WORD_TEXT("touchpoint") " AS touchpoint,\n"
               "    " WORD_TEXT("metric") " AS metric,\n"
               "    " WORD_TEXT("aspect") " AS aspect,\n"
               "    " WORD_TEXT("kind") " AS kind,\n"
               "    value, scale_min, scale_max, text,\n"
               "    " WORD_TEXT("channel") " AS channel,\n"
               "    " WORD_TEXT("persona") " AS persona,\n"
               "    " WORD_TEXT("context") " AS context,\n"
               "    " WORD_TEXT("variant") " AS variant,\n"
               "    batch\n"
               "FROM answer",
    },
    {
        .name = "observations",
        .type = "view",
        .sql = "CREATE VIEW observations AS SELECT\n"
               "    " WORD_TEXT("metric") " AS metric,\n"
               "    " WORD_TEXT("touchpoint") " AS touchpoint,\n"
               "    " WORD_TEXT("persona") " AS persona,\n"
               "    " WORD_TEXT("channel") " AS channel,\n"
               "    " WORD_TEXT("context") " AS context,\n"
               "    " DAY_TEXT("period_start") " AS period_start,\n"
               "    " DAY_TEXT("period_end") " AS period_end,\n"
               "    value, n, sd, num, den,\n"
               "    " INSTANT_TEXT("loaded_at") " AS loaded_at,\n"
               "    batch\n"
               "FROM observation",
    },
    {
        .name = "paths",
        .type = "view",
        .sql = "CREATE VIEW paths AS SELECT\n"
               "    path, conversions, value, nulls,\n"
               "    " DAY_TEXT("period_start") " AS period_start,\n"
               "    " DAY_TEXT("period_end") " AS period_end,\n"
               "    batch\n"
               "FROM path",
    },
    {
        .name = "batches",
        .type = "view",
        .sql = "CREATE VIEW batches AS SELECT\n"
               "    id, file, kind, preset, mapping, lower(hex(digest)) AS digest,\n"
               "    " INSTANT_TEXT("started") " AS started,\n"
               "    complete, records, taken, updated, duplicates, rejected, missing, version\n"
               "FROM batch",
    },
};

bool schema_object(size_t index, struct schema_object *out)
{
    if (index >= ARRAY_LEN(schema))
        return false;
    *out = schema[index];
    return true;
}

const char *schema_view(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(schema); i++)
        if (strcmp(schema[i].type, "view") == 0 && strcmp(schema[i].name, name) == 0)
            return strstr(schema[i].sql, " AS ") + strlen(" AS ");
    assert(!"a documented view");
    return "";
}
