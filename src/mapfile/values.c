/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/decimal.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/str.h>

bool report_no_text(struct reading *reading, const char *key, const struct yaml_node *node)
{
    if (node->kind == YAML_LIST)
        report(reading, SEVERITY_ERROR, node, "wrong_kind", _("'%s' takes one value, not a list"),
               key);
    else
        report(reading, SEVERITY_ERROR, node, "wrong_kind",
               _("'%s' takes one value, not keys with values; a text with ': ' in it needs quotes"),
               key);
    return false;
}

bool expect_list(struct reading *reading, const char *key, const struct yaml_node *node)
{
    if (node->kind == YAML_LIST)
        return true;
    report(reading, SEVERITY_ERROR, node, "wrong_kind",
           _("'%s' takes a list: write each item on a line of its own, behind '- '"), key);
    return false;
}

bool expect_pairs(struct reading *reading, const char *key, const struct yaml_node *node)
{
    if (node->kind == YAML_PAIRS)
        return true;
    if (node->kind == YAML_LIST)
        report(reading, SEVERITY_ERROR, node, "wrong_kind",
               _("'%s' takes keys with values, not a list"), key);
    else
        report(reading, SEVERITY_ERROR, node, "wrong_kind",
               _("'%s' takes keys with values: write each as 'key: value' on a line of its own"),
               key);
    return false;
}

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* A decimal number, in the form that all languages of the file format share. */
static bool is_number(const char *text)
{
    text += *text == '-' || *text == '+';
    size_t whole = digits(text), fraction = 0;
    text += whole;
    if (*text == '.') {
        fraction = digits(++text);
        text += fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        text += *text == '-' || *text == '+';
        size_t exponent = digits(text);
        text += exponent;
        return exponent > 0 && *text == '\0';
    }
    return *text == '\0';
}

static void report_no_number(struct reading *reading, const char *key, const struct yaml_node *node)
{
    char *point = arena_strdup(reading->nodes, node->text);
    char *comma = strchr(point, ',');
    if (comma != NULL)
        *comma = '.';
    if (comma != NULL && is_number(point))
        report(reading, SEVERITY_ERROR, node, "not_a_number",
               _("'%s' must be a number: write %s with a point, %s"), key,
               shown(reading, node->text), point);
    else
        report(reading, SEVERITY_ERROR, node, "not_a_number", _("'%s' must be a number, not '%s'"),
               key, shown(reading, node->text));
}

bool read_number(struct reading *reading, const char *key, const struct yaml_node *node, double min,
                 double max, double *out)
{
    if (!expect_text(reading, key, node))
        return false;
    double number;
    if (!decimal_read(node->text, &number)) {
        if (!is_number(node->text)) {
            report_no_number(reading, key, node);
            return false;
        }
        number = strtod(node->text, NULL);
    }
    bool bounded = min != 0 || max != 0;
    if (number - number != 0 || (bounded && (number < min || number > max))) {
        if (bounded)
            report(reading, SEVERITY_ERROR, node, "out_of_range",
                   _("'%s' must be from %.15g to %.15g, not %s"), key, min, max,
                   shown(reading, node->text));
        else
            report(reading, SEVERITY_ERROR, node, "out_of_range", _("'%s' is too large a number"),
                   key);
        return false;
    }
    *out = number;
    return true;
}

static bool is_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

bool read_bool(struct reading *reading, const char *key, const struct yaml_node *node, bool *out)
{
    static const char *const yes[] = { "yes", "Yes", "YES",  "y",    "Y",  "on", "On",
                                       "ON",  "1",   "True", "TRUE", "ja", "x" };
    static const char *const no[] = { "no",  "No",  "NO", "n",     "N",     "off",
                                      "Off", "OFF", "0",  "False", "FALSE", "nein" };
    if (!expect_text(reading, key, node))
        return false;
    *out = strcmp(node->text, "true") == 0;
    if (*out || strcmp(node->text, "false") == 0)
        return true;
    if (is_one_of(node->text, yes, ARRAY_LEN(yes)))
        report(reading, SEVERITY_ERROR, node, "not_a_bool",
               _("'%s' must be true or false; write true"), key);
    else if (is_one_of(node->text, no, ARRAY_LEN(no)))
        report(reading, SEVERITY_ERROR, node, "not_a_bool",
               _("'%s' must be true or false; write false"), key);
    else
        report(reading, SEVERITY_ERROR, node, "not_a_bool",
               _("'%s' must be true or false, not '%s'"), key, shown(reading, node->text));
    return false;
}

static const char *joined_words(struct reading *reading, const struct words *words)
{
    struct str list;
    str_init(&list);
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i][0] != '\0')
            str_printf(&list, "%s%s", list.length > 0 ? ", " : "", words->items[i]);
    const char *text = arena_strdup(reading->nodes, list.text);
    str_finish(&list);
    return text;
}

bool read_word(struct reading *reading, const char *key, const struct yaml_node *node,
               const struct words *words, int *out)
{
    if (!expect_text(reading, key, node))
        return false;
    *out = words_find(words, node->text);
    if (*out != NONE)
        return true;
    struct near near;
    near_init(&near, node->text);
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i][0] != '\0')
            near_offer(&near, words->items[i]);
    if (near.best != NULL)
        report(reading, SEVERITY_ERROR, node, "unknown_word",
               _("'%s' cannot be '%s'; did you mean '%s'?"), key, shown(reading, node->text),
               near.best);
    else
        report(reading, SEVERITY_ERROR, node, "unknown_word",
               _("'%s' cannot be '%s'; it is one of: %s"), key, shown(reading, node->text),
               joined_words(reading, words));
    return false;
}

static void take_text(struct reading *reading, const struct field *field,
                      const struct yaml_node *node, struct texts *out)
{
    if (!expect_text(reading, field->key, node))
        return;
    if (!field->keep_empty && says_nothing(node)) {
        report(reading, SEVERITY_WARNING, node, "empty_item", _("an item of '%s' is empty"),
               field->key);
        return;
    }
    out->items[out->count++] = node->text;
}

bool read_texts(struct reading *reading, const struct field *field, const struct yaml_node *node,
                struct texts *out)
{
    bool list = node->kind == YAML_LIST;
    size_t written = list ? node->count : 1;
    out->items = arena_array(reading->arena, written, sizeof(*out->items));
    if (!list)
        take_text(reading, field, node, out);
    for (const struct yaml_node *item = list ? node->first : NULL; item != NULL; item = item->next)
        take_text(reading, field, yaml_resolve(item), out);
    return out->count == written;
}
