/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store holds, and how it came there.
 */
#ifndef STELLWERK_STORE_INFO_H
#define STELLWERK_STORE_INFO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/store/store.h>

struct batch_info {
    uint64_t id;
    const char *file;    /* as given to the import */
    const char *as;      /* "events", "answers", "observations", "paths" */
    const char *mapping; /* path of the mapping file; NULL */
    const char *preset;  /* NULL */
    const char *digest;  /* 32 hexadecimal digits; NULL for a batch that was broken off */
    const char *version; /* of the stellwerk that imported it */
    int64_t started;     /* instant */
    bool complete;
    uint64_t records, taken, updated, duplicates, rejected, missing;
};

struct store_info {
    int schema_version;
    uint64_t file_size; /* bytes */
    uint64_t events, answers, observations, paths;
    uint64_t cases, persons;                 /* distinct, over events and answers */
    uint64_t touchpoints;                    /* distinct, over all three */
    uint64_t activities, metrics;            /* distinct, of events; of answers and observations */
    uint64_t unassigned; /* events without a touchpoint (unassigned.h) */
    uint64_t cut;        /* events whose case is cut from what their person did */
    uint64_t waiting;    /* of these, by an import that was broken off, not cut yet */
    int64_t case_window; /* microseconds; 0: no case was ever cut */
    int64_t oldest, newest;                  /* instants; TIME_NONE for an empty store */
    struct batch_info *batches;              /* oldest first; the last 10,000 of them */
    size_t batch_count;
};

/* Texts and batches live in the arena. */
[[nodiscard]] bool store_info_read(struct arena *arena, struct store *store, struct store_info *out,
                                   struct error *err);

/* The instant of the newest row there is; TIME_NONE in an empty store. Costs nothing. */
[[nodiscard]] bool store_newest_read(struct store *store, int64_t *out, struct error *err);

#endif
