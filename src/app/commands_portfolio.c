/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The portfolio: through its rows, in another order, from there to a map and back. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* ---- Reading ------------------------------------------------------------------------------- */

bool session_has_map(const struct session *session)
{
    return session->map_path != NULL;
}

static void arrange(struct session *session)
{
    const struct portfolio_scene *scene = &session->folder.scene;
    folder_arrange(&session->folder, scene->sort, scene->shared, session->now);
    session_touch(session);
}

static void watch_folders(struct session *session)
{
    const struct portfolio_files *files = session->folder.files;
    watch_set(&session->watch, WATCHED_FOLDER, files->folders, files->folder_count);
}

/* Once all have been read: the files that the table was made of, and where others may appear. */
static void watch_sources(struct session *session)
{
    struct arena scratch = { 0 };
    size_t count;
    const struct file_source *sources = folder_sources(&scratch, &session->folder, &count);
    watch_set_read(&session->watch, WATCHED_MAP, sources, count);
    arena_finish(&scratch);
}

void folder_look(struct session *session)
{
    worker_order(session->worker,
                 &(struct order){ .kind = ORDER_FOLDER, .path = session->folder.path });
    session_touch(session);
}

static void order_next(struct session *session)
{
    struct folder *folder = &session->folder;
    if (!folder_next(folder)) {
        watch_sources(session);
        return;
    }
    const struct portfolio_files *files = folder->files;
    const char *path = files->paths[folder->reading];
    worker_order(session->worker, &(struct order){
                                      .kind = ORDER_ENTRY,
                                      .path = path,
                                      .first = strlen(path) - strlen(files->names[folder->reading]),
                                  });
}

void folder_take_found(struct session *session, struct portfolio_files *files)
{
    session->now = time_now();
    folder_take_files(&session->folder, files);
    watch_folders(session);
    order_next(session);
    arrange(session);
}

void folder_take_read(struct session *session, struct portfolio_entry *entry)
{
    folder_take_entry(&session->folder, entry);
    order_next(session);
    arrange(session);
}

/* ---- Rows ---------------------------------------------------------------------------------- */

void folder_move(struct session *session, int by)
{
    long to = (long)session->folder.scene.selected + by;
    folder_select(&session->folder, (size_t)(to < 0 ? 0 : to));
    session_touch(session);
}

void folder_click(struct session *session, size_t row)
{
    struct error err;
    error_init(&err);
    bool again = session->folder.scene.selected == row;
    folder_select(&session->folder, row);
    session_touch(session);
    if (again && !session_command(session, "open", &err))
        session_complain(session, &err);
}

static bool check_folder(const struct session *session, struct error *err)
{
    return session->folder.path != NULL ||
           error_set(err, _("no folder is open: 'stellwerk FOLDER' opens one"));
}

bool portfolio_arrange(struct session *session, const struct call *call, struct error *err)
{
    struct portfolio_scene *scene = &session->folder.scene;
    const char *word = call->words[0];
    int by = strcmp(word, "next") == 0 ? 1 : strcmp(word, "previous") == 0 ? -1 : 0;
    int to = by == 0 ? portfolio_sort_find(word)
                     : ((int)scene->sort + by + PORTFOLIO_SORTS) % PORTFOLIO_SORTS;
    if (!check_folder(session, err))
        return false;
    if (to < 0)
        return values_refuse(session_journey(session), call, 0, err);
    scene->sort = (enum portfolio_sort)to;
    arrange(session);
    return true;
}

bool portfolio_shared(struct session *session, const struct call *, struct error *err)
{
    if (!check_folder(session, err))
        return false;
    folder_arrange(&session->folder, session->folder.scene.sort, !session->folder.scene.shared,
                   session->now);
    session_touch(session);
    return true;
}

/* ---- To a map and back --------------------------------------------------------------------- */

bool portfolio_open(struct session *session, const struct call *, struct error *err)
{
    const struct portfolio_map *map = folder_selected(&session->folder);
    if (!check_folder(session, err))
        return false;
    if (session_has_map(session))
        return error_set(err, _("go back to the maps first: :portfolio"));
    if (map == NULL)
        return error_set(err, session->folder.scene.shared
                                  ? _("v goes back to the maps, where Enter opens one")
                                  : _("this map has not been read yet"));
    if (!map->readable)
        return error_set(err, _("this map cannot be read: %s"),
                         map->problem != NULL ? map->problem : map->name);
    session_ask(session, (struct request){ .kind = REQUEST_OPEN, .text = map->path });
    return true;
}

bool portfolio_back(struct session *session, const struct call *call, struct error *err)
{
    if (!check_folder(session, err))
        return false;
    return !session_has_map(session) || save_back(session, call, err);
}
