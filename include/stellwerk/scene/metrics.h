/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Metrics view: a list of metrics with their figures, and charts of them over time.
 *
 * The list has the metrics of the selected touchpoint, or of all of them. The chosen one has a
 * large chart; where the window is tall the others follow as small multiples.
 */
#ifndef STELLWERK_SCENE_METRICS_H
#define STELLWERK_SCENE_METRICS_H

#include <stddef.h>

#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/view.h>

struct scene *metrics_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                           struct medium medium);

/* A row of the list. */
struct metric_row {
    int touchpoint, metric;
    const struct measure *measure; /* of the series; NULL: not measured yet */
};

struct metric_rows {
    struct metric_row *items;
    size_t count;
    int chosen; /* the row that the view's options mean; NONE where there are no rows */
};

struct metric_rows metrics_rows(struct arena *arena, const struct stage_set *set);

/* True where a measure can be drawn over time. NULL is fine. */
bool metrics_has_course(const struct measure *measure);

/* The metric's title, behind the touchpoint's where all of them are listed. */
const char *metrics_row_title(struct arena *arena, const struct stage_set *set,
                              const struct metric_row *row);

/* Each row becomes a REGION_KEY that chooses it. */
void metrics_list_draw(struct scene *scene, struct area area, const struct stage_set *set,
                       const struct metric_rows *rows);

/* The slice that is selected; NULL where nothing with slices is chosen. */
const struct slice *metrics_slice(const struct stage_set *set);

/* The chosen metric is a query of the map, which can be looked at also without a slice. */
bool metrics_asks_query(const struct stage_set *set);

/* Why there are no figures to be seen: no store, one that cannot be read, not measured yet; NULL
 * where there are. */
const char *metrics_trouble(const struct stage_set *set);

/* "by week" */
const char *metrics_unit(enum period_kind unit);

/* A slice in words: "18–24 May 2026", "12.4 min (10.1 to 15.0) · n 37 · score 62", in `columns`
 * as far as details can give way. */
const char *slice_days_text(struct arena *arena, const struct slice *slice);
const char *slice_text(struct arena *arena, struct medium medium, const struct metric *metric,
                       const struct measure *measure, const struct slice *slice, int columns);

#endif
