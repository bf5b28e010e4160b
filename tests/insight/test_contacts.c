/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/time.h>
#include <stellwerk/insight/contacts.h>

#include "insight/printed.h"

#define DAY TIME_US_PER_DAY

/* Search, call, visit and the goal pay; x is on none. */
enum { SEARCH, CALL, VISIT, PAY, X };
enum { WEB, PHONE, PLACE, CHANNELS };

static struct channel channels[CHANNELS] = {
    { .id = "web", .medium = "digital" },
    { .id = "phone", .medium = "phone" },
    { .id = "place", .medium = "place" },
};
static struct touchpoint touchpoints[4];
static struct journey journey = {
    .touchpoints = touchpoints, .touchpoint_count = 4,
    .channels = channels, .channel_count = CHANNELS,
};
static struct arena arena;
static struct contacts_builder *builder;
static struct contacts contacts;

static void set_up(void)
{
    arena_init(&arena);
    touchpoints[SEARCH] = (struct touchpoint){ .id = "search", .channel = WEB };
    touchpoints[CALL] = (struct touchpoint){ .id = "call", .channel = PHONE };
    touchpoints[VISIT] = (struct touchpoint){ .id = "visit", .channel = PLACE };
    touchpoints[PAY] = (struct touchpoint){ .id = "pay", .channel = WEB };
    builder = contacts_create(&(struct contacts_options){
        .journey = &journey, .goal = NONE, .as_of = 100 * DAY, .close_after = 30 * DAY,
    });
}

static void tear_down(void)
{
    arena_finish(&arena);
}

/* A step a day. */
static void add(int first, const int *steps, size_t count)
{
    struct sequence_step all[16];
    for (size_t i = 0; i < count; i++)
        all[i] = (struct sequence_step){
            .ts = (first + (int64_t)i) * DAY, .step = steps[i], .channel = NONE,
        };
    ck_assert(contacts_add(&(struct sequence){ .steps = all, .count = count }, builder));
}

#define ADD(first, ...) \
    add(first, (const int[]){ __VA_ARGS__ }, sizeof((int[]){ __VA_ARGS__ }) / sizeof(int))

static struct contact_figures under(const int *fates)
{
    return contact_figures_of(&arena, &journey, &contacts, fates);
}

START_TEST(only_what_is_over_and_on_the_map_counts)
{
    ADD(0, SEARCH, X, PAY);
    ADD(0, SEARCH, X, PAY);
    ADD(0, CALL);
    ADD(90, CALL);
    ADD(0, X, X);
    contacts = contacts_finish(&arena, builder);
    ck_assert_int_eq(contacts.goal, PAY);
    ck_assert_uint_eq(contacts.cases, 3);
    ck_assert_uint_eq(contacts.completed, 2);
    ck_assert_uint_eq(contacts.open, 1);
    ck_assert_uint_eq(contacts.elsewhere, 1);
    ck_assert_uint_eq(contacts.count, 2);
    ck_assert_uint_eq(contacts.rows[0].cases, 2);
    ck_assert(contacts.rows[0].completed);
    ck_assert_double_eq(contacts.rows[0].contacts[0].wait, 2 * 2.0 * DAY);
    ck_assert_double_eq(contacts.rows[0].contacts[1].wait, 0);
}
END_TEST

START_TEST(figures_are_of_cases)
{
    ADD(0, SEARCH, CALL, CALL, PAY); /* one break to the phone, one back; a call again */
    ADD(0, CALL);
    ADD(0, SEARCH, PAY);
    ADD(0, VISIT, SEARCH);
    contacts = contacts_finish(&arena, builder);
    struct contact_figures got = under(NULL);
    ck_assert_uint_eq(got.contacts, 9);
    ck_same(got.per_case.value, 9.0 / 4);
    ck_assert_double_eq(got.per_case.n, 4);
    ck_same(got.median, 2);
    ck_same(got.single.value, 0.25);
    ck_same(got.repeated.value, 1.0 / 9);
    ck_assert_double_eq(got.repeated.n, 4);
    /* Of call, call and visit only the first case had been on the web before. */
    ck_same(got.digital_first.value, 1.0 / 3);
    ck_same(got.breaks.value, 3.0 / 4);
    ck_same(got.time, (3 + 0 + 1 + 1) / 4.0 * DAY);
    ck_assert_uint_eq(got.none, 0);
}
END_TEST

START_TEST(what_may_be_repeated_is_no_failure)
{
    touchpoints[CALL].repeatable = true;
    ADD(0, SEARCH, CALL, CALL, PAY);
    contacts = contacts_finish(&arena, builder);
    ck_assert_double_eq(under(NULL).repeated.value, 0);
}
END_TEST

START_TEST(without_a_touchpoint_its_contacts_are_gone)
{
    const int fates[] = { FATE_KEPT, FATE_REMOVED, FATE_KEPT, FATE_KEPT };
    ADD(0, SEARCH, CALL, CALL, PAY);
    ADD(0, CALL);
    ADD(0, SEARCH, CALL);
    contacts = contacts_finish(&arena, builder);
    struct contact_figures got = under(fates);
    ck_assert_uint_eq(got.contacts, 3);
    ck_same(got.per_case.value, 1);
    ck_assert_uint_eq(got.none, 1);
    ck_same(got.single.value, 1.0 / 3);
    ck_assert_double_eq(got.breaks.value, 0); /* the web follows on the web */
    ck_assert_double_eq(got.repeated.value, 0);
    /* Of the first case the day from search to call is left; of the last nothing. */
    ck_same(got.time, DAY / 3.0);
    ck_assert(isnan(got.digital_first.value)); /* nothing but digital is left */
}
END_TEST

START_TEST(what_is_merged_comes_at_once)
{
    const int fates[] = { FATE_KEPT, FATE_KEPT, CALL, FATE_KEPT };
    ADD(0, CALL, VISIT, PAY);        /* one contact, and paying */
    ADD(0, VISIT, CALL, VISIT, PAY); /* the second visit is another one, and comes again */
    ADD(0, VISIT, SEARCH, CALL);     /* not at once: the phone twice */
    contacts = contacts_finish(&arena, builder);
    struct contact_figures got = under(fates);
    ck_assert_uint_eq(got.contacts, 2 + 3 + 3);
    ck_same(got.repeated.value, 1.0 / 8);
    ck_same(got.breaks.value, (1 + 1 + 2) / 3.0);
    ck_same(got.time, (1 + 2 + 2) / 3.0 * DAY);
}
END_TEST

START_TEST(information_is_what_is_known_of_the_end)
{
    for (int i = 0; i < 4; i++) {
        ADD(0, SEARCH, CALL, PAY);
        ADD(0, SEARCH, VISIT);
    }
    contacts = contacts_finish(&arena, builder);
    const struct contact_count *counts = contact_counts_new(&arena, &journey, &contacts);
    ck_assert_uint_eq(counts[SEARCH].contacts, 8);
    ck_assert_uint_eq(counts[CALL].present, 4);
    ck_assert_double_eq(counts[SEARCH].information, 0); /* everybody was there */
    ck_same(counts[CALL].information, 1);               /* just those who paid */
    ck_same(counts[VISIT].information, 1);              /* just those who did not */
    ck_assert(isnan(counts[PAY].information));          /* it is the end */
}
END_TEST

START_TEST(half_of_the_doubt)
{
    ADD(0, CALL, PAY);
    ADD(0, SEARCH, PAY);
    ADD(0, SEARCH);
    ADD(0, SEARCH);
    contacts = contacts_finish(&arena, builder);
    const struct contact_count *counts = contact_counts_new(&arena, &journey, &contacts);
    /* 1 bit at first; of three in four cases 0.918 bits are left. */
    ck_assert_double_eq_tol(counts[CALL].information, 0.3113, 1e-4);
    ck_assert_double_eq_tol(counts[SEARCH].information, 0.3113, 1e-4);
}
END_TEST

START_TEST(no_case_has_no_figure)
{
    contacts = contacts_finish(&arena, builder);
    struct contact_figures got = under(NULL);
    ck_assert(isnan(got.per_case.value));
    ck_assert(isnan(got.single.value));
    ck_assert(isnan(got.repeated.value));
    ck_assert(isnan(got.time));
    ck_assert(isnan(contact_counts_new(&arena, &journey, &contacts)[CALL].information));
    contacts_destroy(NULL);
}
END_TEST

Suite *insight_contacts_suite(void)
{
    Suite *suite = suite_create("insight_contacts");
    TCase *tests = tcase_create("contacts");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, only_what_is_over_and_on_the_map_counts);
    tcase_add_test(tests, figures_are_of_cases);
    tcase_add_test(tests, what_may_be_repeated_is_no_failure);
    tcase_add_test(tests, without_a_touchpoint_its_contacts_are_gone);
    tcase_add_test(tests, what_is_merged_comes_at_once);
    tcase_add_test(tests, information_is_what_is_known_of_the_end);
    tcase_add_test(tests, half_of_the_doubt);
    tcase_add_test(tests, no_case_has_no_figure);
    suite_add_tcase(suite, tests);
    return suite;
}
