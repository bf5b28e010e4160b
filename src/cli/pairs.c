/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/pairs.h>

#include <string.h>
#include <strings.h>

#include <stellwerk/base/i18n.h>

/* Takes a value apart; false where it is no pair. */
static bool read_pair(struct arena *arena, const char *value, struct mapping_pair *out,
                      bool *constant)
{
    size_t length =
        strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    const char *sign = value + length;
    *constant = strncmp(sign, ":=", 2) == 0;
    if (length == 0 || (*sign != '=' && !*constant))
        return false;
    *out = (struct mapping_pair){
        .key = arena_strndup(arena, value, length),
        .text = sign + (*constant ? 2 : 1),
        .pos = { .file = "--map" },
    };
    return true;
}

/* A copy with room for one pair more, and without the one that has the key. */
static void leave_out(struct arena *arena, const char *key, struct mapping_pairs *pairs)
{
    const struct mapping_pairs old = *pairs;
    pairs->items = arena_array(arena, old.count + 1, sizeof(*pairs->items));
    pairs->count = 0;
    for (size_t i = 0; i < old.count; i++)
        if (strcasecmp(old.items[i].key, key) != 0)
            pairs->items[pairs->count++] = old.items[i];
}

static void add_pair(struct arena *arena, struct import_mapping *mapping, struct mapping_pair pair,
                     bool constant)
{
    struct mapping_pairs *to = constant ? &mapping->constants : &mapping->columns;
    leave_out(arena, pair.key, &mapping->columns);
    leave_out(arena, pair.key, &mapping->constants);
    to->items[to->count++] = pair;
}

/* What the store will say of where this came from: the mapping file, and the pairs. */
static void add_origin(struct arena *arena, struct import_mapping *mapping, const char *value)
{
    mapping->path = mapping->path == NULL
                        ? value
                        : arena_printf(arena, "%s %s", mapping->path, value);
}

bool pairs_apply(struct arena *arena, const struct option_texts *values,
                 const struct import_mapping *base, const struct import_mapping **out,
                 const char **map, struct error *err)
{
    struct import_mapping *mapping = NULL;
    *map = NULL;
    for (size_t i = 0; i < values->count; i++) {
        struct mapping_pair pair;
        bool constant;
        if (!read_pair(arena, values->items[i], &pair, &constant)) {
            if (*map != NULL)
                return error_set(err, _("--map takes one map, not both '%s' and '%s'"), *map,
                                 values->items[i]);
            *map = values->items[i];
            continue;
        }
        if (mapping == NULL) {
            mapping = arena_alloc(arena, sizeof(*mapping));
            *mapping = base != NULL ? *base : (struct import_mapping){ .one_off = true };
        }
        add_pair(arena, mapping, pair, constant);
        add_origin(arena, mapping, values->items[i]);
    }
    *out = mapping != NULL ? mapping : base;
    return true;
}
