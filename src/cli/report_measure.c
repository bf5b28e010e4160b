/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "report_measure.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/cli/scope.h>
#include <stellwerk/insight/promises.h>
#include <stellwerk/scene/view.h>
#include <stellwerk/store/info.h>
#include <stellwerk/store/measure.h>
#include <stellwerk/store/series.h>
#include <stellwerk/store/voices.h>

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

bool report_shows_all(const struct report_values *values)
{
    return strcmp(values->view, REPORT_ALL) == 0;
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

/* A case is told where one is named. */
bool report_draws(const struct report_values *values, const struct view *view)
{
    bool can = (view->needs & NEEDS_STORY) == 0 || values->case_id != NULL;
    return report_shows(values, view->name) || (report_shows_all(values) && can);
}

bool report_needs(const struct report_values *values, enum view_need need)
{
    bool needed = false;
    for (size_t i = 0; i < view_count; i++)
        if (report_draws(values, &views[i]))
            needed |= (views[i].needs & need) != 0;
    return needed;
}

/* A store, and what is to be read from it. */
struct errand {
    struct arena *arena;
    struct store *store;
    const struct journey *journey;
    const char *case_id; /* NULL */
    bool draws;          /* a picture or a text */
    struct measured_tables *tables;
};

static bool read_figures(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    tables->figures = store_measure(errand->store, errand->journey, &tables->lens, err);
    if (tables->figures != NULL)
        figures_complete(tables->figures);
    return tables->figures != NULL;
}

static bool read_series(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    tables->series =
        store_series(errand->store, errand->journey, &tables->lens, &tables->wish, err);
    if (tables->series != NULL)
        figures_complete(tables->series);
    return tables->series != NULL;
}

static bool read_sides(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    return side_figures_read(errand->store, errand->journey, &tables->lens, &tables->sides, err);
}

static bool read_silos(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    return silo_evidence_read(errand->arena, errand->store, errand->journey, &tables->lens,
                              &tables->silos, err);
}

static bool read_trials(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    return trials_read(errand->arena, errand->store, errand->journey, &tables->lens,
                       &tables->trials, err);
}

static bool read_voices(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    struct voices *voices = arena_alloc(errand->arena, sizeof(*voices));
    if (!store_voices(errand->arena, errand->store, errand->journey, &tables->lens, voices, err))
        return false;
    voices_complete(voices);
    tables->voices = voices;
    return true;
}

/* What these cannot read they say where it is shown. */

static bool read_paths(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    (void)err;
    tables->paths = evidence_paths(errand->arena, errand->store, &tables->evidence);
    return true;
}

static bool read_credits(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    (void)err;
    tables->credits = evidence_credits(errand->arena, errand->store, &tables->evidence);
    return true;
}

static bool read_contacts(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    (void)err;
    tables->contacts = evidence_contacts(errand->arena, errand->store, &tables->evidence);
    return true;
}

static bool read_story(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    struct path_pick pick = { .kind = PICK_CASE, .id = errand->case_id };
    (void)err;
    tables->story = evidence_story(errand->arena, errand->store, &tables->evidence, &pick, 0);
    return true;
}

/* Programs get no lanes. */
static bool read_backdrop(const struct errand *errand, struct error *err)
{
    struct measured_tables *tables = errand->tables;
    struct evidence_wish wish = tables->evidence;
    (void)err;
    wish.channel = NONE;
    wish.models = EVIDENCE_LANE_MODELS;
    wish.unvalued = true;
    if (tables->paths == NULL && errand->draws)
        tables->paths = evidence_paths(errand->arena, errand->store, &wish);
    if (tables->credits == NULL && errand->draws)
        tables->credits = evidence_credits(errand->arena, errand->store, &wish);
    return true;
}

/* In this order, until one fails: what a broken store cannot give is said once. */
static bool read_all(const struct errand *errand, const struct report_values *values,
                     struct error *err)
{
    static const struct {
        enum view_need need;
        bool (*read)(const struct errand *errand, struct error *err);
    } readers[] = {
        { NEEDS_FIGURES, read_figures }, { NEEDS_SERIES, read_series },
        { NEEDS_SIDES, read_sides },     { NEEDS_SILOS, read_silos },
        { NEEDS_TRIALS, read_trials },   { NEEDS_VOICES, read_voices },
        { NEEDS_PATHS, read_paths },
        { NEEDS_CREDITS, read_credits }, { NEEDS_CONTACTS, read_contacts },
        { NEEDS_STORY, read_story },     { NEEDS_BACKDROP, read_backdrop },
    };
    errand->tables->evidence.lens = errand->tables->lens;
    errand->tables->evidence.channel = errand->tables->wish.channel;
    for (size_t i = 0; i < ARRAY_LEN(readers); i++)
        if (report_needs(values, readers[i].need) && !readers[i].read(errand, err))
            return false;
    return true;
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
    struct errand errand = {
        .arena = arena,
        .store = store,
        .journey = journey,
        .case_id = values->case_id,
        .draws = values->format != FORMAT_JSON && values->format != FORMAT_CSV,
        .tables = tables,
    };
    bool read = store == NULL || !fine || read_all(&errand, values, &trouble);
    if (fine && (!read || trouble.text[0] != '\0'))
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
