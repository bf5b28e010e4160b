/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stellwerk/base/array.h>
#include <stellwerk/model/lens.h>

enum { ANNA, BEN, CARA };
enum { HURRIED, RELAXED };

/* Written in an order that is not that of precedence; the score tells which one it was. */
static struct expectation expectations[] = {
    { .scope = { NONE, NONE }, .desired = 1 },
    { .scope = { ANNA, HURRIED }, .desired = 2 },
    { .scope = { NONE, HURRIED }, .desired = 3 },
    { .scope = { ANNA, NONE }, .desired = 4 },
    { .scope = { BEN, RELAXED }, .desired = 5 },
};

static struct experience experiences[] = {
    { .scope = { BEN, NONE }, .score = 1 },
    { .scope = { NONE, RELAXED }, .score = 2 },
};

static const struct touchpoint touchpoint = {
    .expectations = expectations,
    .expectation_count = ARRAY_LEN(expectations),
    .experiences = experiences,
    .experience_count = ARRAY_LEN(experiences),
};

static const struct {
    int persona, context;
    double expectation, experience; /* 0: none applies */
} views[] = {
    { NONE, NONE, 1, 0 },    { NONE, HURRIED, 3, 0 }, { NONE, RELAXED, 1, 2 },
    { ANNA, NONE, 4, 0 },    { ANNA, HURRIED, 2, 0 }, { ANNA, RELAXED, 4, 2 },
    { BEN, NONE, 1, 1 },     { BEN, HURRIED, 3, 1 },  { BEN, RELAXED, 5, 1 },
    { CARA, NONE, 1, 0 },    { CARA, HURRIED, 3, 0 }, { CARA, RELAXED, 1, 2 },
};

START_TEST(test_the_most_particular_wins)
{
    struct lens lens = { .persona = views[_i].persona, .context = views[_i].context };
    const struct expectation *expectation = touchpoint_expectation(&touchpoint, &lens);
    const struct experience *experience = touchpoint_experience(&touchpoint, &lens);
    ck_assert_double_eq(expectation != NULL ? expectation->desired : 0, views[_i].expectation);
    ck_assert_double_eq(experience != NULL ? experience->score : 0, views[_i].experience);
}
END_TEST

START_TEST(test_a_touchpoint_that_says_nothing)
{
    struct touchpoint silent = { .id = "silent" };
    struct lens lens = { .persona = ANNA, .context = HURRIED };
    ck_assert_ptr_null(touchpoint_expectation(&silent, &lens));
    ck_assert_ptr_null(touchpoint_experience(&silent, &lens));
}
END_TEST

START_TEST(test_the_first_of_equals_wins)
{
    struct experience twice[] = {
        { .scope = { ANNA, NONE }, .score = 10 },
        { .scope = { ANNA, NONE }, .score = 20 },
    };
    struct touchpoint doubled = { .experiences = twice, .experience_count = 2 };
    struct lens lens = { .persona = ANNA, .context = NONE };
    ck_assert_ptr_eq(touchpoint_experience(&doubled, &lens), &twice[0]);
}
END_TEST

Suite *model_lens_suite(void)
{
    Suite *suite = suite_create("model_lens");
    TCase *tests = tcase_create("lens");
    tcase_add_loop_test(tests, test_the_most_particular_wins, 0, ARRAY_LEN(views));
    tcase_add_test(tests, test_a_touchpoint_that_says_nothing);
    tcase_add_test(tests, test_the_first_of_equals_wins);
    suite_add_tcase(suite, tests);
    return suite;
}
