/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/mapfile/value.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/utf8.h>

enum { FLOW_MAX = 80, STEP = 2 };

/* ---- Which texts may stand plain ---------------------------------------------------- */

/* What YAML 1.1 or 1.2 reads as null, a truth value or a merge. */
static bool is_keyword(const char *text)
{
    static const char *const words[] = { "~",    "null",  "true",  "false", "yes", "no",
                                         "on",   "off",   "y",     "n",     "<<",  "=",
                                         ".inf", "-.inf", "+.inf", ".nan" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

/* Numbers of either version, dates and times (sexagesimal): told by what they are made of. */
static bool is_numeric(const char *text)
{
    size_t sign = *text == '-' || *text == '+';
    if (!strchr("0123456789.", text[sign]) || text[sign] == '\0')
        return false;
    return strspn(text + sign, "0123456789abcdefABCDEFxXoOeE_+-.:TtZz ") == strlen(text + sign);
}

/* Only double quotes can say these, by an escape. */
static bool needs_escape(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 ||
           character == 0x2029 || character == 0xfeff;
}

bool text_needs_escape(const char *text)
{
    while (*text) {
        size_t length;
        uint32_t character = utf8_decode(text, &length);
        if (needs_escape(character) && character != '\n')
            return true;
        text += length;
    }
    return false;
}

static bool may_be_single(const char *text)
{
    return strchr(text, '\n') == NULL && !text_needs_escape(text);
}

static bool may_be_plain(const char *text, struct scalar_form form)
{
    size_t length = strlen(text);
    /* A number may begin with a minus, nothing else with any of these. */
    bool negative = form.typed && text[0] == '-' && text[1] >= '0' && text[1] <= '9';
    if (length == 0 || !may_be_single(text) ||
        (strchr("-?:,[]{}#&*!|>'\"%@` ", text[0]) != NULL && !negative))
        return false;
    if (text[length - 1] == ' ' || text[length - 1] == ':' || strstr(text, ": ") ||
        strstr(text, " #") || strncmp(text, "---", 3) == 0 || strncmp(text, "...", 3) == 0)
        return false;
    /* libyaml ends a plain text in flow at ":?", too. */
    if (form.in_flow && (strpbrk(text, ",[]{}") || strstr(text, ":?")))
        return false;
    return form.typed || (!is_keyword(text) && !is_numeric(text));
}

static void append_single(struct str *out, const char *text)
{
    str_append_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            str_append_char(out, '\'');
        str_append_char(out, *text);
    }
    str_append_char(out, '\'');
}

static void append_escape(struct str *out, uint32_t character)
{
    switch (character) {
    case '\n':
        str_append(out, "\\n");
        break;
    case '\t':
        str_append(out, "\\t");
        break;
    case '\r':
        str_append(out, "\\r");
        break;
    default:
        str_printf(out, character < 0x100 ? "\\x%02x" : "\\u%04x", character);
    }
}

static void append_double(struct str *out, const char *text)
{
    str_append_char(out, '"');
    while (*text) {
        size_t length;
        uint32_t character = utf8_decode(text, &length);
        if (character == '"' || character == '\\')
            str_append_char(out, '\\');
        if (needs_escape(character))
            append_escape(out, character);
        else
            str_append_bytes(out, text, length);
        text += length;
    }
    str_append_char(out, '"');
}

void scalar_append(struct str *out, const char *text, struct scalar_form form)
{
    if (form.style != YAML_SINGLE && form.style != YAML_DOUBLE && may_be_plain(text, form))
        str_append(out, text);
    else if (form.style != YAML_DOUBLE && may_be_single(text) && !strchr(text, '\''))
        append_single(out, text);
    else if (form.style == YAML_SINGLE && may_be_single(text))
        append_single(out, text);
    else
        append_double(out, text);
}

/* ---- Whole values ------------------------------------------------------------------------ */

/* A number or date in a value that a person typed was typed plain: it stays so. */
static void append_text(struct str *out, const struct value *value, bool in_flow)
{
    if (value->nothing)
        return;
    scalar_append(
        out, value->text,
        (struct scalar_form){ .style = YAML_PLAIN, .in_flow = in_flow, .typed = !value->quoted });
}

void value_append_flow(struct str *out, const struct value *value)
{
    bool pairs = value->kind == VALUE_PAIRS;
    if (value->kind == VALUE_TEXT) {
        append_text(out, value, true);
        return;
    }
    str_append_char(out, pairs ? '{' : '[');
    for (size_t i = 0; i < value->count; i++) {
        if (i > 0)
            str_append(out, pairs && i % 2 ? ": " : ", ");
        value_append_flow(out, value->items[i]);
    }
    str_append_char(out, pairs ? '}' : ']');
}

static void append_indent(struct str *out, int indent)
{
    for (int i = 0; i < indent; i++)
        str_append_char(out, ' ');
}

bool value_fits_line(const struct value *value)
{
    if (value->kind == VALUE_TEXT || value->count == 0)
        return true;
    for (size_t i = 0; i < value->count; i++)
        if (value->items[i]->kind != VALUE_TEXT)
            return false;
    struct str str;
    str_init(&str);
    value_append_flow(&str, value);
    bool fits = utf8_width(str.text) <= FLOW_MAX;
    str_finish(&str);
    return fits;
}

void value_append_line(struct str *out, const struct value *value)
{
    if (value->kind == VALUE_TEXT)
        append_text(out, value, false);
    else
        value_append_flow(out, value);
}

void value_append_behind(struct str *out, const struct value *value, int indent,
                         const char *newline)
{
    if (value->kind == VALUE_TEXT && value->nothing) {
        str_append(out, newline);
    } else if (value_fits_line(value)) {
        str_append_char(out, ' ');
        value_append_line(out, value);
        str_append(out, newline);
    } else {
        str_append(out, newline);
        value_append_block(out, value, indent + STEP, newline);
    }
}

/* "- key: value", the rest of the pairs below the key. */
static void append_item(struct str *out, const struct value *item, int indent, const char *newline)
{
    append_indent(out, indent);
    str_append_char(out, '-');
    if (item->kind != VALUE_PAIRS || value_fits_line(item)) {
        value_append_behind(out, item, indent, newline);
        return;
    }
    size_t start = out->length;
    value_append_block(out, item, indent + STEP, newline);
    /* The first line's indentation is where the dash stands. */
    memmove(out->text + start, out->text + start + indent + 1,
            out->length - start - (size_t)indent - 1);
    str_truncate(out, out->length - (size_t)indent - 1);
}

void value_append_block(struct str *out, const struct value *value, int indent, const char *newline)
{
    if (value->kind == VALUE_TEXT || value->count == 0) {
        append_indent(out, indent);
        value_append_flow(out, value);
        str_append(out, newline);
    } else if (value->kind == VALUE_LIST) {
        for (size_t i = 0; i < value->count; i++)
            append_item(out, value->items[i], indent, newline);
    } else {
        for (size_t i = 0; i + 1 < value->count; i += 2) {
            append_indent(out, indent);
            append_text(out, value->items[i], false);
            str_append_char(out, ':');
            value_append_behind(out, value->items[i + 1], indent, newline);
        }
    }
}
