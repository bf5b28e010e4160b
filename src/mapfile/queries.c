/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/queries.h>

#include <stellwerk/base/i18n.h>

#include "readers.h"

/* Only what is grouped leaves a warehouse: what customers did and said, one by one, stays there. */
static bool check_kind(struct reading *reading, const struct warehouse_query *query)
{
    const struct import_mapping *mapping = &query->mapping;
    if (mapping->as == IMPORT_OBSERVATIONS || mapping->as == IMPORT_PATHS)
        return true;
    if (mapping->as == IMPORT_UNSET)
        diag_add(reading->findings, SEVERITY_ERROR, query->pos, "missing_key",
                 _("the query needs 'as: observations' or 'as: paths'"));
    else
        diag_add(reading->findings, SEVERITY_ERROR, mapping->as_pos, "wrong_value",
                 _("only grouped rows come from a warehouse: observations or paths, not %s; export "
                   "the rows and import the file, or group them"),
                 import_as_name(mapping->as));
    return false;
}

bool finish_query(struct reading *reading, const struct given *given, void *target)
{
    struct warehouse_query *query = target;
    if (query->time_limit == 0)
        query->time_limit = QUERY_TIME_LIMIT;
    return check_kind(reading, query) && finish_mapping(reading, given, &query->mapping);
}

bool finish_queries(struct reading *reading, const struct given *, void *target)
{
    const struct warehouse_queries *queries = target;
    struct ids names;
    ids_init(&names, reading->nodes);
    for (size_t i = 0; i < queries->count; i++) {
        const struct warehouse_query *query = &queries->items[i];
        const struct id_entry *first = ids_find(&names, query->name);
        if (first == NULL) {
            ids_add(&names, query->name, (int)i, query->name_pos);
            continue;
        }
        struct diag *diag =
            diag_add(reading->findings, SEVERITY_ERROR, query->name_pos, "duplicate_name",
                     _("there is a query '%s' already in line %u"), shown(reading, query->name),
                     first->pos.line);
        diag->other = first->pos;
    }
    return true;
}

static const char *no_queries(void)
{
    return _("these are no queries: they stand in a list under the key 'queries'");
}

static bool hand_out(struct warehouse_queries *queries, const char *path, bool read,
                     struct warehouse_queries **out)
{
    for (size_t i = 0; i < queries->count; i++)
        queries->items[i].mapping.path = path;
    *out = read ? queries : NULL;
    return read;
}

bool queries_read_text(struct arena *arena, const char *path, const char *text, size_t length,
                       struct warehouse_queries **out, struct diag_list *findings)
{
    struct warehouse_queries *queries = arena_alloc(arena, sizeof(*queries));
    bool read = document_read_text(arena, path, text, length, &queries_shape, no_queries(),
                                   queries, findings);
    return hand_out(queries, path, read, out);
}

bool queries_read_file(struct arena *arena, const char *path, struct warehouse_queries **out,
                       struct diag_list *findings)
{
    struct warehouse_queries *queries = arena_alloc(arena, sizeof(*queries));
    bool read = document_read_file(arena, path, &queries_shape, no_queries(), queries, findings);
    return hand_out(queries, path, read, out);
}
