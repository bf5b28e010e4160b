/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/tui/tui.h>

#include <stdio.h>
#include <unistd.h>

#include "loop.h"
#include "signals.h"
#include "terminal.h"

#include <stellwerk/app/desk.h>
#include <stellwerk/base/fatal.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/tui/input.h>
#include <stellwerk/tui/screen.h>

enum { STATUS_FINE = 0, STATUS_FINDINGS = 1, STATUS_FAILURE = 2 };

static int fail(const struct error *err)
{
    error_print(err, stderr);
    return STATUS_FAILURE;
}

static bool check_is_terminal(struct error *err)
{
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        return true;
    return error_set(err, _("the workbench needs a terminal for its keys and its screen; "
                            "'stellwerk report' needs none"));
}

/* Why a file is no map: every error in it. */
static int refuse(const struct revision *revision)
{
    for (size_t i = 0; i < revision->findings.count; i++) {
        const struct diag *diag = &revision->findings.items[i];
        struct error err;
        error_init(&err);
        error_at(&err, diag->pos, "%s", diag->text);
        if (diag->severity == SEVERITY_ERROR)
            error_print(&err, stderr);
    }
    return STATUS_FINDINGS;
}

/* `revision` NULL: the operand is a folder. */
static struct desk *open_desk(const struct tui_options *options, struct revision *revision,
                              struct error *err)
{
    struct arena scratch = { 0 };
    const char *config = path_xdg(&scratch, "CONFIG"), *state = path_xdg(&scratch, "STATE");
    struct session_options session_options = {
        .map = revision != NULL ? options->map : NULL,
        .folder = revision == NULL ? options->map : NULL,
        .store = options->store,
        .persona = options->persona,
        .context = options->context,
        .period = options->period,
        .live = options->live,
        .configuration = config != NULL ? arena_printf(&scratch, "%s/config", config) : NULL,
        .history = state != NULL ? arena_printf(&scratch, "%s/history", state) : NULL,
        .theme = terminal_theme(),
        .remote = terminal_is_remote(),
    };
    struct desk *desk = desk_create(&session_options, revision, err);
    arena_finish(&scratch);
    return desk;
}

static int run(struct desk *desk)
{
    struct error err;
    error_init(&err);
    if (!signals_begin(&err))
        return fail(&err);
    int status = STATUS_FAILURE;
    if (screen_open(stdout, stdin, &err)) {
        fatal_set_cleanup(screen_emergency);
        input_begin();
        status = loop_run(desk);
        input_end();
        fatal_set_cleanup(NULL);
        screen_close();
    } else {
        fail(&err);
    }
    signals_end();
    return status;
}

int tui_open(const struct tui_options *options)
{
    struct error err;
    error_init(&err);
    if (!check_is_terminal(&err) || !terminal_check(STDOUT_FILENO, &err))
        return fail(&err);
    struct revision *revision = folder_is(options->map) ? NULL : revision_read(options->map);
    if (revision != NULL && revision->journey == NULL) {
        int status = refuse(revision);
        revision_release(revision);
        return status;
    }
    struct desk *desk = open_desk(options, revision, &err);
    if (desk == NULL)
        return fail(&err);
    int status = run(desk);
    desk_destroy(desk);
    return status;
}
