/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/commands.h>

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <strings.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/cli/intake.h>
#include <stellwerk/cli/interrupt.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/mapfile/queries.h>
#include <stellwerk/store/warehouse.h>

struct sync_values {
    struct intake_values intake; /* first: intake_options */
    const char *from, *queries, *map;
    struct option_texts only;
};

static_assert(offsetof(struct sync_values, intake) == 0);

#define VALUE(member) offsetof(struct sync_values, member)

static const struct option_row rows[] = {
    { .name = "from",
      .kind = OPTION_TEXT,
      .argument = N_("DSN"),
      .offset = VALUE(from),
      .help = N_("The warehouse: a data source of odbc.ini, or a connection string such as "
                 "'Driver=PostgreSQL Unicode;Server=dw;Database=shop;UID=reader'") },
    { .name = "queries",
      .kind = OPTION_TEXT,
      .argument = N_("FILE"),
      .offset = VALUE(queries),
      .help = N_("What to ask, and what the columns of the answers mean") },
    { .name = "only",
      .kind = OPTION_TEXTS,
      .argument = N_("NAME"),
      .offset = VALUE(only),
      .help = N_("Ask only the query of this name; may be repeated") },
    { .name = "map",
      .kind = OPTION_TEXT,
      .argument = N_("MAP"),
      .offset = VALUE(map),
      .help = N_("Find touchpoints by the ids, activities and titles of this map") },
};

static const struct usage usage = {
    .name = "sync",
    .operands = N_("STORE"),
    .summary = N_("Take grouped rows and path counts from a warehouse (ODBC) into a metric store."),
    .details =
        N_("The warehouse computes, and is only read. A query is taken whole or not at all, and "
           "asking again changes nothing but what has changed. The password is that of odbc.ini "
           "or of STELLWERK_ODBC_PASSWORD in the environment; on the command line others could "
           "see it. Exit status: 0 when every row was taken or known, 1 when rows were rejected, "
           "2 when a query failed."),
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .shared = intake_options,
    .shared_count = INTAKE_OPTIONS,
    .least = 1,
    .most = 1,
};

static bool read_queries(struct arena *arena, const struct sync_values *values,
                         struct warehouse_queries **out)
{
    struct diag_list findings;
    diag_list_init(&findings, arena);
    bool read = queries_read_file(arena, values->queries, out, &findings);
    return !findings_print(&findings, values->intake.quiet ? SEVERITY_ERROR : SEVERITY_NOTE) &&
           read;
}

/* ---- Which queries ---- */

static bool is_wanted(const struct option_texts *only, const char *name)
{
    for (size_t i = 0; i < only->count; i++)
        if (strcasecmp(only->items[i], name) == 0)
            return true;
    return only->count == 0;
}

static bool check_only(const struct sync_values *values, const struct warehouse_queries *queries,
                       struct error *err)
{
    for (size_t i = 0; i < values->only.count; i++) {
        bool found = false;
        for (size_t j = 0; j < queries->count; j++)
            found |= strcasecmp(values->only.items[i], queries->items[j].name) == 0;
        if (!found)
            return error_set(err, _("'%s' has no query '%s'"), values->queries,
                             values->only.items[i]);
    }
    return true;
}

/* ---- Asking them ---- */

/* A query and whom it is put to. */
struct question {
    struct warehouse *warehouse;
    const struct warehouse_query *query;
};

static bool ask(struct arena *arena, struct store *store, void *source,
                const struct import_options *options, struct import_report *out, struct error *err)
{
    const struct question *question = source;
    return store_sync(arena, store, question->warehouse, question->query, options, out, err);
}

static bool ask_all(struct intake *intake, struct warehouse *warehouse,
                    const struct option_texts *only, const struct warehouse_queries *queries,
                    struct error *err)
{
    for (size_t i = 0; i < queries->count && !atomic_load(interrupt_flag()); i++) {
        struct question question = { warehouse, &queries->items[i] };
        if (is_wanted(only, question.query->name) &&
            !intake_take(intake, question.query->name, true, ask, &question, err))
            return false;
    }
    return true;
}

static bool perform(struct arena *arena, const struct sync_values *values, const char *store,
                    struct intake *intake, struct error *err)
{
    struct warehouse_queries *queries;
    struct warehouse *warehouse = NULL;
    bool fine = read_queries(arena, values, &queries) &&
                intake_read_map(arena, values->map, &intake->options.journey) &&
                check_only(values, queries, err) &&
                warehouse_open(values->from, getenv("STELLWERK_ODBC_PASSWORD"), &warehouse, err) &&
                intake_open(arena, intake, store, err) &&
                ask_all(intake, warehouse, &values->only, queries, err);
    warehouse_close(warehouse);
    return intake_close(intake, fine, err);
}

static int run(void *given, const struct operands *words)
{
    const struct sync_values *values = given;
    if (!values->from || !values->queries)
        return usage_wrong(&usage, _("'sync' needs --from DSN and --queries FILE"));

    struct arena arena;
    struct error err;
    struct intake intake = {
        .values = &values->intake,
        .options = { .dry_run = values->intake.dry_run, .cancel = interrupt_flag() },
    };
    arena_init(&arena);
    error_init(&err);
    interrupt_catch();
    bool fine = perform(&arena, values, words->items[0], &intake, &err);
    if (err.text[0])
        error_print(&err, stderr);
    arena_finish(&arena);
    return intake_status(&intake, fine);
}

const struct subcommand command_sync = {
    .usage = &usage,
    .run = run,
    .size = sizeof(struct sync_values),
};
