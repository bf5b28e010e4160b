/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/commands.h>

#include <stddef.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/insight/contents.h>
#include <stellwerk/insight/promises.h>
#include <stellwerk/insight/silos.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/report/evidence.h>
#include <stellwerk/report/report.h>

#include "report_measure.h"

static const struct words formats = {
    .items = (const char *const[]){ "text", "markdown", "html", "svg", "json", "csv" },
    .count = FORMAT_COUNT,
};

/* Units of time, then what the cases of paths are compared by. */
#define BY_SEGMENT(by) (PERIOD_QUARTER + (by))
static const struct words units = {
    .items =
        (const char *const[]){
            [PERIOD_ALL] = "auto",
            [PERIOD_DAY] = "day",
            [PERIOD_WEEK] = "week",
            [PERIOD_MONTH] = "month",
            [PERIOD_QUARTER] = "quarter",
            [BY_SEGMENT(SEGMENT_PERSONA)] = "persona",
            [BY_SEGMENT(SEGMENT_CONTEXT)] = "context",
            [BY_SEGMENT(SEGMENT_CHANNEL)] = "channel",
            [BY_SEGMENT(SEGMENT_VARIANT)] = "variant",
            [BY_SEGMENT(SEGMENT_PERIOD)] = "period",
        },
    .count = BY_SEGMENT(SEGMENT_BY_COUNT),
};
static const struct words themes = {
    .items =
        (const char *const[]){ "auto", [1 + THEME_DARK] = "dark", [1 + THEME_LIGHT] = "light" },
    .count = 1 + THEME_COUNT,
};

static const struct words sources = {
    .items =
        (const char *const[]){
            [EVIDENCE_AUTO] = "auto",
            [EVIDENCE_CASES] = "cases",
            [EVIDENCE_PATHS] = "paths",
        },
    .count = EVIDENCE_PATHS + 1,
};

#define VALUE(member) offsetof(struct report_values, member)

static const struct option_row rows[] = {
    { .name = "view",
      .kind = OPTION_TEXT,
      .argument = N_("VIEW"),
      .offset = VALUE(view),
      .help = N_("What to show: map (the Map view and the list of gaps), gaps (what to mend "
                 "first), personas (who differs from whom), metrics (charts over time), "
                 "paths (the journey as it is taken), case (one case as a story), attribution "
                 "(what touchpoints are credited with), silos (who has what, and who lacks it), "
                 "opportunities (what could be done), promises (what claims cost), reduction "
                 "(fewer contacts), or all; of a folder: portfolio (all of its maps)") },
    { .name = "format",
      .kind = OPTION_WORD,
      .words = &formats,
      .offset = VALUE(format),
      .help = N_("As text like the screen, as a Markdown or HTML page, as an SVG picture; for "
                 "programs as JSON or CSV") },
    { .name = "store",
      .kind = OPTION_TEXT,
      .argument = N_("FILE"),
      .offset = VALUE(store),
      .help = N_("Measured figures from this store, not from the one that the map names") },
    { .name = "persona",
      .kind = OPTION_TEXT,
      .argument = N_("ID"),
      .offset = VALUE(persona),
      .help = N_("Through the eyes of one persona") },
    { .name = "context",
      .kind = OPTION_TEXT,
      .argument = N_("ID"),
      .offset = VALUE(context),
      .help = N_("In one context") },
    { .name = "period",
      .kind = OPTION_TEXT,
      .argument = N_("PERIOD"),
      .offset = VALUE(period),
      .help = N_(
          "all, day, week, month, quarter (the latest with figures), 2026-07, 2026-Q3, FROM..TO") },
    { .name = "channel",
      .kind = OPTION_TEXT,
      .argument = N_("ID"),
      .offset = VALUE(channel),
      .help = N_("Of the metrics view: only what happened in one channel; of paths and "
                 "attribution: only cases that were on it") },
    { .name = "by",
      .kind = OPTION_WORD,
      .words = &units,
      .offset = VALUE(unit),
      .help = N_("Of the metrics view: what a mark stands for; of paths: what cases are compared "
                 "by, also persona, context, channel, variant, period") },
    { .name = "variant",
      .kind = OPTION_TEXT,
      .argument = N_("NAME"),
      .offset = VALUE(variant),
      .help = N_("Of paths and attribution: only cases of one variant") },
    { .name = "route",
      .kind = OPTION_TEXT,
      .argument = N_("ID"),
      .offset = VALUE(route),
      .help = N_("Of the paths view: against one route of the map, not against all of it") },
    { .name = "goal",
      .kind = OPTION_TEXT,
      .argument = N_("ID"),
      .offset = VALUE(goal),
      .help = N_("Of paths and attribution: the touchpoint that completes a case; the last one "
                 "that is not optional when left out") },
    { .name = "of",
      .kind = OPTION_WORD,
      .words = &sources,
      .offset = VALUE(source),
      .help = N_("Of attribution: credit by cases, or by a table of counted paths") },
    { .name = "half-life",
      .kind = OPTION_TEXT,
      .argument = N_("TIME"),
      .offset = VALUE(half_life),
      .help = N_("Of attribution: the age at which a touchpoint counts half by decay, such as "
                 "36h; 7d when left out") },
    { .name = "bootstrap",
      .kind = OPTION_INT,
      .argument = "N",
      .offset = VALUE(replicates),
      .help = N_("Of attribution: intervals from N times as many journeys drawn anew") },
    { .name = "case",
      .kind = OPTION_TEXT,
      .argument = N_("ID"),
      .offset = VALUE(case_id),
      .help = N_("Of the case view: which one") },
    { .name = "sort",
      .kind = OPTION_TEXT,
      .argument = N_("ORDER"),
      .offset = VALUE(sort),
      .help = N_("Of gaps: by priority, journey, gap, importance, concern or opportunity; of a "
                 "folder: by name, score, weakest, review, open, age or phase") },
    { .name = "filter",
      .kind = OPTION_TEXT,
      .argument = N_("TERMS"),
      .offset = VALUE(filter),
      .help = N_("Of gaps: only some touchpoints, such as \"stage=booking, owner=Sales\"; by "
                 "stage, channel, owner, media, evidence") },
    { .name = "without",
      .kind = OPTION_TEXTS,
      .argument = N_("ID"),
      .offset = VALUE(without),
      .help = N_("Of reduction: what would be without this touchpoint; may be given several "
                 "times") },
    { .name = "merge",
      .kind = OPTION_TEXTS,
      .argument = N_("ID,ID"),
      .offset = VALUE(merge),
      .help = N_("Of reduction: what would be if the first touchpoint were merged into the "
                 "second") },
    { .name = "width",
      .letter = 'w',
      .kind = OPTION_INT,
      .argument = N_("N"),
      .offset = VALUE(width),
      .help = N_("Columns to use; the terminal's when left out, else 100") },
    { .name = "height",
      .kind = OPTION_INT,
      .argument = "N",
      .offset = VALUE(height),
      .help = N_("Draw one screen of N rows, as the workbench does, with the weakest touchpoint "
                 "selected") },
    { .name = "ascii",
      .kind = OPTION_FLAG,
      .offset = VALUE(ascii),
      .help = N_("Draw with ASCII characters only") },
    { .name = "color",
      .kind = OPTION_WORD,
      .words = &color_words,
      .offset = VALUE(color),
      .help = N_("Use colours: on a terminal, always, never") },
    { .name = "theme",
      .kind = OPTION_WORD,
      .words = &themes,
      .offset = VALUE(theme),
      .help = N_("Colours for a dark or a light ground; an HTML page follows its reader when left "
                 "out") },
    { .name = "output",
      .letter = 'o',
      .kind = OPTION_TEXT,
      .argument = N_("FILE"),
      .offset = VALUE(output),
      .help = N_("Write to a file instead of standard output") },
};

static const struct usage usage = {
    .name = "report",
    .operands = N_("MAP|FOLDER"),
    .summary = N_("Print a view of a map with its measured figures, drawn as on the screen; of a "
                  "folder, all of its maps as one table."),
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .least = 1,
    .most = 1,
};

/* ---- The report ----------------------------------------------------------------- */

static bool check_list(struct arena *arena, const struct journey *journey,
                       const struct report_values *values, struct error *err)
{
    struct ranking_filter filter;
    if (ranking_sort_find(values->sort) < 0)
        return error_set(err,
                         _("--sort: there is no order '%s', only priority, journey, gap, "
                           "importance, concern and opportunity"),
                         values->sort);
    return ranking_filter_parse(arena, journey, values->filter, &filter, err);
}

/* Everybody side by side, for the view that shows it. */
static void compare_sides(struct arena *arena, const struct measured_tables *tables,
                          struct stage_set *set)
{
    struct contrasts *contrasts = arena_alloc(arena, sizeof(*contrasts));
    const struct side_figures *sides = &tables->sides;
    set->sides = sides_new(arena, set->journey, &set->lens, sides->items, sides->everybody);
    *contrasts = contrasts_new(arena, set->journey, set->sides);
    set->contrasts = contrasts;
}

static void find_silos(struct arena *arena, const struct measured_tables *tables,
                       struct stage_set *set)
{
    set->silos = silos_new(arena, set->journey);
    set->contents = content_plan_new(arena, set->journey);
    set->silo_evidence = &tables->silos;
}

static const struct board *board_of(struct arena *arena, const struct stage_set *set,
                                    const struct trial_set *trials)
{
    struct board *board = arena_alloc(arena, sizeof(*board));
    *board = board_new(arena, set->journey, set->figures, set->readings, trials,
                       time_day(set->now));
    return board;
}

static const struct promises *promises_of(struct arena *arena, const struct stage_set *set,
                                          const struct voices *voices)
{
    struct promises *promises = arena_alloc(arena, sizeof(*promises));
    *promises = promises_new(arena, set->journey, set->readings, voices);
    return promises;
}

static struct stage_set set_of(struct arena *arena, const struct journey *journey,
                               const struct report_values *values,
                               const struct measured_tables *tables)
{
    const struct readings *readings = readings_new(arena, journey, tables->figures, &tables->lens);
    struct stage_set set = {
        .journey = journey,
        .figures = tables->figures,
        .series = tables->series,
        .paths = tables->paths,
        .credits = tables->credits,
        .contacts = tables->contacts,
        .story = tables->story,
        .readings = readings,
        .lens = tables->lens,
        .wish = tables->wish,
        .options = { .selected = values->height ? readings->weakest : NONE,
                     .lanes = LANES_DEFAULT,
                     .overlay = true,
                     .metric = NONE,
                     .pick = NONE,
                     .sort = (enum ranking_sort)ranking_sort_find(values->sort),
                     .filter = values->filter,
                     .slice_day = DAY_NONE },
        .now = time_now(),
    };
    if (report_needs(values, NEEDS_SIDES))
        compare_sides(arena, tables, &set);
    if (report_needs(values, NEEDS_CONTACTS))
        set.reduction = reduction_of(arena, &set, tables->fates);
    if (report_needs(values, NEEDS_SILOS))
        find_silos(arena, tables, &set);
    set.board = board_of(arena, &set, &tables->trials);
    set.promises = promises_of(arena, &set, tables->voices);
    return set;
}

/* What `--by` means to a view. */
static bool find_by(const struct journey *journey, const struct report_values *values,
                    struct measured_tables *tables, struct error *err)
{
    struct evidence_wish *evidence = &tables->evidence;
    bool segment = values->unit > PERIOD_QUARTER;
    bool paths = report_shows(values, "paths") || report_shows_all(values);
    if (segment && !paths)
        return error_set(err, _("--by %s: only the paths view compares by that"),
                         units.items[values->unit]);
    if (segment)
        evidence->by = (enum segment_by)(values->unit - PERIOD_QUARTER);
    else if (paths)
        evidence->by = values->unit == PERIOD_ALL ? evidence_by(journey) : SEGMENT_PERIOD;
    evidence->unit = segment ? PERIOD_ALL : (enum period_kind)values->unit;
    tables->wish.unit = evidence->unit;
    return true;
}

static bool make(struct arena *arena, const struct journey *journey, struct diag_list *findings,
                 const struct report_values *values, struct str *out, struct error *err)
{
    struct measured_tables tables = {
        .lens = { .persona = NONE, .context = NONE },
        .wish = { .touchpoint = NONE, .metric = NONE, .channel = NONE, .unit = PERIOD_ALL },
        .evidence = {
            .journey = journey,
            .variant = values->variant,
            .route = NONE,
            .goal = NONE,
            .source = (enum evidence_source)values->source,
            .half_life = EVIDENCE_HALF_LIFE,
            .replicates = values->replicates > 0 ? (size_t)values->replicates : 0,
        },
    };
    if (!report_scope(journey, values, &tables, err) || !find_by(journey, values, &tables, err) ||
        !check_list(arena, journey, values, err) ||
        !report_fates(arena, journey, values, &tables.fates, err) ||
        !report_measure(arena, journey, values, &tables, err))
        return false;
    struct stage_set set = set_of(arena, journey, values, &tables);
    set.findings = findings;
    report_write(arena, out, &set, values);
    report_measure_finish(&tables);
    return true;
}

static bool check_view(const char *name, struct error *err)
{
    if (view_find(name) || strcmp(name, REPORT_ALL) == 0)
        return true;
    struct near near;
    near_init(&near, name);
    near_offer(&near, REPORT_ALL);
    for (size_t i = 0; i < view_count; i++)
        near_offer(&near, views[i].name);
    if (near.best)
        return error_set(err, _("--view: there is no view '%s'; the nearest is '%s'"), name,
                         near.best);
    return error_set(err, _("--view: there is no view '%s'"), name);
}

static bool check_case(const struct report_values *values, struct error *err)
{
    if (!report_shows(values, "case") || values->case_id != NULL)
        return true;
    return error_set(err, _("--view case: which case? --case ID says so"));
}

static bool check_format(const struct report_values *values, struct error *err)
{
    if (values->format != FORMAT_CSV || report_csv(NULL, NULL, values->view))
        return true;
    return error_set(err, _("--format csv: the view %s is not written as CSV"), values->view);
}

static bool report_map(const char *path, const struct report_values *given, struct str *out,
                       struct error *err)
{
    struct report_values values = *given;
    struct arena arena;
    struct diag_list findings;
    struct journey *journey;
    values.view = given->view != NULL ? given->view : "map";
    values.sort = given->sort != NULL ? given->sort : "priority";
    arena_init(&arena);
    diag_list_init(&findings, &arena);
    bool fine = map_read_file(&arena, path, &journey, &findings);
    findings_print(&findings, SEVERITY_ERROR);
    fine = fine && check_view(values.view, err) && check_format(&values, err) &&
           check_case(&values, err) && make(&arena, journey, &findings, &values, out, err);
    arena_finish(&arena);
    return fine;
}

static const struct report_values defaults = { .period = "all" };

static int run(void *given, const struct operands *operands)
{
    const struct report_values *values = given;
    const char *path = operands->items[0];
    struct error err;
    struct str out;
    error_init(&err);
    str_init(&out);
    bool fine = folder_is(path) ? report_folder(path, values, &out, &err)
                                : report_map(path, values, &out, &err);
    fine = fine && output_write(values->output, &out, &err);
    if (err.text[0] != '\0')
        error_print(&err, stderr);
    str_finish(&out);
    return fine ? EXIT_FINE : EXIT_WRONG;
}

const struct subcommand command_report = {
    .usage = &usage,
    .run = run,
    .size = sizeof(struct report_values),
    .defaults = &defaults,
};
