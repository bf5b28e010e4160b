/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "report_measure.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/cli/scope.h>
#include <stellwerk/store/info.h>
#include <stellwerk/store/measure.h>
#include <stellwerk/store/series.h>

static bool parse_period(const char *text, int64_t newest, struct period *out, struct error *err)
{
    int32_t day = time_day(newest == TIME_NONE ? time_now() : newest);
    if (period_parse(text, day, out))
        return true;
    return error_set(
        err,
        _("--period: '%s' is no period; it is all, day, week, month, quarter, 2026-07, "
          "2026-Q3 or 2026-07-01..2026-09-30"),
        text);
}

/* Periods count back from the latest row, so that last year's store shows its last month. */
static int64_t newest_row(struct store *store)
{
    int64_t newest;
    return store_newest_read(store, &newest, NULL) ? newest : TIME_NONE;
}

static const char *store_path(struct arena *arena, const struct journey *journey,
                              const char *wanted)
{
    if (wanted || !journey->store)
        return wanted;
    return path_beside(arena, journey->path, journey->store);
}

bool report_shows(const struct report_values *values, const char *view)
{
    return strcmp(values->view, view) == 0;
}

bool report_scope(const struct journey *journey, const struct report_values *values,
                       struct measured_tables *tables, struct error *err)
{
    struct evidence_wish *evidence = &tables->evidence;
    const struct {
        enum scope_kind kind;
        const char *option, *wanted;
        int *out;
    } things[] = {
        { SCOPE_PERSONA, "persona", values->persona, &tables->lens.persona },
        { SCOPE_CONTEXT, "context", values->context, &tables->lens.context },
        { SCOPE_CHANNEL, "channel", values->channel, &tables->wish.channel },
        { SCOPE_ROUTE, "route", values->route, &evidence->route },
        { SCOPE_TOUCHPOINT, "goal", values->goal, &evidence->goal },
    };
    for (size_t i = 0; i < ARRAY_LEN(things); i++)
        if (!scope_find(journey, things[i].kind, things[i].option, things[i].wanted, things[i].out,
                        err))
            return false;
    if (values->half_life == NULL ||
        (time_parse_duration(values->half_life, &evidence->half_life) && evidence->half_life > 0))
        return true;
    return error_set(err,
                     _("--half-life: '%s' is no time; it is a number with a unit, such as "
                       "36h, 7d or 2w"),
                     values->half_life);
}

/* Paths and attribution need no figures; gaps need the paths as well, for how many come by. */
static void read_evidence(struct arena *arena, struct store *store,
                          const struct report_values *values, struct measured_tables *tables)
{
    tables->evidence.lens = tables->lens;
    tables->evidence.channel = tables->wish.channel;
    if (report_shows(values, "reduction"))
        tables->contacts = evidence_contacts(arena, store, &tables->evidence);
    else if (report_shows(values, "case"))
        tables->story = evidence_story(
            arena, store, &tables->evidence,
            &(struct path_pick){ .kind = PICK_CASE, .id = values->case_id }, 0);
    else if (!report_shows(values, "attribution"))
        tables->paths = evidence_paths(arena, store, &tables->evidence);
    else
        tables->credits = evidence_credits(arena, store, &tables->evidence);
}

static void measure_tables(struct store *store, const struct journey *journey, bool series,
                           struct measured_tables *tables, struct error *err)
{
    tables->figures = store_measure(store, journey, &tables->lens, err);
    if (tables->figures != NULL)
        figures_complete(tables->figures);
    if (tables->figures == NULL || !series)
        return;
    tables->series = store_series(store, journey, &tables->lens, &tables->wish, err);
    if (tables->series != NULL)
        figures_complete(tables->series);
}

bool report_measure(struct arena *arena, const struct journey *journey,
                    const struct report_values *values, struct measured_tables *tables,
                    struct error *err)
{
    const char *path = store_path(arena, journey, values->store);
    struct store *store = NULL;
    struct error trouble;
    error_init(&trouble);
    if (path && !store_open(path, &store, &trouble))
        store = NULL;
    bool fine = parse_period(values->period, store ? newest_row(store) : TIME_NONE,
                             &tables->lens.period, err);
    bool by_case = report_shows(values, "paths") || report_shows(values, "attribution") ||
                   report_shows(values, "case");
    if (fine && store && by_case)
        read_evidence(arena, store, values, tables);
    else if (fine && store)
        measure_tables(store, journey, report_shows(values, "metrics"), tables, &trouble);
    if (tables->figures != NULL && report_shows(values, "personas") &&
        !side_figures_read(store, journey, &tables->lens, &tables->sides, &trouble))
        tables->sides = (struct side_figures){ 0 };
    if (tables->figures != NULL && report_shows(values, "silos") &&
        !silo_evidence_read(arena, store, journey, &tables->lens, &tables->silos, &trouble))
        tables->silos = (struct silo_evidence){ 0 };
    if (tables->figures != NULL && report_shows(values, "opportunities") &&
        !trials_read(arena, store, journey, &tables->lens, &tables->trials, &trouble))
        tables->trials = (struct trial_set){ 0 };
    if (fine && store && (report_shows(values, "gaps") || report_shows(values, "reduction")))
        read_evidence(arena, store, values, tables);
    if (fine && trouble.text[0])
        error_print(&trouble, stderr);
    store_close(store);
    return fine;
}

void report_measure_finish(struct measured_tables *tables)
{
    figures_destroy(tables->figures);
    figures_destroy(tables->series);
    side_figures_finish(&tables->sides);
}
