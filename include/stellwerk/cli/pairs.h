/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mapping for once, on the command line: COLUMN=FIELD and COLUMN:=VALUE.
 *
 *     --map ts=Zeitpunkt --map activity=Vorgang --map channel:=web
 *
 * `--map` also names the map whose touchpoints are meant. What stands before the first "=" tells:
 * a word of letters and underscores is a column, anything else belongs to the name of a file, as in
 * ./a=b.yaml.
 */
#ifndef STELLWERK_CLI_PAIRS_H
#define STELLWERK_CLI_PAIRS_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/cli/options.h>
#include <stellwerk/model/mapping.h>

/*
 * Lays the pairs among `values` over `base` (NULL: none), which stays as it is; `*out` is `base`
 * itself where there are no pairs. `*map` is the one value that is no pair; NULL without one. Fails
 * where there are two of those.
 */
[[nodiscard]] bool pairs_apply(struct arena *arena, const struct option_texts *values,
                               const struct import_mapping *base,
                               const struct import_mapping **out, const char **map,
                               struct error *err);

#endif
