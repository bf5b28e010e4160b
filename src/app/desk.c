/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/app/desk.h>

#include <stdlib.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/memory.h>

struct desk {
    struct arena arena;
    struct session_options options; /* of maps that are opened from the folder */
    struct session *folder, *map;   /* one of them, or both */
};

static const char *copied(struct arena *arena, const char *text)
{
    return text != NULL ? arena_strdup(arena, text) : NULL;
}

/* A store, a persona, a context are those of one map. */
static void keep_options(struct desk *desk, const struct session_options *options)
{
    struct arena *arena = &desk->arena;
    desk->options = (struct session_options){
        .folder = copied(arena, options->folder),
        .period = copied(arena, options->period),
        .configuration = copied(arena, options->configuration),
        .history = copied(arena, options->history),
        .journals = copied(arena, options->journals),
        .live = options->live,
        .theme = options->theme,
        .remote = options->remote,
    };
}

struct desk *desk_create(const struct session_options *options, struct revision *revision,
                         struct error *err)
{
    struct desk *desk = memory_alloc(sizeof(*desk));
    struct session *session = session_create(options, revision, err);
    keep_options(desk, options);
    if (options->map != NULL)
        desk->map = session;
    else
        desk->folder = session;
    if (session != NULL)
        return desk;
    desk_destroy(desk);
    return NULL;
}

void desk_destroy(struct desk *desk)
{
    if (desk == NULL)
        return;
    session_destroy(desk->map);
    session_destroy(desk->folder);
    arena_finish(&desk->arena);
    free(desk);
}

struct session *desk_session(const struct desk *desk)
{
    return desk->map != NULL ? desk->map : desk->folder;
}

void desk_open(struct desk *desk, const char *map)
{
    struct error err;
    error_init(&err);
    struct revision *revision = revision_read(map);
    const struct diag *trouble = revision_trouble(revision);
    if (revision->journey == NULL) {
        session_say(desk->folder, "%s", trouble != NULL ? trouble->text : map);
        revision_release(revision);
        return;
    }
    struct session_options options = desk->options;
    options.map = map;
    desk->map = session_create(&options, revision, &err);
    if (desk->map == NULL)
        session_say(desk->folder, "%s", err.text);
}

void desk_back(struct desk *desk)
{
    session_destroy(desk->map);
    desk->map = NULL;
    session_tick(desk->folder); /* the map may have changed */
}
