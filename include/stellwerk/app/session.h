/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The workbench without a screen: a map, what was measured, and how a person looks at it.
 *
 * A terminal feeds it keys by name and paints the frames it draws; a test does the same without a
 * terminal. What a session is told changes its state and is answered with what must be redrawn: it
 * never paints by itself, and never waits for the store or a file after session_create().
 *
 *     session = session_create(&options, revision_read(path), &err);
 *     for (;;) {
 *         paint(session_draw(session, arena, columns, rows, medium));
 *         wait for a key, for session_wake_fd(), or for SESSION_TICK_MS
 *         session_key(session, "j") | session_collect(session, 0) | session_tick(session)
 *         session_take_request(session, &request)
 *     }
 */
#ifndef STELLWERK_APP_SESSION_H
#define STELLWERK_APP_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/app/keymap.h>
#include <stellwerk/app/revision.h>
#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/scene/scene.h>
#include <stellwerk/scene/theme.h>

struct session;

/* Texts are copied. */
struct session_options {
    const char *map;           /* the file that was read; NULL: none, but a folder */
    const char *folder;        /* of maps: held by the session, or where the map is from; NULL */
    const char *store;         /* in place of the store that the map names; NULL */
    const char *persona, *context, *period; /* the lens to begin with, as commands take it; NULL */
    const char *configuration; /* a file of `bind` and `set` lines; NULL: none */
    const char *history;       /* a file that keeps the lines typed; NULL: none */
    const char *journals;      /* the folder of journals (journal.h); NULL: where XDG wants it */
    bool live;                 /* every edit is saved at once */
    enum theme_name theme;     /* what the terminal seems to be, for the setting "auto" */
    bool remote;               /* the line is thin: light as little as needed */
};

/* Opens a session on a map that was read, taking the revision over, and asks for its figures; or
 * one on a folder, with NULL for the revision, whose maps it begins to read. Fails
 * where the lens to begin with is unknown, or the system is out of threads. */
[[nodiscard]] struct session *session_create(const struct session_options *options,
                                             struct revision *revision, struct error *err);

/* Stops the worker, keeps the history, and leaves unsaved edits to the next start. NULL is fine. */
void session_destroy(struct session *session);

/* What must be redrawn; several may be set. */
enum session_change {
    CHANGE_NONE = 0,
    CHANGE_FRAME = 1,  /* the frame looks different */
    CHANGE_SCREEN = 2, /* the terminal cannot be trusted: everything anew */
};

/* A key by its name (keymap.h). */
unsigned session_key(struct session *session, const char *key);

/* A text that was pasted: one step, never keys. */
unsigned session_paste(struct session *session, const char *text);

/* A click on a part of the frame drawn last. */
unsigned session_click(struct session *session, const struct region *region);

/* The mouse over the frame drawn last, whose cells are told as rows and columns from 0: its button
 * goes down, is moved while it is down, goes up, wherever. A press is a click on what is there; on
 * a point of the curve, no further off than a row, it takes the point up as the command `drag`
 * does, moving the mouse takes it along, and letting go keeps it. */
unsigned session_press(struct session *session, const struct scene *frame, int row, int column);
unsigned session_pull(struct session *session, const struct scene *frame, int row);
unsigned session_release(struct session *session);

/* A command line, as the `:` line takes it. What changed comes with the next answer of the
 * others. */
bool session_command(struct session *session, const char *line, struct error *err);

/* Something for the message line. */
[[gnu::format(printf, 2, 3)]] void session_say(struct session *session, const char *format, ...);

/* How often to call session_tick(). */
#define SESSION_TICK_MS 250

/* Looks whether files have changed on disk; reading them is the worker's. */
unsigned session_tick(struct session *session);

/* Takes what the worker has finished. Waits for it up to `grace_ms`, so that a frame need not be
 * painted twice; 0 does not wait. */
unsigned session_collect(struct session *session, int grace_ms);

/* True while the worker is at it. */
bool session_busy(const struct session *session);

/* Readable when session_collect() has something to take. */
int session_wake_fd(const struct session *session);

/* What only the owner of the terminal can do. */
struct request {
    enum request_kind {
        REQUEST_NONE,
        REQUEST_QUIT,
        REQUEST_SUSPEND,
        REQUEST_EDIT, /* `text` at `line`; call session_tick() after it */
        REQUEST_COPY, /* `text` to the clipboard */
        REQUEST_OPEN, /* the map `text` of the folder */
        REQUEST_BACK, /* from the map to the folder */
    } kind;
    const char *text; /* lives until the next call */
    unsigned line;
};

/* Takes the request that is open, if any. */
struct request session_take_request(struct session *session);

/* The complete frame: view, panels, the line of keys or of what is typed. At any size. */
struct scene *session_draw(struct session *session, struct arena *arena, int columns, int rows,
                           struct medium medium);

enum mode session_mode(const struct session *session);
enum theme_name session_theme(const struct session *session);
bool session_wants_mouse(const struct session *session);

#endif
