/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lanes of the Map view: a row of one kind of thing over all touchpoints, one descriptor each.
 */
#ifndef STELLWERK_SCENE_LANES_H
#define STELLWERK_SCENE_LANES_H

#include <stdbool.h>

#include <stellwerk/scene/view.h>

/* Where a touchpoint's part of a lane is drawn. */
struct lane_cell {
    struct scene *scene;
    const struct stage_set *set;
    int touchpoint;
    int row, column, rows, columns;
};

/* Paragraphs of a lane that holds texts. */
struct writing {
    struct arena *arena;
    struct medium medium;
    struct paragraph {
        const char *text;
        struct style style;
    } *items;
    size_t count, capacity;
};

/* Text that is NULL or empty is left out. */
void writing_add(struct writing *writing, struct style style, const char *text);

typedef void lane_writer(struct writing *writing, const struct stage_set *set, int touchpoint);

struct lane {
    const char *name;
    const char *title; /* N_() */
    int rank;          /* 1 is shown first when rows are few */
    int whole;         /* of texts: 1 is the first to get more rows so that it is whole */
    bool begins_group; /* set apart from what is above where there is room */
    /* One of the two: a figure of one row, or texts that are wrapped. */
    void (*draw)(const struct lane_cell *cell);
    lane_writer *write;
    bool (*used)(const struct stage_set *set); /* of a figure: there is something to show */
};

const struct lane *lane_get(enum lane_id lane);

/* True when at least one touchpoint has something in this lane. */
bool lane_used(struct arena *arena, enum lane_id lane, const struct stage_set *set);

/* Rows that the touchpoint's part takes to be whole in `columns`; at most `most` + 1. */
int lane_rows(struct arena *arena, enum lane_id lane, const struct stage_set *set,
              struct medium medium, int touchpoint, int columns, int most);

/* What does not fit in the cell's rows ends in an ellipsis. */
void lane_draw(enum lane_id lane, const struct lane_cell *cell);

/* What the table of lanes is made of: figures, */
void lane_draw_gap(const struct lane_cell *cell);
void lane_draw_n(const struct lane_cell *cell);
void lane_draw_trend(const struct lane_cell *cell);
void lane_draw_votes(const struct lane_cell *cell);
void lane_draw_traffic(const struct lane_cell *cell);
void lane_draw_dropout(const struct lane_cell *cell);
void lane_draw_credit(const struct lane_cell *cell);
bool lane_any_cases(const struct stage_set *set); /* known, that is */
bool lane_any_credit(const struct stage_set *set);
bool lane_any_votes(const struct stage_set *set);
bool lane_awaits_figures(const struct stage_set *set); /* or has them: no row comes later */
bool lane_always(const struct stage_set *set);

/* and texts. */
lane_writer lane_write_channel;
lane_writer lane_write_actions;
lane_writer lane_write_thoughts;
lane_writer lane_write_quotes;
lane_writer lane_write_pains;
lane_writer lane_write_gains;
lane_writer lane_write_promise;
lane_writer lane_write_owner;
lane_writer lane_write_systems;
lane_writer lane_write_backstage;
lane_writer lane_write_content;
lane_writer lane_write_metrics;
lane_writer lane_write_opportunities;

/* The row of the chosen metric at a touchpoint, or of its first; NULL where nothing is known. */
const struct measure *lane_measure(const struct stage_set *set, int touchpoint);

#endif
