/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/marks.h>

#include <locale.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>

/* What the system says; the decimal mark is "" where it says nothing. */
static struct {
    char decimal[8], thousands[8];
} system_marks;

/* A mark in another character set than UTF-8 is of no use. */
static bool copy_mark(const char *mark, char out[8])
{
    size_t length = strlen(mark), bad;
    if (length >= sizeof(system_marks.decimal) || !utf8_valid(mark, length, &bad))
        return false;
    memcpy(out, mark, length + 1);
    return true;
}

void marks_init(bool from_system)
{
    const char *name = from_system ? setlocale(LC_NUMERIC, "") : NULL;
    bool speaks = name != NULL && strcmp(name, "C") != 0 && strcmp(name, "POSIX") != 0 &&
                  strncmp(name, "C.", 2) != 0;
    const struct lconv *conventions = localeconv();
    if (!speaks || !copy_mark(conventions->thousands_sep, system_marks.thousands) ||
        !copy_mark(conventions->decimal_point, system_marks.decimal))
        system_marks.decimal[0] = '\0';
    setlocale(LC_NUMERIC, "C");
}

struct marks marks_get(void)
{
    struct marks marks = {
        .decimal = system_marks.decimal,
        .thousands = system_marks.thousands,
    };
    if (system_marks.decimal[0] == '\0') {
        /* TRANSLATORS: what stands between 1 and 5 in "one and a half". */
        marks.decimal = C_("decimal mark", ".");
        /* TRANSLATORS: what stands between 1 and 000 in "one thousand". */
        marks.thousands = C_("thousands separator", ",");
    }
    if (!utf8_is_spoken() && (unsigned char)marks.thousands[0] >= 0x80)
        marks.thousands = "";
    return marks;
}
