/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/commands.h>

#include <stddef.h>
#include <unistd.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/report/report.h>
#include <stellwerk/scene/budget.h>
#include <stellwerk/store/measure.h>
#include <stellwerk/store/validate.h>

enum format { FORMAT_TEXT, FORMAT_JSON };

static const struct words formats = { .items = (const char *const[]){ "text", "json" },
                                      .count = 2 };

struct check_values {
    int format, color;
    const char *store;
    bool strict;
};

static const struct option_row rows[] = {
    { .name = "format",
      .kind = OPTION_WORD,
      .words = &formats,
      .help = N_("Write findings as text lines, or as one JSON object for programs"),
      .offset = offsetof(struct check_values, format) },
    { .name = "store",
      .kind = OPTION_TEXT,
      .argument = N_("FILE"),
      .help = N_("Hold the metrics against this store, not the one that the map names"),
      .offset = offsetof(struct check_values, store) },
    { .name = "strict",
      .kind = OPTION_FLAG,
      .help = N_("Let warnings fail the check, too"),
      .offset = offsetof(struct check_values, strict) },
    { .name = "color",
      .kind = OPTION_WORD,
      .words = &color_words,
      .help = N_("Use colours: on a terminal, always, never"),
      .offset = offsetof(struct check_values, color) },
};

static const struct usage usage = {
    .name = "check",
    .operands = N_("MAP..."),
    .summary = N_("Report everything that is wrong with a map, all at once."),
    .details = N_(
        "Where the map's store is there, its metrics are held against it: columns and values that "
        "no row has, touchpoints without rows, figures that have grown stale. A measured gap that "
        "is deeper than its budget is an error, or a warning where it may be chance.\n\n"
        "A finding is a line `file:line:column: severity: text`. Exit status: 0 when there is no "
        "error (with --strict no warning either), 1 when there is one, 2 for wrong usage."),
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .least = 1,
};

/* The result stands on standard output; this is for the person who wonders whether it ran. */
static void print_summary(const struct diag_list *findings, size_t files)
{
    struct arena arena;
    arena_init(&arena);
    const char *maps = arena_printf(&arena, ngettext("%zu map", "%zu maps", files), files);
    const char *errors = arena_printf(&arena, ngettext("%zu error", "%zu errors", findings->errors),
                                      findings->errors);
    const char *warnings = arena_printf(
        &arena, ngettext("%zu warning", "%zu warnings", findings->warnings), findings->warnings);
    /* TRANSLATORS: "3 maps checked: 1 error, 2 warnings"; the parts are counted phrases. */
    locale_print(arena_printf(&arena, _("%s checked: %s, %s\n"), maps, errors, warnings), stderr);
    arena_finish(&arena);
}

static bool write_findings(const struct diag_list *findings, size_t files,
                           const struct check_values *values, struct error *err)
{
    struct str out;
    str_init(&out);
    if (values->format == FORMAT_JSON)
        report_json_findings(&out, findings, files);
    else
        findings_append(&out, findings, output_depth((enum color_choice)values->color, stdout));
    bool fine = output_write(NULL, &out, err);
    str_finish(&out);
    return fine;
}

/* Budgets are of all customers and all time. One for all touchpoints says nothing of those that
 * nobody measures. */
static void check_budgets(struct arena *arena, const struct journey *journey,
                          const struct figures *figures, const struct lens *lens,
                          struct diag_list *findings)
{
    static const struct {
        enum severity severity;
        const char *code;
    } kinds[] = {
        [BUDGET_UNKNOWN] = { SEVERITY_NOTE, "budget_not_measured" },
        [BUDGET_DOUBTFUL] = { SEVERITY_WARNING, "budget_doubtful" },
        [BUDGET_BROKEN] = { SEVERITY_ERROR, "budget_broken" },
    };
    size_t count;
    const struct readings *readings = readings_new(arena, journey, figures, lens);
    const struct budget_check *checks = budgets_check(arena, journey, readings, &count);
    for (size_t i = 0; i < count; i++) {
        enum budget_verdict verdict = checks[i].verdict;
        if (verdict == BUDGET_KEPT ||
            (verdict == BUDGET_UNKNOWN && checks[i].budget->touchpoint == NONE))
            continue;
        diag_add(findings, kinds[verdict].severity, checks[i].budget->pos, kinds[verdict].code,
                 "%s", budget_sentence(arena, journey, readings, &checks[i]));
    }
}

static bool check_figures(struct arena *arena, const struct journey *journey, struct store *store,
                          struct diag_list *findings, struct error *err)
{
    const struct lens lens = {
        .persona = NONE,
        .context = NONE,
        .period = period_containing(PERIOD_ALL, 0),
    };
    if (journey->budget_count == 0)
        return true;
    struct figures *figures = store_measure(store, journey, &lens, err);
    if (figures == NULL)
        return false;
    figures_complete(figures);
    check_budgets(arena, journey, figures, &lens, findings);
    figures_destroy(figures);
    return true;
}

/* The map's own store may be missing: a map is whole without it. One that was asked for may not. */
static void check_store(struct arena *arena, const struct journey *journey, const char *wanted,
                        struct diag_list *findings)
{
    struct store *store;
    struct error err;
    error_init(&err);
    if (wanted == NULL && journey->store == NULL)
        return;
    const char *path = wanted ? wanted : path_beside(arena, journey->path, journey->store);
    struct pos pos = wanted ? (struct pos){ .file = wanted } : journey->store_pos;
    bool absent = wanted == NULL && access(path, F_OK) != 0;
    if (!store_open(path, &store, &err)) {
        diag_add(findings, absent ? SEVERITY_NOTE : SEVERITY_ERROR, pos,
                 absent ? "no_store" : "unreadable_store", "%s", err.text);
        return;
    }
    if (!store_validate(store, journey, findings, &err) ||
        !check_figures(arena, journey, store, findings, &err))
        diag_add(findings, SEVERITY_ERROR, pos, "unreadable_store", "%s", err.text);
    store_close(store);
}

static int run(void *given, const struct operands *maps)
{
    const struct check_values *values = given;
    struct arena arena;
    struct diag_list findings;
    struct error err;
    arena_init(&arena);
    error_init(&err);
    diag_list_init(&findings, &arena);
    for (size_t i = 0; i < maps->count; i++) {
        struct journey *journey;
        map_read_file(&arena, maps->items[i], &journey, &findings);
        if (journey != NULL)
            check_store(&arena, journey, values->store, &findings);
    }
    diag_list_sort(&findings);
    bool written = write_findings(&findings, maps->count, values, &err);
    if (!written)
        error_print(&err, stderr);
    else if (values->format == FORMAT_TEXT)
        print_summary(&findings, maps->count);
    bool failed = findings.errors || (values->strict && findings.warnings);
    arena_finish(&arena);
    return !written ? EXIT_WRONG : failed ? EXIT_FINDINGS : EXIT_FINE;
}

const struct subcommand command_check = {
    .usage = &usage,
    .run = run,
    .size = sizeof(struct check_values),
};
