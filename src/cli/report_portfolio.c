/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `stellwerk report FOLDER`: all maps of a folder. */

#include "report_measure.h"

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/report/portfolio.h>
#include <stellwerk/report/report.h>
#include <stellwerk/scene/portfolio.h>

#include "report_paint.h"

struct folder {
    struct arena arena;
    struct portfolio_files *files;
    struct portfolio_entry **entries;
    const struct portfolio_map **maps; /* of those that are maps */
    size_t count;
};

static void read_folder(struct folder *folder, const char *path, int32_t today)
{
    folder->files = portfolio_files_find(path);
    size_t files = folder->files->count;
    folder->entries = arena_array(&folder->arena, files, sizeof(*folder->entries));
    folder->maps = arena_array(&folder->arena, files, sizeof(*folder->maps));
    for (size_t i = 0; i < files; i++) {
        folder->entries[i] =
            portfolio_entry_read(folder->files->paths[i], folder->files->names[i], today, NULL);
        if (folder->entries[i]->map != NULL)
            folder->maps[folder->count++] = folder->entries[i]->map;
    }
}

static void let_go(struct folder *folder)
{
    for (size_t i = 0; i < folder->files->count; i++)
        portfolio_entry_destroy(folder->entries[i]);
    portfolio_files_destroy(folder->files);
    arena_finish(&folder->arena);
}

static void write_folder(struct str *out, struct folder *folder, const struct report_values *values,
                         const struct portfolio *portfolio)
{
    int32_t today = time_day(time_now());
    const char *problem = folder->files->problem.text;
    struct portfolio_scene show = {
        .portfolio = portfolio,
        .title = folder_name(&folder->arena, portfolio->folder),
        .problem = *problem != '\0' ? problem : NULL,
        .sort = (enum portfolio_sort)portfolio_sort_find(values->sort),
        .selected = SIZE_MAX,
        .now = time_now(),
    };
    int height = values->height > 0 ? values->height + 1 : 0;
    if (values->format == FORMAT_JSON) {
        report_json_portfolio(out, portfolio, today);
    } else if (values->format == FORMAT_CSV) {
        report_csv_portfolio(out, portfolio, today);
    } else {
        struct scene *scene = portfolio_draw(&folder->arena, &show, report_columns(values), height,
                                             report_medium(values));
        scene->rows -= height > 0;
        report_paint(out, scene, _("Portfolio"), values);
    }
}

static bool check(const struct report_values *values, struct error *err)
{
    if (strcmp(values->view, "portfolio") != 0)
        return error_set(err, _("--view: a folder has the view portfolio alone, not '%s'"),
                         values->view);
    if (portfolio_sort_find(values->sort) < 0)
        return error_set(err,
                         _("--sort: there is no order '%s', only name, score, weakest, "
                           "review, open, age and phase"),
                         values->sort);
    return true;
}

bool report_folder(const char *path, const struct report_values *given, struct str *out,
                   struct error *err)
{
    struct report_values values = *given;
    values.view = given->view != NULL ? given->view : "portfolio";
    values.sort = given->sort != NULL ? given->sort : "name";
    if (!check(&values, err))
        return false;
    struct folder folder = { 0 };
    int32_t today = time_day(time_now());
    read_folder(&folder, path, today);
    const struct portfolio *portfolio =
        portfolio_new(&folder.arena, path, folder.maps, folder.count,
                      (enum portfolio_sort)portfolio_sort_find(values.sort), today);
    write_folder(out, &folder, &values, portfolio);
    let_go(&folder);
    return true;
}
