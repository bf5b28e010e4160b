/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "report_paint.h"

#include <stellwerk/base/utf8.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/report/report.h>

static bool is_picture(int format)
{
    return format == FORMAT_SVG || format == FORMAT_HTML;
}

enum depth report_depth(const struct report_values *values)
{
    bool plain = values->output || values->format != FORMAT_TEXT;
    if (values->color == COLOR_ALWAYS && values->format == FORMAT_TEXT)
        return output_depth(COLOR_ALWAYS, stdout);
    return plain ? DEPTH_MONO : output_depth((enum color_choice)values->color, stdout);
}

int report_columns(const struct report_values *values)
{
    return values->width ? values->width : output_columns();
}

/* The first word is "auto". */
enum theme_name report_theme(const struct report_values *values)
{
    if (values->theme > 0)
        return (enum theme_name)(values->theme - 1);
    return values->format == FORMAT_HTML ? THEME_OF_READER : THEME_DARK;
}

struct medium report_medium(const struct report_values *values)
{
    bool picture = is_picture(values->format);
    return (struct medium){
        .ascii = values->ascii || (!picture && !utf8_is_spoken()),
        .mono = !picture && report_depth(values) == DEPTH_MONO,
    };
}

void report_paint(struct str *out, const struct scene *scene, const char *title,
                  const struct report_values *values)
{
    enum theme_name theme = report_theme(values);
    switch (values->format) {
    case FORMAT_SVG:
        report_svg(out, scene, theme);
        break;
    case FORMAT_HTML:
        report_html(out, scene, title, theme);
        break;
    case FORMAT_MARKDOWN:
        report_markdown(out, scene, title);
        break;
    default:
        report_text(out, scene, theme, report_depth(values));
        break;
    }
}
