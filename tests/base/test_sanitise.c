/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/utf8.h>

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static const struct {
    const char *text, *shown;
} attacks[] = {
    /* what a terminal obeys */
    { "\033[2J\033]0;title\a", "␛[2J␛]0;title␇" },
    { "\033]52;c;cm0gLXJm\033\\", "␛]52;c;cm0gLXJm␛\\" },
    { "safe\rEVIL", "safe␍EVIL" },
    { "a\bb\vc\fd\x0E\x0F\x7F", "a␈b␋c␌d␎␏␡" },
    { "\xC2\x85\xC2\x9B" "31m\xC2\x90q\xC2\x9C", "<U+0085><U+009B>31m<U+0090>q<U+009C>" },
    { "\x9B" "31m", "\uFFFD31m" }, /* CSI as a bare byte */
    /* what changes the direction */
    { "a\u202Etxt.exe", "a<U+202E>txt.exe" },
    { "\u202A\u202B\u202C\u202D", "<U+202A><U+202B><U+202C><U+202D>" },
    { "\u2066\u2067\u2068\u2069", "<U+2066><U+2067><U+2068><U+2069>" },
    { "\u200E\u200F\u061C", "<U+200E><U+200F><U+061C>" },
    /* what hides */
    { "pay\u200Bpal", "pay<U+200B>pal" },
    { "\uFEFFa\uFEFF", "<U+FEFF>a<U+FEFF>" },
    { "a\u2060b\u2061c\u2064d\u206Ae", "a<U+2060>b<U+2061>c<U+2064>d<U+206A>e" },
    { "Zeit\u00ADtafel", "Zeit<U+00AD>tafel" },
    { "a\u034Fb", "a<U+034F>b" },
    { "a\u115F\u1160\u3164\uFFA0", "a<U+115F><U+1160><U+3164><U+FFA0>" },
    { "a\u17B4\u17B5\u180B\u180E\u180F", "a<U+17B4><U+17B5><U+180B><U+180E><U+180F>" },
    { "a\U000E0001\U000E0041\U000E007F", "a<U+E0001><U+E0041><U+E007F>" },
    { "a\uFE00b\uFE0Fc\U000E0100d\U000E01EF", "a<U+FE00>b<U+FE0F>c<U+E0100>d<U+E01EF>" },
    { "a\uFFF9b\uFFFAc\uFFFB", "a<U+FFF9>b<U+FFFA>c<U+FFFB>" },
    { "a\u2028b\u2029c", "a<U+2028>b<U+2029>c" },
    { "a\U0001BCA0\U0001D173\U000E0FFF", "a<U+1BCA0><U+1D173><U+E0FFF>" },
    { "a\u0600b", "a<U+0600>b" },
    /* what is no character */
    { "\uE000\U000F0000\U0010FFFD", "<U+E000><U+F0000><U+10FFFD>" },
    { "\uFDD0\uFFFE\U0001FFFF", "<U+FDD0><U+FFFE><U+1FFFF>" },
    { "\xC0\x80", "\uFFFD\uFFFD" },
    { "\xED\xA0\xBD\xED\xB8\x80", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD" },
    { "\xE2\x82|\xF0\x9F\x9A|\xFF", "\uFFFD|\uFFFD|\uFFFD" },
    /* joiners and selectors that have no work to do */
    { "a\u200Db", "a<U+200D>b" },
    { "a\u200Cb", "a<U+200C>b" },
    { "👩\u200Dx", "👩<U+200D>x" },
    { "👩\u200D", "👩<U+200D>" },
    { "\u200D👩", "<U+200D>👩" },
    { "👩\u200D\u200D👧", "👩<U+200D><U+200D>👧" },
    { "❤\uFE0F\uFE0F", "❤\uFE0F<U+FE0F>" },
    { "1\uFE0Fx", "1<U+FE0F>x" },
    { "1\uFE0E\u20E3", "1<U+FE0E>\u20E3" },
    { "\u0645\u200C", "\u0645<U+200C>" },
    { "\u0645\u200Cx", "\u0645<U+200C>x" },
    { "\u0645\u200C\u200C\u062E", "\u0645<U+200C><U+200C>\u062E" },
    { "\u0645\u200E\u062E", "\u0645<U+200E>\u062E" },
    /* marks that climb over the lines around, or onto what stands before the text */
    { "\u0301x", "◌\u0301x" },
    { "\u1161x", "◌\u1161x" },
    { "\u093Fx", "◌\u093Fx" },
    { "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A",
      "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308<U+0309>\u030A" },
};

START_TEST(test_attacks_are_shown)
{
    ck_assert_str_eq(sanitise_text(&arena, attacks[_i].text, SANITISE_ONE_LINE),
                     attacks[_i].shown);
    ck_assert_str_eq(sanitise_text(&arena, attacks[_i].text, SANITISE_KEEP_LINES),
                     attacks[_i].shown);
}
END_TEST

static const char *const clean[] = {
    "",
    "Gleis 7a, 12:30 — „Bitte ausdrucken!“ 61 % (Ä Ö Ü ß é ñ) €",
    "a\u00A0b\u202Fc\u2009d\u3000e", /* spaces that take room */
    "漢字 テスト 한국어 ไทย ру́сский Ελληνικά עברית العربية हिन्दी",
    "e\u0301 か\u3099 \u1112\u1161\u11AB",
    "👩\u200D👩\u200D👧 👩🏽\u200D🚀 🏳\uFE0F\u200D🌈 ❤\uFE0F ☎\uFE0E 1\uFE0F\u20E3 #\uFE0F\u20E3 🇩🇪",
    "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", /* Persian, with its ZWNJ */
    "\u0930\u094D\u200D\u092F \u0915\u094D\u200C\u0937", /* Devanagari, with both joiners */
    "␛[2J <U+202E> \uFFFD ◌\u0301",
    "│░▒▓█▁▂▃▄▅▆▇ ╭╮╯╰ ⠁⠂⣿ ●○◆→",
};

START_TEST(test_clean_text_is_returned_itself)
{
    ck_assert_ptr_eq(sanitise_text(&arena, clean[_i], SANITISE_ONE_LINE), clean[_i]);
    ck_assert_ptr_eq(sanitise_text(&arena, clean[_i], SANITISE_KEEP_LINES), clean[_i]);
}
END_TEST

static const struct {
    const char *text, *one_line, *lines;
} breaks[] = {
    { "a\nb", "a b", "a\nb" },
    { "a\r\nb", "a b", "a\nb" },
    { "a\r\r\nb", "a␍ b", "a␍\nb" },
    { "a\n\rb", "a ␍b", "a\n␍b" },
    { "a\tb", "a b", "a b" },
    { "a\n\n\tb", "a   b", "a\n\n b" },
    { "a\n\u0301b", "a \u0301b", "a\n◌\u0301b" },
    { "a\r\n\u0301b", "a \u0301b", "a\n◌\u0301b" },
    { "\n", " ", "\n" },
    { "\r", "␍", "␍" },
};

START_TEST(test_newlines_and_tabs)
{
    ck_assert_str_eq(sanitise_text(&arena, breaks[_i].text, SANITISE_ONE_LINE),
                     breaks[_i].one_line);
    ck_assert_str_eq(sanitise_text(&arena, breaks[_i].text, SANITISE_KEEP_LINES),
                     breaks[_i].lines);
}
END_TEST

START_TEST(test_nul_bytes_and_what_was_there_before)
{
    struct str out;
    str_init(&out);
    str_append(&out, "file ");
    sanitise_append(&out, "a\0b\n", 4, SANITISE_ONE_LINE);
    ck_assert_str_eq(out.text, "file a␀b ");
    sanitise_append(&out, "abc\xE2\x82\xAC", 4, SANITISE_ONE_LINE); /* ends inside the euro */
    ck_assert_str_eq(out.text, "file a␀b abc\uFFFD");
    str_finish(&out);
}
END_TEST

/* What must never come out of the sanitiser; ZWJ, ZWNJ and FE0E/F are looked at apart. */
static bool is_forbidden(uint32_t point)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0x0000, 0x0009 },   { 0x000B, 0x001F },   { 0x007F, 0x009F },   { 0x00AD, 0x00AD },
        { 0x034F, 0x034F },   { 0x0600, 0x0605 },   { 0x061C, 0x061C },   { 0x06DD, 0x06DD },
        { 0x070F, 0x070F },   { 0x115F, 0x1160 },   { 0x17B4, 0x17B5 },   { 0x180B, 0x180F },
        { 0x200B, 0x200B },   { 0x200E, 0x200F },   { 0x2028, 0x202E },   { 0x2060, 0x206F },
        { 0x3164, 0x3164 },   { 0xD800, 0xF8FF },   { 0xFDD0, 0xFDEF },   { 0xFE00, 0xFE0D },
        { 0xFEFF, 0xFEFF },   { 0xFFA0, 0xFFA0 },   { 0xFFF0, 0xFFFB },   { 0xFFFE, 0xFFFF },
        { 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF }, { 0xF0000, 0x110000 },
    };
    for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return true;
    return false;
}

/* What is wrong with what came out; NULL where nothing is. */
static const char *fault(const struct str *out, size_t bytes, enum sanitise_breaks how)
{
    size_t bad, length;
    if (!utf8_valid(out->text, out->length, &bad))
        return "ill-formed";
    if (out->length > 4 * bytes)
        return "too long";
    for (size_t at = 0; at < out->length; at += length) {
        uint32_t point = utf8_decode(out->text + at, &length);
        if (is_forbidden(point) || (point == '\n' && how == SANITISE_ONE_LINE))
            return "a forbidden character";
    }
    struct str again;
    str_init(&again);
    sanitise_append(&again, out->text, out->length, how);
    bool same = again.length == out->length && memcmp(again.text, out->text, out->length) == 0;
    str_finish(&again);
    return same ? NULL : "another text the second time";
}

/* One assertion per text and not one per character: Check takes its time for each. */
static void check_bytes(const char *source, size_t bytes, enum sanitise_breaks how)
{
    struct str out;
    str_init(&out);
    sanitise_append(&out, source, bytes, how);
    const char *wrong = fault(&out, bytes, how);
    if (wrong != NULL)
        ck_abort_msg("%s: '%s'", wrong, out.text);
    str_finish(&out);
}

START_TEST(test_every_code_point_alone)
{
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF)
            point = 0xE000;
        if (point >= 0x20000 && point < 0xDFFF0)
            point += 0x3D; /* ideographs and nothing */
        if (point >= 0xE1100)
            point += 0x3FD;
        char bytes[5];
        size_t length = utf8_encode(point, bytes);
        check_bytes(bytes, length, SANITISE_KEEP_LINES);
    }
}
END_TEST

/* Whatever depends on its neighbours, beside whatever it may depend on. */
START_TEST(test_any_mixture)
{
    static const uint32_t pool[] = {
        'a',    '1',    '#',    ' ',    '\n',    '\r',    '\t',    0x1B,    0x301,   0x1161,
        0x1100, 0x200C, 0x200D, 0xFE0F, 0xFE0E,  0x1F469, 0x1F3FB, 0x20E3,  0x915,   0x94D,
        0x93E,  0x6CC,  0x202E, 0xAD,   0x2764,  0x1F1E6, 0xE0041, 0x85,    0x25CC,  0x3C,
    };
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char bytes[80];
        size_t length = 0;
        for (int i = 0; i < 14; i++) {
            seed = seed * 1664525 + 1013904223;
            uint32_t pick = seed >> 16;
            if (pick % 16 == 0)
                bytes[length++] = (char)(pick >> 4 | 0x80);
            else
                length += utf8_encode(pool[pick % ARRAY_LEN(pool)], bytes + length);
        }
        check_bytes(bytes, length, round % 2 == 0 ? SANITISE_ONE_LINE : SANITISE_KEEP_LINES);
    }
}
END_TEST

START_TEST(test_selectors_stand_on_pictograms_only)
{
    struct str out;
    str_init(&out);
    for (uint32_t point = 0x20; point < 0x1FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF)
            point = 0xE000;
        char bytes[12];
        size_t length = utf8_encode(point, bytes);
        length += utf8_encode(0xFE0F, bytes + length);
        length += utf8_encode(0xFE0F, bytes + length);
        str_clear(&out);
        sanitise_append(&out, bytes, length, SANITISE_ONE_LINE);
        /* The second is always shown; the first on what is no emoji. */
        bool never = point < 0xA9 || (point > 0x3300 && point < 0x1F000);
        if (strstr(out.text, "<U+FE0F>") == NULL || (never && strstr(out.text, "\uFE0F") != NULL))
            ck_abort_msg("U+%04X gives '%s'", (unsigned)point, out.text);
    }
    str_finish(&out);
}
END_TEST

Suite *base_sanitise_suite(void)
{
    Suite *suite = suite_create("base_sanitise");
    TCase *tests = tcase_create("sanitise");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, test_attacks_are_shown, 0, ARRAY_LEN(attacks));
    tcase_add_loop_test(tests, test_clean_text_is_returned_itself, 0, ARRAY_LEN(clean));
    tcase_add_loop_test(tests, test_newlines_and_tabs, 0, ARRAY_LEN(breaks));
    tcase_add_test(tests, test_nul_bytes_and_what_was_there_before);
    tcase_add_test(tests, test_every_code_point_alone);
    tcase_add_test(tests, test_any_mixture);
    tcase_add_test(tests, test_selectors_stand_on_pictograms_only);
    suite_add_tcase(suite, tests);
    return suite;
}
