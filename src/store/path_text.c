/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "path_text.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

#define BLANKS " \t\r\n"

bool path_text_next(const char **text, const char **step, size_t *length)
{
    if (*text == NULL)
        return false;
    size_t whole = strcspn(*text, ">");
    *step = *text + strspn(*text, BLANKS);
    const char *end = *text + whole;
    while (end > *step && strchr(BLANKS, end[-1]) != NULL)
        end--;
    *length = end > *step ? (size_t)(end - *step) : 0;
    *text = (*text)[whole] == '>' ? *text + whole + 1 : NULL;
    return true;
}

bool path_text_append(struct str *out, const char *text, struct error *why)
{
    const char *rest = text, *step;
    size_t length, count = 0;
    while (path_text_next(&rest, &step, &length)) {
        if (length == 0)
            return error_set(why, _("step %zu of the path is empty"), count + 1);
        if (count++ > 0)
            str_append(out, " > ");
        str_append_bytes(out, step, length);
    }
    return true;
}
