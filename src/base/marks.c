/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/marks.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/utf8.h>

/* What the system says; the decimal mark is "" where it says nothing. */
static char system_decimal[8], system_thousands[8];

static bool usable(const char *mark)
{
    size_t bad;
    return strlen(mark) < sizeof(system_decimal) && utf8_valid(mark, strlen(mark), &bad);
}

void marks_init(bool from_system)
{
    system_decimal[0] = system_thousands[0] = '\0';
    const char *name = from_system ? setlocale(LC_NUMERIC, "") : NULL;
    bool speaks = name != NULL && strcmp(name, "C") != 0 && strcmp(name, "POSIX") != 0 &&
                  strncmp(name, "C.", 2) != 0;
    const struct lconv *conventions = localeconv();
    if (speaks && usable(conventions->decimal_point) && usable(conventions->thousands_sep)) {
        strcpy(system_decimal, conventions->decimal_point);
        strcpy(system_thousands, conventions->thousands_sep);
    }
    setlocale(LC_NUMERIC, "C");
}

struct marks marks_get(void)
{
    struct marks marks = { .decimal = system_decimal, .thousands = system_thousands };
    if (system_decimal[0] == '\0') {
        /* TRANSLATORS: what stands between 1 and 5 in "one and a half". */
        marks.decimal = C_("decimal mark", ".");
        /* TRANSLATORS: what stands between 1 and 000 in "one thousand". */
        marks.thousands = C_("thousands separator", ",");
    }
    if (!locale_is_utf8() && (unsigned char)marks.thousands[0] >= 0x80)
        marks.thousands = "";
    return marks;
}
