/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/near.h>

static const struct {
    const char *wanted, *known;
    int distance; /* -1: not near */
} pairs[] = {
    { "touchpoint", "touchpoints", 1 },
    { "tuochpoint", "touchpoint", 1 }, /* neighbours changed places */
    { "Persona", "persona", 0 },
    { "personna", "persona", 1 },
    { "prsonsa", "persona", 2 },
    { "chanel", "channel", 1 },
    { "ab", "ba", -1 }, /* half of the letters are wrong */
    { "cat", "cut", 1 },
    { "ca", "abc", -1 },
    { "abcdef", "abcxyz", -1 },
    { "abcdef", "abcdxy", 2 },
    { "expection", "expectation", 2 },
    { "gedrückt", "gedruckt", 1 }, /* a letter, not two bytes */
    { "", "a", -1 },
    { "stages", "metrics", -1 },
};

START_TEST(test_distance)
{
    struct near near;
    near_init(&near, pairs[_i].wanted);
    near_offer(&near, pairs[_i].known);
    if (pairs[_i].distance < 0) {
        ck_assert_ptr_null(near.best);
    } else {
        ck_assert_ptr_eq(near.best, pairs[_i].known);
        ck_assert_uint_eq(near.distance, (size_t)pairs[_i].distance);
    }
}
END_TEST

START_TEST(test_the_nearest_wins_and_the_first_of_equals)
{
    static const char *const known[] = { "ticketing", "tickets", "ticker", "tocket", "ticket" };
    struct near near;
    near_init(&near, "tickat");
    for (int i = 0; i < 5; i++)
        near_offer(&near, known[i]);
    ck_assert_str_eq(near.best, "ticket");
    near_init(&near, "tickex");
    near_offer(&near, "tocket");
    near_offer(&near, "ticker");
    near_offer(&near, "ticket");
    ck_assert_str_eq(near.best, "ticker");
    near_offer(&near, "tickex");
    near_offer(&near, "ticket");
    ck_assert_str_eq(near.best, "tickex");
}
END_TEST

START_TEST(test_long_words_are_never_near)
{
    char one[200], other[200];
    memset(one, 'a', sizeof(one) - 1);
    one[sizeof(one) - 1] = '\0';
    memcpy(other, one, sizeof(one));
    other[5] = 'b';
    struct near near;
    near_init(&near, one);
    near_offer(&near, other);
    ck_assert_ptr_null(near.best);
    one[64] = other[64] = '\0';
    near_offer(&near, other);
    ck_assert_ptr_eq(near.best, other);
}
END_TEST

Suite *base_near_suite(void)
{
    Suite *suite = suite_create("base_near");
    TCase *tests = tcase_create("near");
    tcase_add_loop_test(tests, test_distance, 0, ARRAY_LEN(pairs));
    tcase_add_test(tests, test_the_nearest_wins_and_the_first_of_equals);
    tcase_add_test(tests, test_long_words_are_never_near);
    suite_add_tcase(suite, tests);
    return suite;
}
