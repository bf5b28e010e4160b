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

/* On a narrow screen a picture keeps letters that can be read, and is pushed to the side. */
static void append_style(struct str *out, struct look look)
{
    str_printf(
        out,
        "<style>\nbody { margin: 1rem; background: #%06x; color: #%06x; "
        "font-family: sans-serif }\na { color: inherit }\nnav a { margin-right: 1em }\n"
        "figure { margin: 0; overflow-x: auto }\n"
        "svg { display: block; max-width: 100%%; min-width: 40rem; height: auto }\n"
        "pre { overflow-x: auto; line-height: 1.2 }\n"
        "@media print { nav, details { display: none } h1, h2 { break-after: avoid } "
        "figure { overflow: visible } svg { min-width: 0; break-inside: avoid } }\n</style>\n",
        look.ground.rgb, look.ink.rgb);
}

static struct look paper_look(enum theme_name theme)
{
    return theme_look(theme, DEPTH_TRUE, (struct style){ .ink = INK_TEXT });
}

static void append_head(struct str *out, const char *title, enum theme_name theme)
{
    str_printf(out,
               "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
               locale_language());
    append_title(out, title);
    str_append(out, "</title>\n");
    append_style(out, paper_look(theme));
    str_append(out, "</head>\n<body>\n");
}

/* The light colours, for who prefers them and for paper. */
static void append_light(struct str *out, const struct report_paints *paints)
{
    struct look look = paper_look(THEME_LIGHT);
    str_printf(out,
               "<style>\n@media (prefers-color-scheme: light), print {\n"
               "body { background: #%06x; color: #%06x }\n",
               look.ground.rgb, look.ink.rgb);
    for (size_t i = 0; i < paints->count; i++)
        str_printf(out, ".c%zu { fill: #%06x }\n", i, paints->items[i].light);
    str_append(out, "}\n</style>\n");
}

static void append_figure(struct str *out, const struct scene *scene, enum theme_name theme,
                          struct report_paints *paints)
{
    str_append(out, "<figure>\n");
    bool follows = theme == THEME_OF_READER;
    report_svg_strips(out, scene, follows ? THEME_DARK : theme, follows ? paints : NULL);
    str_append(out, "</figure>\n");
}

/* Of a page with several views: links to each. */
static void append_contents(struct str *out, const char *title,
                            const struct report_section *sections, size_t count)
{
    str_append(out, "<h1>");
    append_title(out, title);
    str_append(out, "</h1>\n<nav>");
    for (size_t i = 0; i < count; i++) {
        str_printf(out, "<a href=\"#view-%zu\">", i + 1);
        append_title(out, sections[i].title);
        str_append(out, "</a> ");
    }
    str_append(out, "</nav>\n");
}

void report_html_sections(struct str *out, const char *title,
                          const struct report_section *sections, size_t count,
                          enum theme_name theme)
{
    struct arena arena = { 0 };
    struct report_paints paints = { .arena = &arena };
    append_head(out, title, theme == THEME_OF_READER ? THEME_DARK : theme);
    if (count > 1)
        append_contents(out, title, sections, count);
    str_append(out, "<main>\n");
    for (size_t i = 0; i < count; i++) {
        if (count > 1) {
            str_printf(out, "<section id=\"view-%zu\">\n<h2>", i + 1);
            append_title(out, sections[i].title);
            str_append(out, "</h2>\n");
        }
        append_figure(out, sections[i].scene, theme, &paints);
        append_as_text(out, sections[i].scene);
        str_append(out, count > 1 ? "</section>\n" : "");
    }
    str_append(out, "</main>\n");
    if (theme == THEME_OF_READER)
        append_light(out, &paints);
    str_append(out, "</body>\n</html>\n");
    arena_finish(&arena);
}

void report_html(struct str *out, const struct scene *scene, const char *title,
                 enum theme_name theme)
{
    report_html_sections(out, title, &(struct report_section){ .scene = scene }, 1, theme);
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

static void append_fence(struct str *out, size_t length)
{
    for (size_t i = 0; i < length; i++)
        str_append_char(out, '`');
}

static void append_block(struct str *out, const struct scene *scene)
{
    struct str text;
    str_init(&text);
    report_text(&text, scene, THEME_DARK, DEPTH_MONO);
    size_t fence = fence_length(text.text);
    append_fence(out, fence);
    str_printf(out, "text\n%s", text.text);
    append_fence(out, fence);
    str_append_char(out, '\n');
    str_finish(&text);
}

void report_markdown_sections(struct str *out, const char *title,
                              const struct report_section *sections, size_t count)
{
    str_append(out, "# ");
    append_title(out, title);
    str_append(out, "\n\n");
    for (size_t i = 0; i < count; i++) {
        if (count > 1) {
            str_append(out, i > 0 ? "\n## " : "## ");
            append_title(out, sections[i].title);
            str_append(out, "\n\n");
        }
        append_block(out, sections[i].scene);
    }
}

void report_markdown(struct str *out, const struct scene *scene, const char *title)
{
    report_markdown_sections(out, title, &(struct report_section){ .scene = scene }, 1);
}
