/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "report_paint.h"

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/report/report.h>
#include <stellwerk/scene/gaps.h>
#include <stellwerk/scene/page.h>

static void append_gaps(struct scene *scene, const struct scene *gaps)
{
    int below = scene->rows + 1;
    scene_grow(scene, gaps->rows + 1);
    scene_lay(scene, below, 0, gaps);
}

static struct scene *draw_view(struct arena *arena, const struct stage_set *set,
                               const struct view *view, const struct report_values *values,
                               struct medium medium)
{
    int columns = report_columns(values);
    /* A screen keeps its last row for keys, which a report has no use for. */
    int height = values->height ? values->height + 1 : 0;
    struct scene *scene = view->draw(arena, set, columns, height, medium);
    if (height > 0)
        scene->rows--;
    else if (report_shows(values, "map"))
        append_gaps(scene, gaps_list(arena, set, columns, medium));
    return scene;
}

/* The views one below the other, each under its title where there are several. */
static struct scene *stack(struct arena *arena, const struct report_section *sections,
                           size_t count)
{
    const struct scene *first = sections[0].scene;
    struct page page = page_begin(arena, first->columns, first->medium);
    for (size_t i = 0; i < count; i++) {
        if (count > 1)
            page_heading(&page, sections[i].title);
        int row = page_rows(&page, sections[i].scene->rows);
        scene_lay(page.scene, row, 0, sections[i].scene);
    }
    return page_end(&page);
}

/* Draws the views that are asked for; returns how many. */
static size_t draw_views(struct arena *arena, const struct stage_set *set,
                         const struct report_values *values, struct medium medium,
                         struct report_section *out)
{
    size_t count = 0;
    for (size_t i = 0; i < view_count; i++)
        if (report_draws(values, &views[i]))
            out[count++] = (struct report_section){
                .title = _(views[i].title),
                .scene = draw_view(arena, set, &views[i], values, medium),
            };
    return count;
}

static void draw(struct arena *arena, struct str *out, const struct stage_set *set,
                 const struct report_values *values)
{
    enum theme_name theme = report_theme(values);
    struct report_section *sections = arena_array(arena, view_count, sizeof(*sections));
    size_t count = draw_views(arena, set, values, report_medium(values), sections);
    const char *title = set->journey->title;
    switch (values->format) {
    case FORMAT_SVG:
        report_svg(out, stack(arena, sections, count), theme);
        break;
    case FORMAT_HTML:
        report_html_sections(out, title, sections, count, theme);
        break;
    case FORMAT_MARKDOWN:
        report_markdown_sections(out, title, sections, count);
        break;
    default:
        report_text(out, stack(arena, sections, count), theme, report_depth(values));
        break;
    }
}

void report_write(struct arena *arena, struct str *out, const struct stage_set *set,
                         const struct report_values *values)
{
    if (values->format == FORMAT_JSON && report_shows_all(values))
        report_json_all(out, set);
    else if (values->format == FORMAT_JSON)
        report_json(out, set, values->view);
    else if (values->format == FORMAT_CSV && report_shows(values, "paths") && values->unit != 0)
        report_csv_segments(out, set);
    else if (values->format == FORMAT_CSV)
        report_csv(out, set, values->view);
    else
        draw(arena, out, set, values);
}
