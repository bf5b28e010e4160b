/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Views: pure functions from what is known to a scene, in one table.
 *
 * A view gets everything it shows in one `struct stage_set` and changes nothing. The same call
 * draws the screen (rows > 0: exactly that many) and a report (rows == 0: as many as it takes,
 * without selection). On the screen the last row is left blank for the keys: foot_draw() of
 * foot.h.
 */
#ifndef STELLWERK_SCENE_VIEW_H
#define STELLWERK_SCENE_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/diag.h>
#include <stellwerk/insight/board.h>
#include <stellwerk/insight/contrast.h>
#include <stellwerk/insight/ranking.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/model/figures.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/scene/handle.h>
#include <stellwerk/scene/scene.h>

/* Lanes of the Map view, top to bottom; a bit each in `view_options.lanes`. */
enum lane_id {
    LANE_GAP,
    LANE_N,
    LANE_TREND,
    LANE_TRAFFIC,
    LANE_DROPOUT,
    LANE_CREDIT,
    LANE_CHANNEL,
    LANE_ACTIONS,
    LANE_THOUGHTS,
    LANE_QUOTES,
    LANE_PAINS,
    LANE_GAINS,
    LANE_PROMISE,
    LANE_OWNER,
    LANE_SYSTEMS,
    LANE_BACKSTAGE,
    LANE_CONTENT,
    LANE_METRICS,
    LANE_VOTES,
    LANE_OPPORTUNITIES,
    LANE_COUNT
};

/* How far the light on the selected touchpoint reaches. Two columns of it cost ten times the
 * bytes of two titles, at every move. */
enum light {
    LIGHT_COLUMN, /* from the title down through the lanes */
    LIGHT_TITLE   /* over the title alone */
};

/* What the Gaps view shows. */
enum gaps_picture { GAPS_LIST, GAPS_IMPORTANCE, GAPS_OPPORTUNITY, GAPS_PICTURE_COUNT };

/* What the Opportunities view shows: the board by one of its orders, or impact against effort. */
enum board_picture { BOARD_STATUS, BOARD_HURDLE, BOARD_PLANE, BOARD_PICTURE_COUNT };

/* How a person has set up what they look at. */
struct view_options {
    int selected;       /* touchpoint */
    int first;          /* leftmost touchpoint shown; corrected so that `selected` is seen */
    int scroll;         /* lanes scrolled off under the gaps; corrected so that no room is wasted */
    enum light light;
    uint32_t lanes;     /* shown: bit 1u << lane_id */
    bool overlay;       /* measured figures over the estimates */
    int metric;         /* the chosen metric of trend and n; NONE: each touchpoint's first */
    const char *search; /* marks what it finds; NULL */
    enum handle handle; /* of the selected touchpoint, lit while it is moved; HANDLE_NONE */
    bool everywhere;    /* Metrics view: lists the metrics of all touchpoints */
    int32_t slice_day;  /* Metrics view: a day of the selected slice; DAY_NONE: the latest */
    enum ranking_sort sort;    /* Gaps view: the order of the list */
    enum gaps_picture picture; /* Gaps view: as a list, or as one of the plots */
    int pick;                  /* Paths view: which of what can be picked; NONE */
    int contrast;              /* Personas view: the row chosen (contrasts_selected()) */
    enum board_picture board;  /* Opportunities view */
    bool follow; /* pages of rows: what is chosen is kept in sight, however far down */
    int opportunity;           /* and the row chosen there, by status (board_selected()) */
    const char *filter;        /* Gaps view: as ranking_filter_parse() takes it; NULL: all */
};

struct contact_set; /* reduction.h */
struct promises;   /* insight/promises.h */
struct credit_set; /* attribution.h */
struct path_set;   /* paths.h */
struct portfolio_scene; /* portfolio.h */
struct reduction;  /* insight/reduction.h */
struct silos;      /* insight/silos.h, */
struct content_plan;  /* insight/contents.h: what the map says of silos */
struct silo_evidence; /* silos.h: what the store tells of them */
struct story_set;  /* story.h */

/* All that a view draws from. Borrowed; all that is measured and `findings` may be NULL. */
struct stage_set {
    const struct journey *journey;
    const struct figures *figures;
    const struct figures *series; /* for the Metrics view, under the same lens */
    const struct path_set *paths;     /* for the Paths view, likewise */
    const struct credit_set *credits; /* for the Attribution view */
    const struct contact_set *contacts; /* for the Reduction view, with what would be */
    const struct reduction *reduction;
    const struct story_set *story;    /* for the Case view */
    const struct portfolio_scene *portfolio; /* of a session that holds a folder; NULL */
    const struct sides *sides;        /* for the Personas view, with what differs in them */
    const struct contrasts *contrasts;
    const struct silos *silos;        /* for the Silos view, with the contents */
    const struct content_plan *contents;
    const struct silo_evidence *silo_evidence;
    const struct promises *promises;  /* for the Promises view */
    const struct readings *readings;
    const struct board *board; /* of opportunities; NULL: nothing is known of them */
    const struct diag_list *findings;
    struct lens lens;
    struct series_wish wish; /* what `series` was, or is being, asked for */
    unsigned drawn, to_draw; /* of a bootstrap in work; `to_draw` 0: none */
    uint64_t unassigned;     /* events of the store that are on no touchpoint, as far as known */
    struct view_options options;
    int64_t now;
};

/* What is measured for a view, a bit each. */
enum view_need {
    NEEDS_FIGURES = 1 << 0,
    NEEDS_SERIES = 1 << 1,
    NEEDS_PATHS = 1 << 2,
    NEEDS_CREDITS = 1 << 3,
    NEEDS_SIDES = 1 << 4,
    NEEDS_SILOS = 1 << 5,
    NEEDS_CONTACTS = 1 << 6,
    NEEDS_TRIALS = 1 << 7,
    NEEDS_STORY = 1 << 8, /* of a case that a person has picked */
    NEEDS_BACKDROP = 1 << 9, /* paths, credit by the quick models: lanes nobody waits for */
    NEEDS_VOICES = 1 << 10
};

struct view {
    const char *name;  /* "map": in commands and `report --view` */
    const char *title; /* N_() */
    const char *about; /* N_(): in a few words, for the help */
    unsigned needs;
    bool page;         /* is longer than the screen, and scrolls as a text does */
    /* Draws into a new scene of `columns`, and of `rows` or as many as it takes when `rows` is
     * 0. */
    struct scene *(*draw)(struct arena *arena, const struct stage_set *set, int columns, int rows,
                          struct medium medium);
    /* What Enter opens beside it of the selected touchpoint, as tall as it takes. */
    struct scene *(*detail)(struct arena *arena, const struct stage_set *set, int columns,
                            struct medium medium);
};

extern const struct view views[];
extern const size_t view_count;
const struct view *view_find(const char *name);

/* Below this a view only says that the screen is too small. */
#define VIEW_MIN_COLUMNS 40
#define VIEW_MIN_ROWS 12

/* True for such a screen; a report, whose `rows` are 0, always has room. */
bool view_is_too_small(int columns, int rows);

/* The touchpoints that the Map view shows in `columns`: the leftmost and how many. What scrolls
 * keeps `*first` as its next `options.first`, so that the window moves only when it must. */
void map_window(const struct stage_set *set, int columns, int *first, int *count);

/* The lanes that the Map view shows on a screen of this size: how many it scrolls off above, for
 * the next `options.scroll`, and how many more it has no room for. */
void map_lanes(const struct stage_set *set, int columns, int rows, int *scroll, int *left_out);

/* Where a cell of the selected touchpoint is on a screen of this size: its part of a lane, or its
 * title for `lane` LANE_COUNT. False where it is not shown. */
struct cell_area {
    int row, column, rows, columns;
};

bool map_cell(const struct stage_set *set, int columns, int rows, int lane,
              struct cell_area *out);

/* The lanes that are shown on it, a bit each. */
uint32_t map_cells_shown(const struct stage_set *set, int columns, int rows);

/* Lanes by name, for `:lane` and configuration. */
const char *lane_name(enum lane_id lane);  /* "channel" */
const char *lane_title(enum lane_id lane); /* translated, as drawn */
int lane_find(const char *name);           /* -1 */
#define LANES_DEFAULT ((1u << LANE_COUNT) - 1)

/* The panel with everything known of the selected touchpoint, `columns` wide, as tall as it
 * takes. */
struct scene *detail_draw(struct arena *arena, const struct stage_set *set, int columns,
                          struct medium medium);

/* The selected touchpoint in one line of words that fits `columns`, shortened by meaning. */
const char *summary_text(struct arena *arena, const struct stage_set *set, int columns);

#endif
