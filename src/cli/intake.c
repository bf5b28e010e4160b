/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/intake.h>

#include <stddef.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/cli/commands.h>
#include <stellwerk/cli/import_text.h>
#include <stellwerk/cli/interrupt.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/cli/progress.h>
#include <stellwerk/cli/upkeep.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/store/rejects.h>

const struct option_row intake_options[INTAKE_OPTIONS] = {
    { .name = "rejects",
      .kind = OPTION_TEXT,
      .argument = N_("FILE"),
      .offset = offsetof(struct intake_values, rejects),
      .help = N_("Write rows that do not fit here, with line and reason") },
    { .name = "dry-run",
      .letter = 'n',
      .kind = OPTION_FLAG,
      .offset = offsetof(struct intake_values, dry_run),
      .help = N_("Judge everything, show what would come of it, change nothing") },
    { .name = "quiet",
      .letter = 'q',
      .kind = OPTION_FLAG,
      .offset = offsetof(struct intake_values, quiet),
      .help = N_("Only speak when something is wrong") },
};

bool intake_read_map(struct arena *arena, const char *path, const struct journey **out)
{
    struct diag_list findings;
    struct journey *journey = NULL;
    diag_list_init(&findings, arena);
    bool read = path == NULL || map_read_file(arena, path, &journey, &findings);
    if (!read)
        findings_print(&findings, SEVERITY_ERROR);
    *out = journey;
    return read;
}

bool intake_open(struct arena *arena, struct intake *intake, const char *store, struct error *err)
{
    const struct intake_values *values = intake->values;
    if (values->rejects != NULL)
        intake->options.rejects = rejects_create(values->rejects);
    if (!values->dry_run)
        return upkeep_migrate(arena, store, err) && store_create(store, &intake->store, err);
    bool there = file_stamp_read(store).inode != 0;
    return !there || store_open(store, &intake->store, err);
}

static void print_broken_off(struct arena *arena, const char *name)
{
    locale_print(arena_printf(arena, _("%s: broken off; nothing of it was taken\n"),
                              sanitise_text(arena, name, SANITISE_ONE_LINE)),
                 stderr);
}

static void tell(struct arena *arena, const struct intake_values *values, const char *name,
                 bool whole, const struct import_report *report)
{
    if (whole && !report->complete)
        print_broken_off(arena, name);
    else if (values->dry_run)
        print_preview(arena, report);
    else if (!values->quiet)
        print_outcome(arena, report, values->rejects);
}

bool intake_take(struct intake *intake, const char *name, bool whole, intake_import *import,
                 void *source, struct error *err)
{
    struct arena arena;
    struct diag_list diags;
    struct import_report report;
    struct progress progress = { 0 };
    arena_init(&arena);
    diag_list_init(&diags, &arena);
    struct import_options options = intake->options;
    options.diags = &diags;
    if (!intake->values->quiet && progress_begin(&progress, name)) {
        options.watch = progress_show;
        options.watch_data = &progress;
    }
    bool fine = import(&arena, intake->store, source, &options, &report, err);
    progress_end(&progress);
    print_messages(&arena, &diags, &report, intake->values->quiet);
    if (fine)
        tell(&arena, intake->values, name, whole, &report);
    intake->rejected |= report.rejected > 0;
    arena_finish(&arena);
    return fine;
}

bool intake_close(struct intake *intake, bool fine, struct error *err)
{
    fine = rejects_close(intake->options.rejects, fine ? err : NULL) && fine;
    store_close(intake->store);
    return fine;
}

int intake_status(const struct intake *intake, bool fine)
{
    if (!fine || atomic_load(interrupt_flag()))
        return EXIT_WRONG;
    return intake->rejected ? EXIT_FINDINGS : EXIT_FINE;
}
