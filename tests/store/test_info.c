/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

#include <stellwerk/base/time.h>
#include <stellwerk/store/info.h>

#include "store/fixture.h"

static struct fixture fixture;
static struct store *store;

static void set_up(void)
{
    fixture_init(&fixture);
    store = NULL;
}

static void tear_down(void)
{
    store_close(store);
    fixture_finish(&fixture);
}

static int64_t instant(const char *text)
{
    int64_t instant;
    ck_assert(time_parse_iso(text, &instant));
    return instant;
}

START_TEST(everything_is_counted)
{
    struct store_info info;
    fixture_import(&fixture,
                   "ts,case_id,person_id,activity,touchpoint\n"
                   "2026-01-05T10:00:00Z,c1,,look,search\n"
                   "2026-01-06T10:00:00Z,c1,p1,look,search\n"
                   "2026-01-07T10:00:00Z,c2,p1,pay,\n",
                   NULL);
    fixture_import(&fixture,
                   "ts,person_id,case_id,touchpoint,metric,value\n"
                   "2026-02-01,p2,c2,checkout,csat,4\n"
                   "2026-02-01,p2,c2,checkout,ces,x\n",
                   NULL);
    fixture_import(&fixture,
                   "metric,touchpoint,period_start,period_end,value,n\n"
                   "delay,platform,2025-12-01,2025-12-31,3.5,10\n",
                   NULL);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_info_read(&fixture.arena, store, &info, &fixture.err));
    ck_assert_int_eq(info.schema_version, 6);
    ck_assert_uint_gt(info.file_size, 0);
    ck_assert_uint_eq(info.events, 3);
    ck_assert_uint_eq(info.answers, 1);
    ck_assert_uint_eq(info.observations, 1);
    ck_assert_uint_eq(info.cases, 2);
    ck_assert_uint_eq(info.persons, 2);
    ck_assert_uint_eq(info.touchpoints, 3);
    ck_assert_uint_eq(info.activities, 2);
    ck_assert_uint_eq(info.metrics, 2);
    ck_assert_int_eq(info.oldest, instant("2025-12-01"));
    ck_assert_int_eq(info.newest, instant("2026-02-01"));

    ck_assert_uint_eq(info.batch_count, 3);
    ck_assert_str_eq(info.batches[1].as, "answers");
    ck_assert_ptr_nonnull(strstr(info.batches[1].file, "import.csv"));
    ck_assert_uint_eq(info.batches[1].records, 2);
    ck_assert_uint_eq(info.batches[1].taken, 1);
    ck_assert_uint_eq(info.batches[1].rejected, 1);
    ck_assert_uint_eq(strlen(info.batches[1].digest), 32);
    ck_assert(info.batches[1].complete);
    ck_assert_ptr_null(info.batches[1].preset);
    ck_assert_ptr_null(info.batches[1].mapping);
}
END_TEST

START_TEST(an_empty_store_has_no_span)
{
    struct store_info info;
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert(store_info_read(&fixture.arena, store, &info, &fixture.err));
    ck_assert_uint_eq(info.events + info.answers + info.observations + info.batch_count, 0);
    ck_assert_int_eq(info.oldest, TIME_NONE);
    ck_assert_int_eq(info.newest, TIME_NONE);
}
END_TEST

Suite *store_info_suite(void)
{
    Suite *suite = suite_create("store_info");
    TCase *tests = tcase_create("info");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, everything_is_counted);
    tcase_add_test(tests, an_empty_store_has_no_span);
    suite_add_tcase(suite, tests);
    return suite;
}
