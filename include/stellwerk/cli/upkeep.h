/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `stellwerk store` does beside telling what a store holds.
 */
#ifndef STELLWERK_CLI_UPKEEP_H
#define STELLWERK_CLI_UPKEEP_H

#include <stdbool.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>

struct upkeep_wish {
    const char *before; /* a day, as given; NULL */
    int batch;          /* 0: none */
    bool force, quiet, json;
};

/* Each returns an exit status, and has said what there is to say, failures apart: these are in
 * `err`. */
int upkeep_rebuild(struct arena *arena, const char *path, const struct upkeep_wish *wish,
                   struct error *err);
int upkeep_verify(struct arena *arena, const char *path, const struct upkeep_wish *wish,
                  struct error *err);
int upkeep_prune(struct arena *arena, const char *path, const struct upkeep_wish *wish,
                 struct error *err);

/* Brings an older store to this version, and says on standard error that it did. */
[[nodiscard]] bool upkeep_migrate(struct arena *arena, const char *path, struct error *err);

#endif
