/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The portfolio: the maps of a folder as a table, and the touchpoints that several of them have.
 *
 * It is no view of a map, so it is not among views[]; a session that holds a folder shows it in
 * their place.
 */
#ifndef STELLWERK_SCENE_PORTFOLIO_H
#define STELLWERK_SCENE_PORTFOLIO_H

#include <stellwerk/insight/portfolio.h>
#include <stellwerk/scene/view.h>

/* What is seen of it. */
struct portfolio_scene {
    const struct portfolio *portfolio; /* NULL: the folder has not been looked through yet */
    const char *title;   /* what the folder is called */
    const char *problem; /* why files are missing; NULL */
    enum portfolio_sort sort;
    bool shared;     /* the touchpoints of several maps, in place of the maps */
    size_t selected; /* the row of the list shown; corrected so that there is one */
    int64_t now;
};

extern const struct view portfolio_view; /* draws `set->portfolio` */

struct scene *portfolio_draw(struct arena *arena, const struct portfolio_scene *show, int columns,
                             int rows, struct medium medium);

/* "by name", "the lowest score first": translated. */
const char *portfolio_sort_title(enum portfolio_sort sort);

/* ---- Parts ------------------------------------------------------------------------- */

#define PORTFOLIO_COLUMNS 10

/* How the table of maps is laid out in `columns`: each has what its words take, titles the rest. */
struct portfolio_table {
    int columns, title;
    int widths[PORTFOLIO_COLUMNS]; /* 0: not shown */
};

struct portfolio_table portfolio_maps_lay(struct scene *scene, const struct portfolio_scene *show,
                                          int columns);
void portfolio_maps_head(struct scene *scene, int row, const struct portfolio_table *table);
void portfolio_maps_row(struct scene *scene, int row, const struct portfolio_table *table,
                        const struct portfolio_scene *show, size_t index);
void portfolio_shared_head(struct scene *scene, int row, int columns);
void portfolio_shared_row(struct scene *scene, int row, int columns,
                          const struct portfolio_scene *show,
                          const struct shared_touchpoint *shared);

/* What stands in the columns, for where they are left out: "pilot"; "data 3 days old". */
const char *portfolio_phase_word(enum map_phase phase); /* "–" for none */
const char *portfolio_data_text(struct arena *arena, const struct portfolio_scene *show,
                                const struct portfolio_map *map);

/* What a shared touchpoint is like on each map, in one line. */
const char *portfolio_places_text(struct arena *arena, const struct portfolio_scene *show,
                                  const struct shared_touchpoint *shared);

#endif
