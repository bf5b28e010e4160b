/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/report/report.h>

static struct arena arena;
static struct str out;

static void setup(void)
{
    arena_init(&arena);
    str_init(&out);
}

static void teardown(void)
{
    str_finish(&out);
    arena_finish(&arena);
}

static struct scene *one_row(const char *text)
{
    struct scene *scene = scene_new(&arena, 40, 1, (struct medium){ 0 });
    scene_text(scene, 0, 0, 40, style_ink(INK_TEXT), text);
    return scene;
}

static size_t count(const char *wanted)
{
    size_t found = 0;
    for (const char *at = out.text; (at = strstr(at, wanted)) != NULL; at++)
        found++;
    return found;
}

START_TEST(a_page_needs_nothing_beside_itself)
{
    report_html(&out, one_row("a <b> & \"c\""), "Tom & <Jerry>\nsame line", THEME_LIGHT);
    ck_assert_int_eq(strncmp(out.text, "<!DOCTYPE html>\n", 16), 0);
    ck_assert_ptr_nonnull(strstr(out.text, "<title>Tom &amp; &lt;Jerry&gt; same line</title>"));
    ck_assert_ptr_nonnull(strstr(out.text, "<pre>a &lt;b&gt; &amp; &quot;c&quot;\n</pre>"));
    ck_assert_uint_eq(count("<svg "), 1);
    ck_assert_uint_eq(count("<script"), 0);
    ck_assert_uint_eq(count("http"), 1); /* the name of SVG's namespace */
    ck_assert_ptr_nonnull(strstr(out.text, "</main>\n</body>\n</html>\n"));
}
END_TEST

START_TEST(a_page_follows_its_reader_where_no_theme_is_said)
{
    report_html(&out, one_row("plain"), "A map", THEME_LIGHT);
    ck_assert_uint_eq(count("prefers-color-scheme"), 0);
    ck_assert_uint_eq(count("class=\"c0\""), 0);
    str_clear(&out);
    report_html(&out, one_row("plain"), "A map", THEME_OF_READER);
    ck_assert_uint_eq(count("@media (prefers-color-scheme: light), print"), 1);
    ck_assert_uint_eq(count("class=\"c0\""), 1); /* the paper */
    ck_assert_uint_eq(count("class=\"c1\""), 1); /* the text */
    ck_assert_uint_eq(count(".c0 { fill: #ffffff }"), 1);
    ck_assert_uint_eq(count(".c1 { fill: #1c2026 }"), 1);
    ck_assert_uint_eq(count(".c2 "), 0);
}
END_TEST

START_TEST(a_long_page_is_parted_at_blank_rows)
{
    struct scene *scene = scene_new(&arena, 10, 70, (struct medium){ 0 });
    for (int row = 0; row < 70; row++)
        if (row != 5 && row != 20)
            scene_text(scene, row, 0, 10, style_ink(INK_TEXT), "text");
    report_html(&out, scene, "A map", THEME_LIGHT);
    ck_assert_uint_eq(count("<svg "), 3); /* 0..20, 21..68, 69 */
    ck_assert_uint_eq(count("height=\"387\" viewBox"), 1);
    ck_assert_uint_eq(count("height=\"864\" viewBox"), 1);
    ck_assert_uint_eq(count("height=\"27\" viewBox"), 1);
}
END_TEST

START_TEST(a_fence_is_longer_than_what_it_holds)
{
    report_markdown(&out, one_row("plain"), "A map");
    ck_assert_str_eq(out.text, "# A map\n\n```text\nplain\n```\n");
    str_clear(&out);
    report_markdown(&out, one_row("```` four"), "A map");
    ck_assert_str_eq(out.text, "# A map\n\n`````text\n```` four\n`````\n");
}
END_TEST

/* ---- Series ---------------------------------------------------------------------- */

static struct stage_set series_set(void)
{
    static struct touchpoint touchpoint = { .id = "desk" };
    static struct metric metrics[] = { { .id = "wait", .unit = "min, all told" }, { .id = "few" } };
    static const struct journey journey = {
        .touchpoints = &touchpoint,
        .touchpoint_count = 1,
        .metrics = metrics,
        .metric_count = 2,
    };
    static struct slice slices[3];
    static struct measure measures[2];
    static struct figures series;
    slices[0] = (struct slice){ .first_day = 0, .last_day = 6, .n = 40, .value = 12.5,
                                .value_lo = 10, .value_hi = NAN, .score = 70,
                                .sample = { .kind = SAMPLE_MEAN }, .signal = XMR_BEYOND };
    slices[1] = (struct slice){ .first_day = 7, .last_day = 13, .n = 4, .value = 1, .score = 2,
                                .sample = { .kind = SAMPLE_MEAN } };
    slices[2] = (struct slice){ .first_day = 14, .last_day = 20, .value = NAN, .score = NAN };
    measures[0] = (struct measure){ .slices = slices, .slice_count = 3 };
    measures[1] = (struct measure){ .metric = 1, .status = MEASURE_HIDDEN, .n = 3 };
    series = (struct figures){ .measures = measures, .measure_count = 2 };
    return (struct stage_set){ .journey = &journey, .series = &series };
}

START_TEST(a_slice_is_a_row_of_csv)
{
    struct stage_set set = series_set();
    report_csv_metrics(&out, &set);
    ck_assert_str_eq(
        out.text, "touchpoint,metric,unit,first_day,last_day,n,value,lo,hi,score,signal\n"
                  "desk,wait,\"min, all told\",1970-01-01,1970-01-07,40,12.5,10,,70,beyond\n"
                  "desk,wait,\"min, all told\",1970-01-08,1970-01-14,4,,,,,none\n"
                  "desk,wait,\"min, all told\",1970-01-15,1970-01-21,0,,,,,none\n");
}
END_TEST

START_TEST(no_series_is_a_header_alone)
{
    struct stage_set set = series_set();
    set.series = NULL;
    report_csv_metrics(&out, &set);
    ck_assert_uint_eq(count("\n"), 1);
}
END_TEST

Suite *report_page_suite(void)
{
    Suite *suite = suite_create("report_page");
    TCase *tests = tcase_create("page");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_page_needs_nothing_beside_itself);
    tcase_add_test(tests, a_page_follows_its_reader_where_no_theme_is_said);
    tcase_add_test(tests, a_long_page_is_parted_at_blank_rows);
    tcase_add_test(tests, a_fence_is_longer_than_what_it_holds);
    tcase_add_test(tests, a_slice_is_a_row_of_csv);
    tcase_add_test(tests, no_series_is_a_header_alone);
    suite_add_tcase(suite, tests);
    return suite;
}
