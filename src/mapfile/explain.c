/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain.h"

#include <stdbool.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

/* Where a finding points, and whether its text names the place where it all began (%u, %u). */
enum place { AT, FROM };

struct explanation {
    const char *problem; /* the beginning of the parser's words */
    const char *context; /* likewise; NULL: any */
    const char *code;
    enum place place;
    const char *text;
};

/* The first row that fits explains. */
static const struct explanation explanations[] = {
    { .problem = "found unexpected end of stream",
      .context = "while scanning a quoted",
      .code = "unclosed_quote",
      .place = FROM,
      .text = N_("the quote that opens here is never closed") },
    { .problem = "found unexpected document indicator",
      .context = "while scanning a quoted",
      .code = "unclosed_quote",
      .place = FROM,
      .text = N_("the quote that opens here is not closed before '---' or '...'") },
    { .problem = "found unknown escape character",
      .code = "yaml_syntax",
      .text = N_("between double quotes '\\' begins an escape, and this is none; write '\\\\', or "
                 "use single quotes") },
    { .problem = "did not find expected hexdecimal",
      .code = "yaml_syntax",
      .text = N_("the escape that begins here needs more digits 0-9, a-f") },
    { .problem = "found invalid Unicode character",
      .code = "yaml_syntax",
      .text = N_("the escape here names a character that does not exist") },
    { .problem = "did not find expected ',' or ']'",
      .code = "unclosed_bracket",
      .place = FROM,
      .text =
          N_("the list that opens with '[' here goes wrong in line %u, column %u: there must be "
             "',' or ']'; a text with one of , [ ] { } : # in it needs quotes") },
    { .problem = "did not find expected ',' or '}'",
      .code = "unclosed_bracket",
      .place = FROM,
      .text =
          N_("the mapping that opens with '{' here goes wrong in line %u, column %u: there must "
             "be ',' or '}'; a text with one of , [ ] { } : # in it needs quotes") },
    { .problem = "could not find expected ':'",
      .code = "yaml_syntax",
      .place = FROM,
      .text = N_("the line that begins here is no 'key: value'; a text over several lines must be "
                 "indented deeper than its key") },
    { .problem = "mapping values are not allowed",
      .code = "yaml_syntax",
      .text =
          N_("':' may not stand here; a text with ': ' in it needs quotes, and a new key begins "
             "a new line at the column of its siblings") },
    { .problem = "mapping keys are not allowed",
      .code = "yaml_syntax",
      .text = N_("'?' may not stand here; a text that begins with '? ' needs quotes") },
    { .problem = "block sequence entries are not allowed",
      .code = "yaml_syntax",
      .text = N_("'-' may not stand here; the items of a list begin on lines of their own") },
    { .problem = "did not find expected '-' indicator",
      .code = "yaml_syntax",
      .text =
          N_("this line is no item of the list above it: an item begins with '- ' at the column "
             "of the other dashes, and what belongs to one is indented deeper") },
    { .problem = "did not find expected key",
      .code = "yaml_syntax",
      .text = N_("this line fits no key above it: keys that belong together begin at the same "
                 "column, and a text with quotes must end with them") },
    { .problem = "found character that cannot start any token",
      .code = "yaml_syntax",
      .text = N_("a text may not begin with this character; put the text in quotes") },
    { .problem = "found a tab character",
      .code = "tab_indent",
      .text = N_("a tab cannot indent in YAML; use spaces") },
    { .problem = "did not find expected alphabetic or numeric",
      .code = "yaml_syntax",
      .place = FROM,
      .text = N_("a text that begins with '&' or '*' needs quotes") },
    { .problem = "found an indentation indicator",
      .code = "yaml_syntax",
      .text = N_("the number behind '|' or '>' must be from 1 to 9") },
    { .problem = "did not find expected comment or line break",
      .code = "yaml_syntax",
      .text = N_("behind '|' or '>' the text begins on the next line") },
    { .problem = "did not find expected node content",
      .code = "yaml_syntax",
      .text = N_("a value is missing here; a text with one of , [ ] { } : # in it needs quotes") },
    { .problem = "found undefined tag handle",
      .code = "yaml_syntax",
      .text = N_("a text that begins with '!' needs quotes") },
    { .problem = "",
      .context = "while scanning a tag",
      .code = "yaml_syntax",
      .place = FROM,
      .text = N_("a text that begins with '!' needs quotes") },
    { .problem = "",
      .context = "while parsing a tag",
      .code = "yaml_syntax",
      .place = FROM,
      .text = N_("a text that begins with '!' needs quotes") },
    { .problem = "",
      .context = "while scanning a directive",
      .code = "yaml_syntax",
      .place = FROM,
      .text = N_("a line that begins with '%%' is an instruction to YAML, and this one is none; a "
                 "text that begins with '%%' needs quotes") },
    { .problem = "found incompatible YAML document",
      .code = "yaml_syntax",
      .text = N_("the file says that it is in a version of YAML which is not known here") },
    { .problem = "did not find expected <document start>",
      .code = "yaml_syntax",
      .text = N_("a line '---' must stand between those that begin with '%%' and the rest") },
    { .problem = "", .code = "yaml_syntax", .text = N_("this is not YAML") },
};

static bool begins(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static const struct explanation *explanation_of(const struct complaint *complaint)
{
    const char *context = complaint->context != NULL ? complaint->context : "";
    for (size_t i = 0; i + 1 < ARRAY_LEN(explanations); i++) {
        const struct explanation *row = &explanations[i];
        if (begins(complaint->problem, row->problem) &&
            (row->context == NULL || begins(context, row->context)))
            return row;
    }
    return &explanations[ARRAY_LEN(explanations) - 1];
}

static const char *line_of(const struct source *source, size_t index)
{
    const char *at = source->text + source_byte(source, index);
    while (at > source->text && at[-1] != '\n')
        at--;
    return at;
}

/* A tab among the blanks that a line begins with; NULL where there is none. */
static const char *tab_in_indent(const char *line)
{
    size_t blank = strspn(line, " \t");
    bool content = line[blank] != '\0' && line[blank] != '\n' && line[blank] != '\r';
    return content ? memchr(line, '\t', blank) : NULL;
}

/* A ':' with a text right behind it, in a line that has no other; NULL where there is none. */
static const char *tight_colon(const char *line)
{
    size_t length = strcspn(line, "\r\n");
    if (length == 0 || line[0] == '#')
        return NULL;
    const char *colon = memchr(line, ':', length);
    if (colon == NULL || strchr(" \t\r\n/\\:", colon[1]) != NULL || colon[1] == '\0')
        return NULL;
    size_t rest = length - (size_t)(colon - line) - 1;
    return memchr(colon + 1, ':', rest) == NULL ? colon : NULL;
}

static bool explain_byte(const struct source *source, const char *at, const char *code,
                         const char *text, struct diag_list *findings)
{
    struct pos pos = source_pos_of_byte(source, (size_t)(at - source->text));
    diag_add(findings, SEVERITY_ERROR, pos, code, "%s", text);
    return true;
}

static const char *line_above(const struct source *source, const char *line)
{
    if (line == source->text)
        return line;
    for (line--; line > source->text && line[-1] != '\n';)
        line--;
    return line;
}

/*
 * The two commonest slips hide behind many different complaints. Without its space, 'key:value' is
 * a text that may go on below, and the complaint is of the next line.
 */
static bool explain_slip(const struct source *source, size_t index, struct diag_list *findings)
{
    const char *line = line_of(source, index);
    const char *tab = tab_in_indent(line);
    if (tab != NULL)
        return explain_byte(source, tab, "tab_indent", _("a tab cannot indent in YAML; use spaces"),
                            findings);
    const char *colon = tight_colon(line);
    if (colon == NULL)
        colon = tight_colon(line_above(source, line));
    if (colon != NULL)
        return explain_byte(source, colon + 1, "missing_space",
                            _("a space is missing between ':' and the value"), findings);
    return false;
}

static bool is_about_lines(const struct explanation *row)
{
    return row->place == AT || begins(row->problem, "could not find expected ':'");
}

void explain(const struct source *source, const struct complaint *complaint,
             struct diag_list *findings)
{
    const struct explanation *row = explanation_of(complaint);
    bool from = row->place == FROM && complaint->context != NULL;
    struct pos at = source_pos(source, complaint->at);
    if (is_about_lines(row)) {
        if (explain_slip(source, complaint->at, findings))
            return;
        if (from && explain_slip(source, complaint->from, findings))
            return;
    }
    struct pos pos = from ? source_pos(source, complaint->from) : at;
    struct diag *diag =
        diag_add(findings, SEVERITY_ERROR, pos, row->code, _(row->text), at.line, at.column);
    if (from)
        diag->other = at;
}
