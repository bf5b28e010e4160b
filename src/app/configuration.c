/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The configuration: command lines that may stand in a file, with `#` for comments. */

#include <stellwerk/app/state.h>

#include <string.h>

#include <stellwerk/app/command.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>

static const size_t file_max = (size_t)1 << 20;

static bool run_line(struct session *session, struct arena *arena, const char *line,
                     struct error *err)
{
    struct call call;
    if (!command_parse(arena, line, &call, err))
        return false;
    if (!call.command->config)
        return error_set(err, _("'%s' cannot stand in the configuration"), call.command->name);
    return call.command->run(session, &call, err);
}

static bool is_blank(const char *line)
{
    line += strspn(line, " \t");
    return *line == '\0' || *line == '#';
}

/* Goes on after a fault, so that one slip does not cost all other settings; tells the first. */
static void run_lines(struct session *session, struct arena *arena, const char *path, char *text)
{
    struct error first;
    error_init(&first);
    uint32_t number = 0;
    for (char *line = text; line != NULL; number++) {
        char *next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        line[strcspn(line, "\r")] = '\0';
        struct error err;
        error_init(&err);
        if (!is_blank(line) && !run_line(session, arena, line, &err) && first.text[0] == '\0')
            error_at(&first, (struct pos){ .file = path, .line = number + 1 }, "%s", err.text);
        line = next;
    }
    if (first.text[0] != '\0')
        session_complain(session, &first);
}

/* A file that is not there is no fault: nobody needs one. */
void configuration_read(struct session *session, const char *path)
{
    struct arena scratch = { 0 };
    struct error err;
    const char *text;
    size_t length;
    error_init(&err);
    struct file_stamp none = { 0 };
    if (file_stamp_equal(file_stamp_read(path), none))
        return;
    if (file_read(&scratch, path, file_max, &text, &length, &err))
        run_lines(session, &scratch, path, arena_strndup(&scratch, text, length));
    else
        session_complain(session, &err);
    arena_finish(&scratch);
}
