/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/locale.h>

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/marks.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

/* Appends digits, grouped by three from the right. */
static void append_grouped(struct str *out, const char *digits, size_t count, const char *separator)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            str_append(out, separator);
        str_append_char(out, digits[i]);
    }
}

/* Appends a plain number of C, "8577.25", with the marks of people. */
static void append_marked(struct str *out, const char *plain)
{
    struct marks marks = marks_get();
    size_t whole = 0;
    while (isdigit((unsigned char)plain[whole]))
        whole++;
    append_grouped(out, plain, whole, marks.thousands);
    if (plain[whole] != '\0') {
        str_append(out, marks.decimal);
        str_append(out, plain + whole + 1);
    }
}

static bool all_zero(const char *plain)
{
    return strpbrk(plain, "123456789") == NULL;
}

/* The signs in front: of a number below zero, of one that is zero as shown, of one above. */
struct signs {
    const char *below, *zero, *above;
};

static const char *format_number(struct arena *arena, double value, int decimals,
                                 struct signs signs)
{
    bool utf8 = utf8_is_spoken();
    struct str out;
    str_init(&out);
    if (isnan(value)) {
        str_append(&out, utf8 ? "–" : "-");
    } else if (isinf(value)) {
        str_append(&out, value < 0 ? signs.below : signs.above);
        str_append(&out, utf8 ? "∞" : "inf");
    } else {
        struct str plain;
        str_init(&plain);
        str_printf(&plain, "%.*f", decimals, fabs(value));
        bool zero = all_zero(plain.text);
        str_append(&out, zero ? signs.zero : value < 0 ? signs.below : signs.above);
        append_marked(&out, plain.text);
        str_finish(&plain);
    }
    const char *text = arena_strndup(arena, out.text, out.length);
    str_finish(&out);
    return text;
}

static const char *minus(void)
{
    return utf8_is_spoken() ? "−" : "-";
}

const char *locale_number(struct arena *arena, double value, int decimals)
{
    return format_number(arena, value, decimals,
                         (struct signs){ .below = minus(), .zero = "", .above = "" });
}

const char *locale_signed(struct arena *arena, double value, int decimals)
{
    const char *zero = utf8_is_spoken() ? "±" : "";
    return format_number(arena, value, decimals,
                         (struct signs){ .below = minus(), .zero = zero, .above = "+" });
}

const char *locale_count(struct arena *arena, uint64_t value)
{
    char plain[32];
    snprintf(plain, sizeof(plain), "%" PRIu64, value);
    struct str out;
    str_init(&out);
    append_marked(&out, plain);
    const char *text = arena_strndup(arena, out.text, out.length);
    str_finish(&out);
    return text;
}

unsigned long locale_plural(double value, int decimals)
{
    return decimals == 0 && nearbyint(fabs(value)) == 1 ? 1 : 2;
}

const char *locale_percent(struct arena *arena, double share, int decimals)
{
    const char *number = locale_number(arena, share * 100, decimals);
    if (isnan(share))
        return number;
    /* TRANSLATORS: a percentage; use a no-break space where the language wants one. */
    const char *text = arena_printf(arena, C_("percentage", "%s%%"), number);
    return utf8_is_spoken() ? text : utf8_ascii(arena, text);
}
