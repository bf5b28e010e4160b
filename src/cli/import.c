/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/commands.h>

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/time.h>
#include <stellwerk/cli/intake.h>
#include <stellwerk/cli/interrupt.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/cli/pairs.h>
#include <stellwerk/mapfile/mapping.h>
#include <stellwerk/store/import.h>

struct import_values {
    struct intake_values intake; /* first: intake_options */
    const char *preset, *mapping, *time_format, *case_window;
    struct option_texts map;
    int as;
};

static_assert(offsetof(struct import_values, intake) == 0);

#define VALUE(member) offsetof(struct import_values, member)

static const struct option_row rows[] = {
    { .name = "as",
      .kind = OPTION_WORD,
      .words = &import_as_words,
      .offset = VALUE(as),
      .help = N_("What a row is; told from the columns when left out") },
    { .name = "preset",
      .kind = OPTION_TEXT,
      .argument = N_("NAME"),
      .offset = VALUE(preset),
      .help = N_("Columns as a well-known export has them: xes, ocel, ga4, xdm, segment, "
                 "rudderstack, snowplow, paths; told from the file when left out") },
    { .name = "mapping",
      .kind = OPTION_TEXT,
      .argument = N_("FILE"),
      .offset = VALUE(mapping),
      .help = N_("A mapping file that says what the columns mean") },
    { .name = "map",
      .kind = OPTION_TEXTS,
      .argument = N_("MAP|COLUMN=FIELD"),
      .offset = VALUE(map),
      .help = N_("Find touchpoints by the ids, activities and titles of this map; or take a column "
                 "of the store from a field of the file, COLUMN:=VALUE for the same in every row; "
                 "may be repeated") },
    { .name = "time-format",
      .kind = OPTION_TEXT,
      .argument = N_("FORMAT"),
      .offset = VALUE(time_format),
      .help = N_("How times are written, where the file does not tell: dmy, mdy, ymd, iso, js, "
                 "epoch_s, epoch_ms, epoch_us or a pattern") },
    { .name = "case-window",
      .kind = OPTION_TEXT,
      .argument = N_("TIME"),
      .offset = VALUE(case_window),
      .help = N_("Where events name a person and no case, how long nothing must happen to end a "
                 "case: 30min, 7d; 30d when left out") },
};

static const struct usage usage = {
    .name = "import",
    .operands = N_("STORE FILE..."),
    .summary = N_("Take events, answers, observations or paths from files into a metric store."),
    .details =
        N_("Files are CSV, JSON lines or OCEL 2.0 logs in SQLite, packed with gzip or not; what "
           "they are, their encoding and how they write times is found out, shown by --dry-run, "
           "and asked for where it cannot be sure. Importing a file again changes nothing, and one "
           "that was broken off is completed. Exit status: 0 when every row was taken or known, 1 "
           "when rows were rejected, 2 when a file could not be imported."),
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .shared = intake_options,
    .shared_count = INTAKE_OPTIONS,
    .least = 2,
};

static bool read_mapping(struct arena *arena, const char *path, bool quiet,
                         struct import_options *options)
{
    struct diag_list findings;
    struct import_mapping *mapping;
    diag_list_init(&findings, arena);
    bool read = mapping_read_file(arena, path, &mapping, &findings);
    options->mapping = mapping;
    return !findings_print(&findings, quiet ? SEVERITY_ERROR : SEVERITY_NOTE) && read;
}

/* What the command line says of columns and times stands above the mapping file. */
static bool take_words(struct arena *arena, const struct import_values *values, const char **map,
                       struct import_options *options, struct error *err)
{
    if (!pairs_apply(arena, &values->map, options->mapping, &options->mapping, map, err))
        return false;
    if (values->case_window && !time_parse_duration(values->case_window, &options->case_window))
        return error_set(err, _("--case-window takes a time such as 30min or 7d, not '%s'"),
                         values->case_window);
    if (!values->time_format)
        return true;
    struct import_mapping *mapping = arena_alloc(arena, sizeof(*mapping));
    *mapping = options->mapping ? *options->mapping : (struct import_mapping){ .one_off = true };
    mapping->time_format = values->time_format;
    mapping->time_format_pos = (struct pos){ .file = "--time-format" };
    options->mapping = mapping;
    return true;
}

static bool prepare(struct arena *arena, const struct import_values *values,
                    struct import_options *options, struct error *err)
{
    const char *map;
    return (values->mapping == NULL ||
            read_mapping(arena, values->mapping, values->intake.quiet, options)) &&
           take_words(arena, values, &map, options, err) &&
           intake_read_map(arena, map, &options->journey);
}

static bool import_one(struct arena *arena, struct store *store, void *file,
                       const struct import_options *options, struct import_report *out,
                       struct error *err)
{
    return store_import(arena, store, file, options, out, err);
}

static bool import_all(struct intake *intake, char **files, size_t count, struct error *err)
{
    for (size_t i = 0; i < count && !atomic_load(interrupt_flag()); i++)
        if (!intake_take(intake, files[i], false, import_one, files[i], err))
            return false;
    return true;
}

static const struct import_values defaults = { .as = IMPORT_UNSET };

static int run(void *given, const struct operands *words)
{
    const struct import_values *values = given;
    struct arena arena;
    struct error err;
    struct intake intake = {
        .values = &values->intake,
        .options = {
            .as = values->as == NONE ? IMPORT_UNSET : (enum import_as)values->as,
            .preset = values->preset,
            .dry_run = values->intake.dry_run,
            .cancel = interrupt_flag(),
        },
    };
    arena_init(&arena);
    error_init(&err);
    interrupt_catch();
    bool fine = prepare(&arena, values, &intake.options, &err) &&
                intake_open(&arena, &intake, words->items[0], &err) &&
                import_all(&intake, words->items + 1, words->count - 1, &err);
    fine = intake_close(&intake, fine, &err);
    if (err.text[0])
        error_print(&err, stderr);
    arena_finish(&arena);
    return intake_status(&intake, fine);
}

const struct subcommand command_import = {
    .usage = &usage,
    .run = run,
    .size = sizeof(struct import_values),
    .defaults = &defaults,
};
