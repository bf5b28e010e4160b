/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/output.h>

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>

static void append_safe(struct str *out, const char *text)
{
    sanitise_append(out, text, strlen(text), SANITISE_ONE_LINE);
}

static void append_place(struct str *out, struct pos pos)
{
    append_safe(out, pos.file ? pos.file : "-");
    if (pos.line)
        str_printf(out, ":%u", pos.line);
    if (pos.line && pos.column)
        str_printf(out, ":%u", pos.column);
    str_append(out, ": ");
}

static const char *color_of(enum severity severity)
{
    static const char *const colors[] = {
        [SEVERITY_NOTE] = "\033[1;36m",
        [SEVERITY_WARNING] = "\033[1;33m",
        [SEVERITY_ERROR] = "\033[1;31m",
    };
    return colors[severity];
}

/* severity_name() is for programs. */
static const char *severity_word(enum severity severity)
{
    static const char *const words[] = {
        [SEVERITY_NOTE] = N_("note"),
        [SEVERITY_WARNING] = N_("warning"),
        [SEVERITY_ERROR] = N_("error"),
    };
    return _(words[severity]);
}

static void append_line(struct str *out, struct pos pos, enum severity severity, const char *text,
                        enum depth depth)
{
    append_place(out, pos);
    if (depth > DEPTH_MONO)
        str_append(out, color_of(severity));
    str_printf(out, "%s:", severity_word(severity));
    if (depth > DEPTH_MONO)
        str_append(out, "\033[0m");
    str_append_char(out, ' ');
    append_safe(out, text);
    str_append_char(out, '\n');
}

static void append_finding(struct str *out, const struct diag *finding, enum depth depth)
{
    append_line(out, finding->pos, finding->severity, finding->text, depth);
    if (finding->other.line)
        append_line(out, finding->other, SEVERITY_NOTE, _("the other place is here"), depth);
}

void findings_append(struct str *out, const struct diag_list *findings, enum depth depth)
{
    for (size_t i = 0; i < findings->count; i++)
        append_finding(out, &findings->items[i], depth);
    if (findings->dropped)
        str_printf(
            out,
            ngettext("… and %zu more finding\n", "… and %zu more findings\n",
                      findings->dropped),
            findings->dropped);
}

bool findings_print(const struct diag_list *findings, enum severity least)
{
    struct str out;
    str_init(&out);
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].severity >= least)
            append_finding(&out, &findings->items[i], output_depth(COLOR_AUTO, stderr));
    locale_print(out.text, stderr);
    str_finish(&out);
    return findings->errors > 0;
}
