/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a report is drawn from, as far as it is measured, and how it is drawn. Private to
 * cli/report.c and its parts.
 */
#ifndef STELLWERK_SRC_CLI_REPORT_MEASURE_H
#define STELLWERK_SRC_CLI_REPORT_MEASURE_H

#include <stellwerk/base/str.h>
#include <stellwerk/cli/options.h>
#include <stellwerk/report/evidence.h>
#include <stellwerk/report/sides.h>
#include <stellwerk/report/silos.h>
#include <stellwerk/scene/view.h>
#include <stellwerk/report/trials.h>
#include <stellwerk/model/voices.h>

/* --format */
enum format {
    FORMAT_TEXT,
    FORMAT_MARKDOWN,
    FORMAT_HTML,
    FORMAT_SVG,
    FORMAT_JSON,
    FORMAT_CSV,
    FORMAT_COUNT
};

/* The options, as given. */
struct report_values {
    const char *view, *store, *persona, *context, *period, *channel, *variant, *route, *goal;
    const char *half_life, *sort, *filter, *output, *case_id;
    int format, width, height, color, theme, unit, source, replicates;
    bool ascii;
    struct option_texts without, merge;
};

/* `--view all`: every view, one after the other. */
#define REPORT_ALL "all"
bool report_shows_all(const struct report_values *values);

/* That view alone. */
bool report_shows(const struct report_values *values, const char *view);

/* Is it one of those that are shown? */
bool report_draws(const struct report_values *values, const struct view *view);

/* Does any of the views that are shown need it? */
bool report_needs(const struct report_values *values, enum view_need need);

struct measured_tables {
    struct lens lens;
    struct series_wish wish;
    struct figures *figures, *series; /* NULL: none */
    struct side_figures sides;        /* empty: none */
    struct silo_evidence silos;       /* likewise */
    struct voices *voices;            /* NULL: not asked for, or no store */
    struct trial_set trials;          /* empty: none, or not asked for */
    struct evidence_wish evidence;
    const struct path_set *paths;     /* NULL: not asked for, or no store */
    const struct credit_set *credits; /* likewise */
    const struct contact_set *contacts; /* likewise */
    int *fates; /* that --without and --merge give the touchpoints */
    const struct story_set *story;    /* likewise */
};

/* What the options name of the map: persona, context, channel, route, goal; and the half-life. */
[[nodiscard]] bool report_scope(const struct journey *journey, const struct report_values *values,
                                struct measured_tables *tables, struct error *err);

/*
 * Figures under the lens, whose period becomes known on the way. A store that cannot be read is
 * told and costs the figures, not the report. False only where the period is wrong.
 */
[[nodiscard]] bool report_measure(struct arena *arena, const struct journey *journey,
                                  const struct report_values *values,
                                  struct measured_tables *tables, struct error *err);

/* The portfolio of a folder. A view or order that it does not have is refused. */
[[nodiscard]] bool report_folder(const char *path, const struct report_values *values,
                                 struct str *out, struct error *err);

/* What --without and --merge make of each touchpoint. */
[[nodiscard]] bool report_fates(struct arena *arena, const struct journey *journey,
                                const struct report_values *values, int **out, struct error *err);

/* Draws or writes the views that are asked for. */
void report_write(struct arena *arena, struct str *out, const struct stage_set *set,
                  const struct report_values *values);

void report_measure_finish(struct measured_tables *tables);

#endif
