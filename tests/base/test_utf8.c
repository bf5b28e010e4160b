/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include <locale.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
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

/* ---- Bytes and code points ---- */

START_TEST(test_every_code_point_there_and_back)
{
    for (uint32_t point = 1; point <= 0x10FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF)
            point = 0xE000;
        char bytes[5];
        size_t length = utf8_encode(point, bytes), read, bad;
        size_t expected = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        if (!utf8_valid(bytes, length, &bad) || utf8_decode(bytes, &read) != point ||
            read != length || length != expected)
            ck_abort_msg("U+%04X", (unsigned)point);
    }
}
END_TEST

/* Where the first bad byte is, and how long the maximal bad part (Unicode 15, table 3-8, more). */
static const struct {
    const char *bytes;
    size_t bad, part;
} ill_formed[] = {
    { "\x80", 0, 1 },
    { "a\xBF", 1, 1 },
    { "\xC0\xAF", 0, 1 },                 /* overlong "/" */
    { "\xC1\xBF", 0, 1 },
    { "\xC3", 0, 1 },
    { "\xC3(", 0, 1 },
    { "\xE0\x80\xBF", 0, 1 },             /* overlong */
    { "\xE0\xA0", 0, 2 },
    { "\xE2\x82", 0, 2 },
    { "\xED\xA0\x80", 0, 1 },             /* a surrogate */
    { "\xED\x9F", 0, 2 },
    { "\xF0\x80\x80\x80", 0, 1 },         /* overlong */
    { "\xF0\x9F\x9A", 0, 3 },
    { "\xF1\x80\xE1", 0, 2 },
    { "\xF4\x90\x80\x80", 0, 1 },         /* beyond U+10FFFF */
    { "\xF5\x80\x80\x80", 0, 1 },
    { "\xFE", 0, 1 },
    { "\xFF", 0, 1 },
    { "abcdefghijklmno\xC3\xA4\xC3", 17, 1 }, /* behind the fast path */
    { "abcdefg\xFFijklmno", 7, 1 },
};

START_TEST(test_ill_formed)
{
    const char *bytes = ill_formed[_i].bytes;
    size_t length = strlen(bytes), bad = 99, read;
    ck_assert(!utf8_valid(bytes, length, &bad));
    ck_assert_uint_eq(bad, ill_formed[_i].bad);
    uint32_t point;
    ck_assert(!utf8_read(bytes + bad, length - bad, &point, &read));
    ck_assert_uint_eq(point, 0xFFFD);
    ck_assert_uint_eq(read, ill_formed[_i].part);
    ck_assert_uint_eq(utf8_decode(bytes + bad, &read), 0xFFFD);
    ck_assert_uint_eq(read, 1);
}
END_TEST

START_TEST(test_the_end_is_a_nul)
{
    size_t length, bad;
    ck_assert_uint_eq(utf8_decode("", &length), 0);
    ck_assert_uint_eq(length, 1);
    ck_assert(utf8_valid("", 0, &bad));
    ck_assert(utf8_valid("a\0b", 3, &bad));
    ck_assert(utf8_valid("\xEF\xBF\xBD", 3, &bad));
}
END_TEST

/* ---- Clusters ---- */

/* What is drawn, each cluster as "text:width ", in C.UTF-8. */
static const struct {
    const char *text, *drawn;
} clusters[] = {
    { "", "" },
    { "ab", "a:1 b:1 " },
    { "ä", "ä:1 " },
    { "a\u0308b", "a\u0308:1 b:1 " },
    { "e\u0301\u0323x", "e\u0301\u0323:1 x:1 " },
    { "漢字", "漢:2 字:2 " },
    { "が", "が:2 " },
    { "か\u3099", "か\u3099:2 " },
    { "한", "한:2 " },
    { "\u1112\u1161\u11AB.", "\u1112\u1161\u11AB:2 .:1 " }, /* the same by its letters */
    { "🚆x", "🚆:2 x:1 " },
    { "👩\u200D👩\u200D👧x", "👩:2 x:1 " },          /* a family: its first member */
    { "👍\U0001F3FD!", "👍:2 !:1 " },                /* a skin tone */
    { "❤\uFE0Fx", "❤:1 x:1 " },                      /* an emoji by selector */
    { "1\uFE0F\u20E3x", "1:1 x:1 " },                /* a keycap */
    { "🇩🇪🇫🇷", "D:1 E:1 F:1 R:1 " },                  /* flags */
    { "🇩x", "D:1 x:1 " },
    { "\u0301x", "\uFFFD:1 x:1 " },                  /* nothing to stand on */
    { "\u200D", "\uFFFD:1 " },
    { "\u1161", "\uFFFD:1 " },
    { "\u0915\u093Ex", "\u0915:1 \u093E:1 x:1 " },   /* a vowel with a column of its own */
    { "\u0915\u094Dx", "\u0915\u094D:1 x:1 " },      /* a virama without */
    { "\u0645\u06CC\u200C\u062E", "\u0645:1 \u06CC:1 \u062E:1 " }, /* ZWNJ inside a word */
    { "a\tb\r\n", "a:1 \uFFFD:1 b:1 \uFFFD:1 \uFFFD:1 " },
    { "\x80z\xC3", "\uFFFD:1 z:1 \uFFFD:1 " },
    { "\U0010FFFFx", "\uFFFD:1 x:1 " },
    { "x\u00A0y", "x:1 \u00A0:1 y:1 " },
    { "—·…→●▲", "—:1 ·:1 …:1 →:1 ●:1 ▲:1 " },
};

START_TEST(test_clusters)
{
    struct str drawn;
    str_init(&drawn);
    struct grapheme cluster;
    const char *text = clusters[_i].text;
    int width = 0;
    for (; utf8_next(text, &cluster); text += cluster.source) {
        str_append_bytes(&drawn, cluster.text, cluster.bytes);
        str_printf(&drawn, ":%d ", cluster.width);
        width += cluster.width;
    }
    ck_assert_str_eq(drawn.text, clusters[_i].drawn);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(utf8_width(clusters[_i].text), width);
    str_finish(&drawn);
}
END_TEST

START_TEST(test_clusters_of_any_bytes_end)
{
    unsigned seed = 1;
    for (int round = 0; round < 3000; round++) {
        char bytes[24];
        for (size_t i = 0; i < sizeof(bytes) - 1; i++) {
            seed = seed * 1103515245 + 12345;
            bytes[i] = (char)(seed >> 16);
        }
        bytes[sizeof(bytes) - 1] = '\0';
        size_t length = strlen(bytes), used = 0, bad;
        struct grapheme cluster;
        for (; utf8_next(bytes + used, &cluster); used += cluster.source) {
            if (cluster.source == 0 || cluster.width < 1 || cluster.width > 2 ||
                !utf8_valid(cluster.text, cluster.bytes, &bad))
                ck_abort_msg("at byte %zu of round %d", used, round);
        }
        ck_assert_uint_eq(used, length);
    }
}
END_TEST

START_TEST(test_widths_without_a_utf8_locale)
{
    setlocale(LC_ALL, "C");
    ck_assert_int_eq(utf8_width("Verspätung"), 10);
    ck_assert_int_eq(utf8_width("漢字"), 4);
    ck_assert_int_eq(utf8_width("a\u0308b"), 2);
    test_locale();
}
END_TEST

/* ---- Fitting ---- */

static const struct {
    const char *text;
    int columns;
    const char *fitted;
} fits[] = {
    { "Verspätung", 10, "Verspätung" },
    { "Verspätung", 9, "Verspätu…" },
    { "Verspätung", 1, "…" },
    { "Verspätung", 0, "" },
    { "Verspätung", -3, "" },
    { "", 0, "" },
    { "Die Zeit", 5, "Die…" }, /* no space before the dots */
    { "漢字", 4, "漢字" },
    { "漢字", 3, "漢…" },
    { "漢字", 2, "…" },
    { "a漢", 2, "a…" },
    { "e\u0301e\u0301e\u0301", 2, "e\u0301…" },
    { "👩\u200D👩\u200D👧👩\u200D👩\u200D👧", 3, "👩\u200D👩\u200D👧…" },
    { "    x", 3, "…" },
};

START_TEST(test_fitting)
{
    const char *text = fits[_i].text;
    const char *fitted = utf8_fit(&arena, text, fits[_i].columns, "…");
    ck_assert_str_eq(fitted, fits[_i].fitted);
    if (fits[_i].columns >= 0)
        ck_assert_int_le(utf8_width(fitted), fits[_i].columns);
    if (utf8_width(text) <= fits[_i].columns)
        ck_assert_ptr_eq(fitted, text);
}
END_TEST

START_TEST(test_fitting_with_any_ellipsis)
{
    ck_assert_str_eq(utf8_fit(&arena, "Verspaetung", 6, "..."), "Ver...");
    ck_assert_str_eq(utf8_fit(&arena, "Verspaetung", 2, "..."), "Ve");
    ck_assert_str_eq(utf8_fit(&arena, "漢字", 1, "..."), "");
    ck_assert_str_eq(utf8_fit(&arena, "Gleis", 3, ""), "Gle");
}
END_TEST

/* ---- Wrapping: lines joined by "|" ---- */

static const struct {
    const char *text;
    int columns;
    const char *lines;
} wraps[] = {
    { "", 10, "" },
    { "   ", 10, "" },
    { "\n \n", 10, "" },
    { "eins", 10, "eins" },
    { "eins zwei", 9, "eins zwei" },
    { "eins zwei", 8, "eins|zwei" },
    { "  eins   zwei  ", 9, "eins zwei" },
    { "eins zwei drei", 4, "eins|zwei|drei" },
    { "eins\nzwei", 20, "eins|zwei" },
    { "eins\n\nzwei\n", 20, "eins||zwei" },
    { "\n\neins\n \n\nzwei", 20, "eins|||zwei" },
    { "Donaudampfschiff", 6, "Donaud|ampfsc|hiff" },
    { "am Donaudampfschiff", 6, "am|Donaud|ampfsc|hiff" },
    { "Donaudampf ab", 6, "Donaud|ampf|ab" },
    { "Donaudampf a", 6, "Donaud|ampf a" },
    { "Online-Marketing-Managerin", 17, "Online-Marketing-|Managerin" },
    { "Online-Marketing-Managerin", 10, "Online-|Marketing-|Managerin" },
    { "2026-11-01 um", 8, "2026-11-|01 um" },
    { "a --lang de", 6, "a|--lang|de" },
    { "Bahn–Taxi", 6, "Bahn–|Taxi" },
    { "10–12 Uhr", 4, "10–1|2|Uhr" },
    { "漢字テスト", 4, "漢字|テス|ト" },
    { "漢字テスト", 5, "漢字|テス|ト" },
    { "a漢", 1, "a|?" },
    { "e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301" },
    { "so\u00A0viel Platz", 6, "so\u00A0vie|l|Platz" }, /* not broken at the no-break space */
    { "no time 2 · no budget 1", 22, "no time 2 ·|no budget 1" },
    { "no time 2 · no budget 1", 10, "no time 2|no budget|1" }, /* too long a fact */
    { "no time 2 . no budget 1 . a b", 24, "no time 2 . no budget 1|a b" },
    { "one two · three", 8, "one two|three" }, /* no room for what stands between them */
    { "no time 2\u00A0· no sum\u00A0· a", 18, "no time 2\u00A0·|no sum\u00A0· a" },
    { "· one · two", 7, "· one ·|two" },
    { "a\n· b", 9, "a|· b" },
};

START_TEST(test_wrapping)
{
    size_t count = 99;
    const char **lines = utf8_wrap(&arena, wraps[_i].text, wraps[_i].columns, &count);
    struct str joined;
    str_init(&joined);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_le(utf8_width(lines[i]), wraps[_i].columns);
        str_printf(&joined, "%s%s", i > 0 ? "|" : "", lines[i]);
    }
    ck_assert_str_eq(joined.text, wraps[_i].lines);
    str_finish(&joined);
}
END_TEST

START_TEST(test_wrapping_keeps_every_letter_at_every_width)
{
    static const char text[] =
        "Die Online-Marketing-Managerin sucht das Gleis; 漢字テスト und e\u0301t\u0301 am "
        "Donaudampfschifffahrtsgesellschaftssteg. 👩\u200D👩\u200D👧 Ende";
    for (int columns = 2; columns < 60; columns++) {
        size_t count;
        const char **lines = utf8_wrap(&arena, text, columns, &count);
        struct str letters, expected;
        str_init(&letters);
        str_init(&expected);
        for (size_t i = 0; i < count; i++) {
            ck_assert_int_le(utf8_width(lines[i]), columns);
            for (const char *c = lines[i]; *c != '\0'; c++)
                if (*c != ' ')
                    str_append_char(&letters, *c);
        }
        for (const char *c = text; *c != '\0'; c++)
            if (*c != ' ')
                str_append_char(&expected, *c);
        ck_assert_str_eq(letters.text, expected.text);
        str_finish(&letters);
        str_finish(&expected);
    }
}
END_TEST

/* ---- Folding, and ASCII ---- */

static const struct {
    const char *text, *folded, *ascii;
} foldings[] = {
    { "", "", "" },
    { "GLEIS 7a", "gleis 7a", "GLEIS 7a" },
    { "Verspätung", "verspatung", "Verspaetung" },
    { "Verspa\u0308tung", "verspatung", "Verspatung" },
    { "STRASSE Straße", "strasse strasse", "STRASSE Strasse" },
    { "Ångström", "angstrom", "Aangstroem" },
    { "Crème brûlée", "creme brulee", "Creme brulee" },
    { "ﬁnden", "finden", "finden" },
    { "„so“ – ‚so‘ … 3 €", NULL, "\"so\" - 'so' ... 3 EUR" },
    { "−5 ±0 ≥ ½ →", NULL, "-5 +-0 >= 1/2 ->" },
    { "a\u00A0b\nc", NULL, "a b\nc" },
    { "漢x", NULL, "??x" },
    { "🇩🇪 👩\u200D👧.", NULL, "DE ??." },
};

START_TEST(test_folding)
{
    if (foldings[_i].folded != NULL)
        ck_assert_str_eq(utf8_fold(&arena, foldings[_i].text), foldings[_i].folded);
    ck_assert_str_eq(utf8_ascii(&arena, foldings[_i].text), foldings[_i].ascii);
}
END_TEST

START_TEST(test_folding_what_is_no_utf8)
{
    ck_assert_str_eq(utf8_fold(&arena, "GL\xFFX"), "gl\xFFx");
    ck_assert_str_eq(utf8_ascii(&arena, "GL\xFFX"), "GL?X");
}
END_TEST

START_TEST(test_ascii_is_returned_itself)
{
    const char *text = "Gleis 7";
    ck_assert_ptr_eq(utf8_ascii(&arena, text), text);
}
END_TEST

Suite *base_utf8_suite(void)
{
    Suite *suite = suite_create("base_utf8");
    TCase *tests = tcase_create("utf8");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_every_code_point_there_and_back);
    tcase_add_loop_test(tests, test_ill_formed, 0, ARRAY_LEN(ill_formed));
    tcase_add_test(tests, test_the_end_is_a_nul);
    tcase_add_loop_test(tests, test_clusters, 0, ARRAY_LEN(clusters));
    tcase_add_test(tests, test_clusters_of_any_bytes_end);
    tcase_add_test(tests, test_widths_without_a_utf8_locale);
    tcase_add_loop_test(tests, test_fitting, 0, ARRAY_LEN(fits));
    tcase_add_test(tests, test_fitting_with_any_ellipsis);
    tcase_add_loop_test(tests, test_wrapping, 0, ARRAY_LEN(wraps));
    tcase_add_test(tests, test_wrapping_keeps_every_letter_at_every_width);
    tcase_add_loop_test(tests, test_folding, 0, ARRAY_LEN(foldings));
    tcase_add_test(tests, test_folding_what_is_no_utf8);
    tcase_add_test(tests, test_ascii_is_returned_itself);
    suite_add_tcase(suite, tests);
    return suite;
}
