/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Everything that comes is taken before one frame is painted: keys that are held down, a resize, a
 * finished measurement. So a slow line carries one frame where it could carry ten, and every key is
 * answered by one write.
 */

#include "loop.h"

#include "handover.h"
#include "signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <stellwerk/tui/input.h>
#include <stellwerk/tui/screen.h>

/* How long a frame waits for figures, so that those of a usual store need no second frame. */
static const int grace_ms = 30;

/* More keys than anyone types in a moment: what floods in is shown from time to time. */
static const int keys_at_once = 500;

struct loop {
    struct desk *desk;
    struct arena frame_arena;
    const struct scene *frame; /* as painted last */
    unsigned changed;          /* since then */
    int64_t next_tick;         /* milliseconds */
    bool ended;
    int status;
};

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct session *session_of(const struct loop *loop)
{
    return desk_session(loop->desk);
}

static void end(struct loop *loop, int status)
{
    loop->ended = true;
    loop->status = status;
}

static void paint(struct loop *loop)
{
    struct session *session = session_of(loop);
    loop->changed |= session_collect(session, loop->changed != CHANGE_NONE ? grace_ms : 0);
    if (loop->changed == CHANGE_NONE)
        return;
    arena_reset(&loop->frame_arena);
    screen_use_mouse(session_wants_mouse(session));
    loop->frame = session_draw(session, &loop->frame_arena, screen_columns(), screen_rows(),
                               screen_medium());
    screen_paint(loop->frame, session_theme(session), loop->changed & CHANGE_SCREEN);
    loop->changed = CHANGE_NONE;
}

static void suspend(struct loop *loop)
{
    screen_suspend();
    signals_stop();
    screen_resume();
    screen_follow_size();
    loop->changed |= CHANGE_FRAME | CHANGE_SCREEN;
}

static void edit(struct loop *loop, const struct request *request)
{
    struct error err;
    error_init(&err);
    if (!handover_edit(request->text, request->line, &err))
        session_say(session_of(loop), "%s", err.text);
    session_command(session_of(loop), "reload", NULL);
    screen_follow_size();
    loop->changed |= CHANGE_FRAME | CHANGE_SCREEN;
}

static void answer_request(struct loop *loop)
{
    struct request request = session_take_request(session_of(loop));
    switch (request.kind) {
    case REQUEST_NONE:
        break;
    case REQUEST_QUIT:
        end(loop, 0);
        break;
    case REQUEST_SUSPEND:
        suspend(loop);
        break;
    case REQUEST_EDIT:
        edit(loop, &request);
        break;
    case REQUEST_COPY:
        handover_copy(request.text);
        break;
    case REQUEST_OPEN:
        desk_open(loop->desk, request.text);
        loop->changed |= CHANGE_FRAME;
        break;
    case REQUEST_BACK:
        desk_back(loop->desk);
        loop->changed |= CHANGE_FRAME;
        break;
    }
}

static void take_input(struct loop *loop, const struct input *input)
{
    struct session *session = session_of(loop);
    switch (input->kind) {
    case INPUT_KEY:
        loop->changed |= session_key(session, input->text);
        break;
    case INPUT_PASTE:
        loop->changed |= session_paste(session, input->text);
        break;
    case INPUT_PRESS:
        loop->changed |= session_press(session, loop->frame, input->row, input->column);
        break;
    case INPUT_MOTION:
        loop->changed |= session_pull(session, loop->frame, input->row);
        break;
    case INPUT_RELEASE:
        loop->changed |= session_release(session);
        break;
    }
    answer_request(loop);
}

/* Readable without anything to read is how a terminal says that it is gone. */
static bool is_at_end(void)
{
    int waiting = 0;
    return ioctl(STDIN_FILENO, FIONREAD, &waiting) < 0 || waiting == 0;
}

/* Of motions that come in one go only the last one counts: each is an edit. */
static void take_all_input(struct loop *loop)
{
    struct input input, motion;
    bool moved = false;
    for (int taken = 0; taken < keys_at_once && !loop->ended && input_read(&input); taken++) {
        if (moved && input.kind != INPUT_MOTION)
            take_input(loop, &motion);
        moved = input.kind == INPUT_MOTION;
        if (moved)
            motion = input;
        else
            take_input(loop, &input);
    }
    if (moved && !loop->ended)
        take_input(loop, &motion);
}

static void take_terminal(struct loop *loop, short events)
{
    if (events == 0)
        return;
    if (events & (POLLERR | POLLNVAL) || is_at_end()) {
        end(loop, 128 + SIGHUP);
        return;
    }
    take_all_input(loop);
}

static void take_signal(struct loop *loop, int number)
{
    switch (number) {
    case SIGWINCH:
        if (screen_follow_size())
            loop->changed |= CHANGE_FRAME | CHANGE_SCREEN;
        break;
    case SIGTSTP:
        suspend(loop);
        break;
    case SIGCONT:
        screen_resume();
        loop->changed |= CHANGE_FRAME | CHANGE_SCREEN;
        break;
    case SIGINT:
        loop->changed |= session_key(session_of(loop), "C-c");
        break;
    default:
        end(loop, 128 + number);
        break;
    }
}

static void take_signals(struct loop *loop)
{
    for (int number; !loop->ended && (number = signals_take()) != 0;)
        take_signal(loop, number);
}

static void take_tick(struct loop *loop)
{
    int64_t now = milliseconds();
    if (now < loop->next_tick)
        return;
    loop->changed |= session_tick(session_of(loop));
    loop->next_tick = now + SESSION_TICK_MS;
}

static void wait_and_take(struct loop *loop)
{
    struct pollfd polled[] = {
        { .fd = STDIN_FILENO, .events = POLLIN },
        { .fd = signals_fd(), .events = POLLIN },
        { .fd = session_wake_fd(session_of(loop)), .events = POLLIN },
    };
    int64_t left = loop->next_tick - milliseconds();
    int ready = poll(polled, 3, left > 0 ? (int)left : 0);
    if (ready < 0 && errno != EINTR)
        end(loop, 2);
    take_signals(loop);
    if (ready > 0 && !loop->ended)
        take_terminal(loop, polled[0].revents);
    if (ready > 0 && polled[2].revents != 0)
        loop->changed |= session_collect(session_of(loop), 0);
    take_tick(loop);
}

int loop_run(struct desk *desk)
{
    struct loop loop = {
        .desk = desk,
        .changed = CHANGE_FRAME,
        .next_tick = milliseconds() + SESSION_TICK_MS,
    };
    while (!loop.ended) {
        paint(&loop);
        wait_and_take(&loop);
    }
    arena_finish(&loop.frame_arena);
    return loop.status;
}
