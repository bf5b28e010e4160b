/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Importing one file into a store: CSV, JSON lines or an OCEL 2.0 log, packed or not.
 *
 * What the columns of the file mean is said, from weak to strong, by their names (those of the
 * store's own columns, store.md), by a preset, by a mapping. What kind of rows they are is
 * said by `as`, else the mapping, else the preset, else follows from the columns there are.
 *
 * An import may be repeated and may be broken off at any time. Every row has a key: its event_id
 * or response_id, else the digest of the record as it stands in the file; observations are known by
 * what they are about. A row that is there already is a duplicate; where it now says more
 * than the stored one (a better mapping has found its touchpoint), the stored one is brought
 * up to date. Anonymous answers (no response, person or case) have no identity, so equal ones
 * count as often as the file has them. Rows are committed in batches; one that was
 * broken off is completed by running it again.
 *
 * Touchpoints: what the file says in its touchpoint column, else its activity, is looked up in
 * the mapping's `touchpoints`, then among the ids, `activities` and titles of the map; what a
 * touchpoint column says beyond that is taken as it is; an activity beyond that stays off the map
 * and is reported (unassigned.h says how it comes onto it).
 *
 * Cases: where an event names a person and no case, its case is cut from what the person did,
 * wherever nothing happened for longer than a window. The window is one for the whole store, which
 * keeps it; another one cuts all these cases anew.
 */
#ifndef STELLWERK_STORE_IMPORT_H
#define STELLWERK_STORE_IMPORT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>
#include <stellwerk/model/mapping.h>
#include <stellwerk/store/rejects.h>
#include <stellwerk/store/store.h>

#define IMPORT_CASE_WINDOW (30 * INT64_C(86400000000))

struct import_progress {
    uint64_t bytes, bytes_total; /* total 0: not known */
    uint64_t records, taken, rejected;
    int64_t waited; /* microseconds that a warehouse has been computing; 0: it is not */
};

/* Called about every 1,000 records, and once at the end. */
typedef void import_watcher(const struct import_progress *progress, void *data);

struct import_options {
    enum import_as as;                    /* IMPORT_UNSET: see above */
    const char *preset;                   /* NULL: the mapping's, if any */
    const struct import_mapping *mapping; /* NULL */
    const struct journey *journey;        /* NULL: no map to look touchpoints up in */
    struct rejects *rejects;              /* NULL: rejected rows are only counted */
    struct diag_list *diags;              /* warnings about the mapping; NULL: nobody asks */
    int64_t case_window;                  /* microseconds; 0: the mapping's, the store's, 30 days */
    bool dry_run;                         /* reads and judges everything, writes nothing */
    const atomic_bool *cancel;            /* NULL */
    import_watcher *watch;                /* NULL */
    void *watch_data;
    uint64_t batch_rows; /* rows a commit; 0: 50,000 */
    bool whole; /* all in one commit, and nothing of what is broken off */
};

/* How rows come: as delimited text, an object of JSON a line, an OCEL 2.0 log in SQLite, the result
 * of a query in a warehouse. */
enum import_form { IMPORT_CSV, IMPORT_JSON, IMPORT_OCEL, IMPORT_WAREHOUSE };

/* Where a column of the store gets its values from. */
struct import_column {
    const char *column; /* of the store */
    const char *source; /* field of the file, or the constant */
    bool constant;
    bool unseen; /* a field of JSON that the first lines do not have */
};

struct import_count {
    const char *text;
    uint64_t count;
};

struct import_counts {
    struct import_count *items; /* most frequent first */
    size_t count;
};

struct import_reject {
    uint64_t line;
    const char *reason;
};

#define IMPORT_REJECTS_SHOWN 10

/* What came of it. All text lives in the arena given to store_import(). */
struct import_report {
    const char *file;
    enum import_as as;
    const char *preset;          /* NULL */
    enum import_form form;
    bool packed;                 /* gzip */
    bool headerless;             /* fields are known by their places, as the preset has them */
    char delimiter;              /* of CSV */
    const char *encoding;        /* NULL for a log */
    const char *time_format;     /* name of what was found; NULL where nothing had a time */
    const char *time_example;    /* the first time of a row, as written; NULL */
    int64_t time_example_at;     /* the instant it was read as */
    const char *time_evidence;   /* the value that told day and month apart; NULL: the first did */
    uint64_t time_evidence_line;
    bool time_without_offset;    /* some had none, and were taken for UTC */
    struct digest digest;        /* of the file; zero when broken off */
    uint64_t seen_in_batch;      /* the batch that has imported these very bytes before; 0: none */
    uint64_t batch;              /* number of this one; 0 where nothing was written */
    bool complete;               /* false when it was cancelled */

    struct import_column *columns;
    size_t column_count;
    struct texts ignored;        /* columns of the file that go nowhere */

    uint64_t records;            /* of the file, without the header */
    uint64_t taken;              /* rows new to the store */
    uint64_t updated;            /* rows the store had, that now say more */
    uint64_t duplicates;         /* rows the store had, just so */
    uint64_t rejected;           /* records with something wrong */
    uint64_t missing;            /* answers not given: the value is one of `missing` */
    uint64_t without_case;       /* events that name a person alone: their cases are cut */
    int64_t case_window;         /* by which they are; microseconds */
    bool case_window_changed;    /* the store had another one, and all such cases are cut anew */
    int64_t oldest, newest;      /* instants of the rows taken or known; TIME_NONE */
    struct import_counts missing_by_question; /* of an unpivoted file */
    struct import_counts touchpoints;         /* rows per touchpoint, duplicates included */
    bool has_map;                             /* there was a map to look touchpoints up in */
    struct import_counts unassigned; /* activities and touchpoints that are not on the map */
    uint64_t unassigned_rows;
    struct import_reject rejects[IMPORT_REJECTS_SHOWN]; /* the first ones */
    size_t reject_count;
};

/*
 * Imports `file` ("-": standard input). With `dry_run` the store is only read and may be NULL,
 * where there is none yet. Being cancelled is no failure: the report says so. On failure what was
 * committed before stays, and the report tells how far it came.
 */
[[nodiscard]] bool store_import(struct arena *arena, struct store *store, const char *file,
                                const struct import_options *options, struct import_report *out,
                                struct error *err);

/* The presets by name, for usage and completion; NULL behind the last. */
const char *import_preset_name(size_t index);

#endif
