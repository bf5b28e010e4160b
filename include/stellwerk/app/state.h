/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a session consists of. For the files of app/ alone; all others use session.h.
 *
 * Each part is a module of its own that knows nothing of the session; commands and the frame are
 * what brings them together.
 */
#ifndef STELLWERK_APP_STATE_H
#define STELLWERK_APP_STATE_H

#include <stellwerk/app/cell.h>
#include <stellwerk/app/document.h>
#include <stellwerk/app/drag.h>
#include <stellwerk/app/folder.h>
#include <stellwerk/app/list.h>
#include <stellwerk/app/prompt.h>
#include <stellwerk/app/revision.h>
#include <stellwerk/app/search.h>
#include <stellwerk/app/session.h>
#include <stellwerk/app/settings.h>
#include <stellwerk/app/sheet.h>
#include <stellwerk/app/values.h>
#include <stellwerk/app/watch.h>
#include <stellwerk/app/whatif.h>
#include <stellwerk/app/worker.h>
#include <stellwerk/scene/view.h>

/* Going through what fits on the `:` line. */
struct cycling {
    struct arena arena;
    struct completion completion;
    size_t at;         /* which value stands on the line; their number: what was typed */
    const char *typed; /* kept while a value stands in its place */
    size_t end;        /* where the word ends, in bytes */
    bool active;       /* the values are shown */
};

/* What the last frame taught: where it was scrolled to, and how far a page is. */
struct seen {
    int columns, rows;  /* of the frame */
    int view_columns, view_rows;
    int touchpoints;    /* columns shown */
    int lanes_below;    /* lanes that are further down */
    int panel_rows;     /* rows of text in the open panel */
    int panel_total;    /* rows that it has in all */
    struct medium medium;
};

struct session {
    char *map_path, *store_path; /* NULL: a folder alone; the map names the store */
    struct folder folder;
    bool back;                   /* leaving goes to the folder */
    char *history_path;
    enum theme_name terminal_theme;
    bool remote;

    struct document document;  /* the map, as edited */
    bool live;                 /* every edit is saved at once */
    bool reload;               /* the person wants all read and measured anew */
    struct arena left_arena;
    struct left_behind left;   /* edits that a crash left; `file` NULL: none */
    struct sheet sheet;        /* while MODE_FORM and MODE_FIELD */
    struct drag drag;          /* while MODE_DRAG */
    bool in_cells;             /* MODE_CELL is what is under all else */
    int cell;                  /* the lane that is pointed at, or CELL_TITLE */
    size_t conflict;           /* that is shown; while MODE_CONFLICT */
    struct error trouble;      /* why the file on disk is not what is shown; "" else */
    struct figures *figures;   /* under `lens`; NULL: none, or not yet */
    struct figures *series;    /* the same over time, for the Metrics view; NULL: not yet */
    struct series_wish wish;   /* what series are of, beside the lens */
    enum segment_by by;        /* what cases are compared by; SEGMENT_NONE: what suits the map */
    struct lookup *story;      /* for the Case view; NULL: not yet */
    struct str pick;           /* what its case is chosen by (path_pick_text()); "": nothing */
    uint64_t story_place;      /* of those that the pick chooses */
    int paths_first;           /* where the Paths view was scrolled to when the case was opened */
    bool drawing;              /* a bootstrap is in work */
    struct work_progress drawn; /* as last shown */
    struct lookup *backdrop;   /* for lanes of the Map view; NULL: not yet */
    bool backdrop_ordered;
    struct lookup *evidence;   /* for the Paths or the Attribution view; NULL: not yet */
    struct lookup *rows;       /* behind the selected slice, while MODE_ROWS; NULL: not yet */
    uint64_t rows_newer;       /* how many newer ones are left out */
    int rows_first;            /* topmost row seen */
    struct lookup *unassigned; /* activities on no touchpoint; NULL: not yet */
    struct arena activity_arena;
    const char *activity;      /* that a touchpoint is chosen for; NULL */
    struct lookup *alone;      /* figures of each persona and context; NULL: not yet */
    struct lookup *apart;      /* what the Silos view needs of the store; NULL: not yet */
    struct lookup *voices;     /* of earned media, for the Promises view; NULL: not yet */
    struct lookup *trials;     /* of experiments; NULL: there are none, or not yet */
    struct arena reading_arena;
    struct readings *readings;
    const struct promises *promises; /* while the Promises view is shown; NULL */
    struct board board;        /* of opportunities */
    const struct sides *sides; /* while the Personas view is shown; NULL */
    const struct contrasts *contrasts;
    struct whatif whatif; /* marks of the Reduction view */
    struct arena reduction_arena;
    const struct reduction *reduction; /* while it is shown; NULL */
    int64_t now;                       /* when the figures were asked for: ages do not tick */
    const struct silos *silos; /* while the Silos view is shown; NULL */
    const struct content_plan *contents;

    const struct view *view;
    struct lens lens;
    struct view_options options;
    char filter[256]; /* of the Gaps view: `options.filter` */
    int values[SETTING_COUNT];

    enum mode mode; /* what is open over the view and its detail; else MODE_NORMAL */
    bool detail;
    int detail_first, help_first; /* topmost rows seen */
    struct prompt prompt;
    struct cycling cycling;
    struct list list;
    struct search search;
    int search_origin; /* where the selection was when the search began */
    struct history commands, searches;

    char message[1024]; /* until the next key */
    bool message_is_trouble;
    char problem[1024]; /* of the store, as last told */
    int32_t oldest_day, latest_day; /* of the store; DAY_NONE */
    unsigned changed;  /* enum session_change, not yet answered */
    struct request request;
    struct arena request_arena;
    struct seen seen;

    struct keymap keymap;
    struct worker *worker;
    struct watch watch;
    bool store_moved; /* since it was last followed */
};

/* state.c */
struct stage_set session_set(const struct session *session);
const struct journey *session_journey(const struct session *session);
bool session_shows(const struct session *session, const char *view); /* by the view's name */
void session_complain(struct session *session, const struct error *err);
void session_select(struct session *session, int touchpoint); /* clamped */
void session_enter(struct session *session, enum mode mode);
void session_leave(struct session *session); /* back to the form or the view */
void session_touch(struct session *session); /* the frame looks different */
unsigned session_answer(struct session *session); /* what has changed since the last answer */
void session_ask(struct session *session, struct request request); /* copies the text */

/* reading.c */
void session_read_anew(struct session *session); /* the map or its figures have changed */

/* orders.c: asks the worker. */
void session_order_figures(struct session *session);
void session_look_closer(struct session *session);  /* at what the view needs, as the wish says */
void session_look_up(struct session *session, enum order_kind kind); /* any one thing */
/* At what lanes of cases need: where they are shown, when nobody waits for anything else. */
void session_look_behind(struct session *session);

/* fresh.c: keeps what is shown fresh, and takes what the worker brings. */
void session_measure(struct session *session); /* under the lens in force */
void session_reread(struct session *session);
void session_follow_store(struct session *session); /* keeps what is shown until there is more */
/* The map has become another: `before` is what it was, and is released. `measured`: so may what was
 * measured, for other reasons than the order of things. */
void session_changed(struct session *session, struct revision *before, bool measured);
const char *session_store(const struct session *session, struct arena *arena); /* NULL: none */
int32_t session_today(const struct session *session); /* the latest day with figures */

/* trials.c: the experiments of the map, ordered, taken in, and carried along with edits of the map
 * (`measured`: they are ordered anew anyway). */
void trials_order(struct session *session);
void trials_take(struct session *session, struct lookup *trials);
void trials_forget(struct session *session);
void trials_changed(struct session *session, const struct journey *before, bool measured);

/* editing.c: edits as one step, saving, what is unsaved in a few words */
bool session_do(struct session *session, const struct operation *operations, size_t count,
                bool join, struct error *err);
bool session_undo(struct session *session, struct error *err);
bool session_redo(struct session *session, struct error *err);
bool session_save(struct session *session, struct error *err);
void session_show_conflicts(struct session *session); /* leaves them where none is left */
const char *session_unsaved(const struct session *session, struct arena *arena); /* NULL: nothing */
void session_find_left(struct session *session, const char *folder);

/* commands_drag.c: takes up a point of the selected touchpoint; moves it to a score, or by some;
 * puts it back where it was; lets go of it there, too. */
void drag_begin(struct session *session, enum handle handle);
bool drag_to(struct session *session, int score, struct error *err);
bool drag_by(struct session *session, int by, struct error *err);
void drag_put_back(struct session *session);
void drag_cancel(struct session *session);

/* commands_gaps.c: moves through the list of gaps, as it is sorted and filtered. */
void gaps_move(struct session *session, int by);

/* commands_portfolio.c: looks through the folder, takes what was found and read; moves through the
 * rows; a row was clicked at. */
bool session_has_map(const struct session *session); /* else it holds a folder alone */
void folder_look(struct session *session);
void folder_take_found(struct session *session, struct portfolio_files *files);
void folder_take_read(struct session *session, struct portfolio_entry *entry);
void folder_move(struct session *session, int by);
void folder_click(struct session *session, size_t row);

/* commands_reduction.c: what would be, computed anew; moves through the touchpoints in it. */
void session_reduce(struct session *session);
void reduction_move(struct session *session, int by);

/* commands_personas.c: moves through the differences; each brings its touchpoint along. */
void personas_move(struct session *session, int by);

/* commands_board.c: moves through the opportunities; each brings its touchpoint along. */
void board_move(struct session *session, int by);

/* The address of the chosen opportunity; NULL: none. */
const char *board_address(struct arena *arena, const struct session *session);
/* commands_paths.c: through what can be picked, scrolling along; back from a case; no longer draws
 * journeys anew. */
void paths_move(struct session *session, int by);
void paths_return(struct session *session);
void paths_stop_drawing(struct session *session);

/* commands_promises.c: moves through the claims; each brings its touchpoint along. */
void promises_move(struct session *session, int by);

/* commands_metrics.c: moves through the list of metrics; a slice is followed by its rows. */
void metrics_move(struct session *session, int by);

/* commands_line.c, commands_search.c: a text was typed or pasted; the typed line has changed. */
void session_type(struct session *session, const char *text);
void search_typed(struct session *session);
bool search_accept(struct session *session, struct error *err);

/* configuration.c: runs the lines of a file; the first fault goes to the message line. */
void configuration_read(struct session *session, const char *path);

#endif
