/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/commands.h>

#include <stddef.h>
#include <stdlib.h>
#include <strings.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/cli/import_text.h>
#include <stellwerk/cli/interrupt.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/cli/progress.h>
#include <stellwerk/cli/upkeep.h>
#include <stellwerk/mapfile/queries.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/store/warehouse.h>

struct sync_values {
    const char *from, *queries, *map, *rejects;
    struct option_texts only;
    bool dry_run, quiet;
};

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
    { .name = "rejects",
      .kind = OPTION_TEXT,
      .argument = N_("FILE"),
      .offset = VALUE(rejects),
      .help = N_("Write rows that do not fit here, with line and reason") },
    { .name = "dry-run",
      .letter = 'n',
      .kind = OPTION_FLAG,
      .offset = VALUE(dry_run),
      .help = N_("Ask and judge everything, show what would come of it, change nothing") },
    { .name = "quiet",
      .letter = 'q',
      .kind = OPTION_FLAG,
      .offset = VALUE(quiet),
      .help = N_("Only speak when something is wrong") },
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
    .least = 1,
    .most = 1,
};

/* What all queries of one call share. */
struct job {
    const struct sync_values *values;
    struct store *store; /* NULL: dry run on a store that is not there yet */
    struct warehouse *warehouse;
    struct import_options options;
    bool rejected;
};

static bool read_queries(struct arena *arena, const struct sync_values *values,
                         struct warehouse_queries **out)
{
    struct diag_list findings;
    diag_list_init(&findings, arena);
    bool read = queries_read_file(arena, values->queries, out, &findings);
    return !findings_print(&findings, values->quiet ? SEVERITY_ERROR : SEVERITY_NOTE) && read;
}

/* A map with errors still has ids and titles. */
static bool read_map(struct arena *arena, const char *path, struct journey **out)
{
    struct diag_list findings;
    diag_list_init(&findings, arena);
    bool read = map_read_file(arena, path, out, &findings);
    if (!read)
        findings_print(&findings, SEVERITY_ERROR);
    return read;
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

static void print_broken_off(struct arena *arena, const struct warehouse_query *query)
{
    locale_print(arena_printf(arena, _("%s: broken off; nothing of it was taken\n"),
                              sanitise_text(arena, query->name, SANITISE_ONE_LINE)),
                 stderr);
}

static bool ask(struct job *job, const struct warehouse_query *query, struct error *err)
{
    struct arena arena;
    struct diag_list diags;
    struct import_report report;
    struct progress progress = { 0 };
    arena_init(&arena);
    diag_list_init(&diags, &arena);
    struct import_options options = job->options;
    options.diags = &diags;
    if (!job->values->quiet && progress_begin(&progress, query->name)) {
        options.watch = progress_show;
        options.watch_data = &progress;
    }
    bool fine = store_sync(&arena, job->store, job->warehouse, query, &options, &report, err);
    progress_end(&progress);
    if (fine || report.reject_count > 0)
        print_messages(&arena, &diags, &report, job->values->quiet);
    if (fine && !report.complete)
        print_broken_off(&arena, query);
    else if (fine && job->values->dry_run)
        print_preview(&arena, &report);
    else if (fine && !job->values->quiet)
        print_outcome(&arena, &report, job->values->rejects);
    job->rejected |= report.rejected > 0;
    arena_finish(&arena);
    return fine;
}

static bool ask_all(struct job *job, const struct warehouse_queries *queries, struct error *err)
{
    for (size_t i = 0; i < queries->count && !atomic_load(interrupt_flag()); i++)
        if (is_wanted(&job->values->only, queries->items[i].name) &&
            !ask(job, &queries->items[i], err))
            return false;
    return true;
}

static bool connect(struct arena *arena, struct job *job, const char *store, struct error *err)
{
    const struct sync_values *values = job->values;
    if (!warehouse_open(values->from, getenv("STELLWERK_ODBC_PASSWORD"), &job->warehouse, err))
        return false;
    if (!values->dry_run)
        return upkeep_migrate(arena, store, err) && store_create(store, &job->store, err);
    bool there = file_stamp_read(store).inode != 0;
    return !there || store_open(store, &job->store, err);
}

static bool perform(struct arena *arena, const struct sync_values *values, const char *store,
                    bool *rejected, struct error *err)
{
    struct warehouse_queries *queries;
    struct journey *journey = NULL;
    if (!read_queries(arena, values, &queries) ||
        (values->map && !read_map(arena, values->map, &journey)) ||
        !check_only(values, queries, err))
        return false;
    struct job job = {
        .values = values,
        .options = {
            .journey = journey,
            .dry_run = values->dry_run,
            .cancel = interrupt_flag(),
            .rejects = values->rejects ? rejects_create(values->rejects) : NULL,
        },
    };
    bool fine = connect(arena, &job, store, err) && ask_all(&job, queries, err);
    struct error *unsaid = fine ? err : NULL; /* the first failure is the one to tell */
    fine = rejects_close(job.options.rejects, unsaid) && fine;
    warehouse_close(job.warehouse);
    store_close(job.store);
    *rejected = job.rejected;
    return fine;
}

static int run(int argc, char **argv)
{
    struct sync_values values = { 0 };
    struct operands words;
    switch (options_parse(&usage, argc, argv, &values, &words)) {
    case PARSED:
        break;
    case PARSED_DONE:
        return EXIT_FINE;
    case PARSED_WRONG:
        return EXIT_WRONG;
    }
    if (!values.from || !values.queries)
        return usage_wrong(&usage, _("'sync' needs --from DSN and --queries FILE"));

    struct arena arena;
    struct error err;
    bool rejected = false;
    arena_init(&arena);
    error_init(&err);
    interrupt_catch();
    bool fine = perform(&arena, &values, words.items[0], &rejected, &err);
    if (err.text[0])
        error_print(&err, stderr);
    arena_finish(&arena);
    return !fine || atomic_load(interrupt_flag()) ? EXIT_WRONG
           : rejected                             ? EXIT_FINDINGS
                                                  : EXIT_FINE;
}

const struct subcommand command_sync = { .usage = &usage, .run = run };
