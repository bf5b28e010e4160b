/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>

#include "markup.h"

void report_escape(struct str *out, const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        switch (text[i]) {
        case '&':
            str_append(out, "&amp;");
            break;
        case '<':
            str_append(out, "&lt;");
            break;
        case '>':
            str_append(out, "&gt;");
            break;
        case '"':
            str_append(out, "&quot;");
            break;
        default:
            str_append_char(out, text[i]);
        }
    }
}

static void append_title(struct str *out, const char *title)
{
    struct arena arena;
    arena_init(&arena);
    const char *safe = sanitise_text(&arena, title, SANITISE_ONE_LINE);
    report_escape(out, safe, strlen(safe));
    arena_finish(&arena);
}

/* Who cannot see the picture, or wants to copy from it, has the same as text. */
static void append_as_text(struct str *out, const struct scene *scene)
{
    struct str text;
    str_init(&text);
    report_text(&text, scene, THEME_DARK, DEPTH_MONO);
    str_printf(out, "<details><summary>%s</summary>\n<pre>", _("As text"));
    report_escape(out, text.text, text.length);
    str_append(out, "</pre>\n</details>\n");
    str_finish(&text);
}

void report_html(struct str *out, const struct scene *scene, const char *title,
                 enum theme_name theme)
{
    struct look look = theme_look(theme, DEPTH_TRUE, (struct style){ .ink = INK_TEXT });
    str_printf(out,
               "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
               locale_language());
    append_title(out, title);
    str_printf(out,
               "</title>\n<style>\nbody { margin: 1rem; background: #%06x; color: #%06x; "
               "font-family: sans-serif }\nsvg { max-width: 100%%; height: auto }\n"
               "pre { overflow-x: auto; line-height: 1.2 }\n</style>\n</head>\n<body>\n<main>\n",
               look.ground.rgb, look.ink.rgb);
    report_svg(out, scene, theme);
    append_as_text(out, scene);
    str_append(out, "</main>\n</body>\n</html>\n");
}

/* Longer than any run of backticks in the text. */
static size_t fence_length(const char *text)
{
    size_t longest = 2, run = 0;
    for (; *text != '\0'; text++) {
        run = *text == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

void report_markdown(struct str *out, const struct scene *scene, const char *title)
{
    struct str text;
    str_init(&text);
    report_text(&text, scene, THEME_DARK, DEPTH_MONO);
    size_t fence = fence_length(text.text);
    str_append(out, "# ");
    append_title(out, title);
    str_append(out, "\n\n");
    for (size_t i = 0; i < fence; i++)
        str_append_char(out, '`');
    str_printf(out, "text\n%s", text.text);
    for (size_t i = 0; i < fence; i++)
        str_append_char(out, '`');
    str_append_char(out, '\n');
    str_finish(&text);
}
