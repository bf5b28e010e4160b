/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>

#include "told.h"

/* Keys of a touchpoint (on line 7 and below), and all that is told. */
static const struct wrong {
    const char *keys, *told;
} wrongs[] = {
    { "        tile: x\n", "7:9 warning unknown_key\n" },
    { "        {x: y}: z\n", "7:9 error wrong_kind\n" },
    { "        owner: [a]\n", "7:16 error wrong_kind\n" },
    { "        owner: {a: b}\n", "7:16 error wrong_kind\n" },
    { "        pains: {a: b}\n", "7:16 error wrong_kind\n" },
    { "        pains: [a, [b], {c: d}]\n", "7:20 error wrong_kind\n7:25 error wrong_kind\n" },
    { "        pains: [a, '', ~]\n", "7:20 warning empty_item\n7:24 warning empty_item\n" },
    { "        quotes: x\n", "7:17 error wrong_kind\n" },
    { "        quotes: [{source: s}]\n", "7:18 error missing_key\n" },
    { "        quotes: [[x]]\n", "7:18 error wrong_kind\n" },
    { "        promise: [1]\n", "7:18 error wrong_kind\n" },
    { "        expectation: 70\n", "7:22 error wrong_kind\n" },
    { "        expectation: [70]\n", "7:22 error wrong_kind\n" },
    { "        importance: high\n", "7:21 error not_a_number\n" },
    { "        importance: 4,5\n", "7:21 error not_a_number\n" },
    { "        importance: 0x4\n", "7:21 error not_a_number\n" },
    { "        importance: 1e\n", "7:21 error not_a_number\n" },
    { "        importance: .inf\n", "7:21 error not_a_number\n" },
    { "        importance: 5.01\n", "7:21 error out_of_range\n" },
    { "        importance: -1\n", "7:21 error out_of_range\n" },
    { "        standard: 100.5\n", "7:19 error out_of_range\n" },
    { "        importance: 1e999\n", "7:21 error out_of_range\n" },
    { "        optional: yes\n", "7:19 error not_a_bool\n" },
    { "        optional: Off\n", "7:19 error not_a_bool\n" },
    { "        optional: maybe\n", "7:19 error not_a_bool\n" },
    { "        media: payd\n", "7:16 error unknown_word\n" },
    { "        media: television\n", "7:16 error unknown_word\n" },
    { "        quotes: [{text: x, date: 2.10.2026}]\n", "7:34 error not_a_date\n" },
    { "        quotes: [{text: x, date: 2026-02-30}]\n", "7:34 error not_a_date\n" },
    { "        channel: wep\n", "7:18 error unknown_id\n" },
    { "        metrics: [m]\n", "7:19 error unknown_id\n" },
    { "        metrics: m\n", "7:18 error wrong_kind\n" },
    { "        experience: {ana: 5}\n", "7:22 error unknown_id\n" },
    { "        experience: {anna@hurry: 5}\n", "7:22 error unknown_id\n" },
    { "        experience: {ana@hurry: 5}\n", "7:22 error unknown_id\n7:22 error unknown_id\n" },
    { "        experience: {all: {note: x}}\n", "7:27 error missing_key\n" },
    { "        experience: {all: , anna: ~}\n",
      "7:27 error missing_key\n7:35 error missing_key\n" },
    { "        expectation: {all: {adequate: 5}}\n", "7:28 error missing_key\n" },
    { "        expectation: {all: {desired: 5}}\n", "7:28 error missing_key\n" },
    { "        expectation: {all: {score: 5, desired: 5}}\n", "7:36 error conflicting_keys\n" },
    { "        expectation: {all: {adequate: 80, desired: 60}}\n",
      "7:39 error adequate_above_desired\n" },
    { "        aspects: [{title: Das Äußere}]\n", "7:19 error missing_key\n" },
    { "        opportunities: [{id: a, votes: -1}]\n", "7:40 error out_of_range\n" },
    { "        opportunities: [{id: a, votes: 1.5}]\n", "7:40 error not_a_number\n" },
    { "        opportunities: [{id: a, expects: {to: 1}}]\n", "7:42 error missing_key\n" },
    { "        opportunities: [{id: a, expects: {metric: x, to: 1}}]\n",
      "7:51 error unknown_id\n" },
    { "        opportunities: [{id: a, experiment: {a: x, b: y}}]\n",
      "7:45 error missing_key\n" },
    { "        opportunities: [{id: a, experiment: {metric: x, a: x, b: y, share: 2}}]\n",
      "7:54 error unknown_id\n7:76 error out_of_range\n" },
    { "        content: [{format: x}]\n", "7:19 error missing_key\n" },
    { "        content: [{title: x, for: [anna, anna]}]\n", "7:42 warning duplicate_item\n" },
    { "      - id: t\n", "7:13-6:13 error duplicate_id\n" },
    { "      - id: T 1\n", "7:13 error bad_id\n" },
    { "      - id: -t\n", "7:13 error bad_id\n" },
    { "      - title: Neu\n", "7:9 error missing_key\n" },
    { "      - Neu\n", "7:9 error missing_key\n" },
    { "      -\n", "7:8 error missing_key\n" },
    { "      - [x]\n", "7:9 error wrong_kind\n7:9 error missing_key\n" },
    { "  - title: x\n", "7:5 error missing_key\n7:5 warning empty_stage\n" },
    { "  - id: s\n    touchpoints: x\n",
      "7:5 warning empty_stage\n7:9-4:9 error duplicate_id\n8:18 error wrong_kind\n" },
};

static const char people[] = "personas: {anna: Anna}\ncontexts: {hurried: in Eile}\n"
                             "channels: {web: Web}\nhandovers: [[web, web]]\n";

START_TEST(test_wrong_in_a_touchpoint)
{
    const struct wrong *row = &wrongs[_i];
    const struct journey *journey = told_map(told_touchpoint(row->keys, people));
    ck_assert_ptr_nonnull(journey);
    ck_assert_uint_ge(journey->touchpoint_count, 1);
    struct diag *last = &told_findings.items[told_findings.count - 1];
    ck_assert_str_eq(last->code, "handover_to_itself");
    told_findings.count--;
    ck_assert_msg(strcmp(told(), row->told) == 0, "%s says:\n%s", row->keys, told());
}
END_TEST

/* The rest of a map behind a touchpoint, from line 7 on, and all that is told. */
static const struct wrong rests[] = {
    { "stellwerk: 1\n", "7:1-1:1 error duplicate_key\n" },
    { "kind: was\n", "7:7 error unknown_word\n" },
    { "reviewed: yesterday\n", "7:11 error not_a_date\n" },
    { "review_every: 3 months\n", "7:15 error not_a_duration\n" },
    { "owner: ''\nstore: ~\nreviewed: null\n", "" },
    { "owner: null\n", "" },
    { "personas: [anna]\n", "7:11 error wrong_kind\n" },
    { "personas: {anna: [x]}\n", "7:18 error wrong_kind\n" },
    { "personas: {all: x}\n", "7:12 error reserved_id\n" },
    { "personas: {Anna: x}\n", "7:12 error bad_id\n" },
    { "personas: {anna: {share: 30}}\n", "7:26 error out_of_range\n" },
    { "personas: {[a]: x}\n", "7:12 error wrong_kind\n" },
    { "personas: {anna: {<<: x}}\n", "7:19 error merge_key\n" },
    { "personas: {anna: {name:Anna}}\n", "7:19 error missing_space\n" },
    { "personas: {anna: {name: Berg, Anna}}\n", "7:31 warning unknown_key\n" },
    { "handovers: [web]\n", "7:13 error wrong_kind\n" },
    { "handovers: [[web, app]]\n", "7:14 error unknown_id\n7:19 error unknown_id\n" },
    { "routes: [{id: r}]\n", "7:10 error missing_key\n" },
    { "routes: [{id: r, through: [t, x]}]\n", "7:31 error unknown_id\n" },
    { "routes: [{id: r, through: [t]}, {id: r, through: []}]\n", "7:38-7:15 error duplicate_id\n" },
    { "budgets: [{gap: -1}]\n", "7:11 error missing_key\n" },
    { "budgets: [{all: true}]\n", "7:11 error missing_key\n" },
    { "budgets: [{all: false, gap: -1}]\n", "7:17 error wrong_value\n" },
    { "budgets: [{all: true, touchpoint: t, gap: -1}]\n", "7:17 error conflicting_keys\n" },
    { "budgets: [{touchpoint: x, gap: -1}]\n", "7:24 error unknown_id\n" },
    { "budgets: [{all: true, gap: -101}]\n", "7:28 error out_of_range\n" },
};

START_TEST(test_wrong_in_a_map)
{
    const struct wrong *row = &rests[_i];
    ck_assert_ptr_nonnull(told_map(told_touchpoint("", row->keys)));
    ck_assert_msg(strcmp(told(), row->told) == 0, "%s says:\n%s", row->keys, told());
}
END_TEST

static const struct wrong versions[] = {
    { "stellwerk: 1", "" },
    { "stellwerk: 2", "1:12 error newer_format\n" },
    { "stellwerk: 0.9", "1:12 error out_of_range\n" },
    { "stellwerk: one", "1:12 error not_a_number\n" },
    { "owner: x", "1:1 error missing_key\n" },
};

START_TEST(test_version)
{
    const char *text = told_touchpoint("", "");
    text += strcspn(text, "\n");
    told_map(arena_printf(&told_arena, "%s%s", versions[_i].keys, text));
    ck_assert_str_eq(told(), versions[_i].told);
}
END_TEST

/* What a person reads. */
static const struct saying {
    const char *keys, *code, *text;
} sayings[] = {
    { "        tile: x\n", "unknown_key",
      "'touchpoints' has no key 'tile'; did you mean 'title'?" },
    { "        foo: x\n", "unknown_key", "'touchpoints' has no key 'foo'" },
    { "        importance: 4,5\n", "not_a_number",
      "'importance' must be a number: write 4,5 with a point, 4.5" },
    { "        importance: x\n", "not_a_number", "'importance' must be a number, not 'x'" },
    { "        importance: 6\n", "out_of_range", "'importance' must be from 0 to 5, not 6" },
    { "        optional: yes\n", "not_a_bool", "'optional' must be true or false; write true" },
    { "        media: payd\n", "unknown_word", "'media' cannot be 'payd'; did you mean 'paid'?" },
    { "        media: television\n", "unknown_word",
      "'media' cannot be 'television'; it is one of: owned, paid, earned" },
    { "        channel: wep\n", "unknown_id", "there is no channel 'wep'; did you mean 'web'?" },
    { "        channel: telephone\n", "unknown_id", "there is no channel 'telephone'" },
    { "        experience: {ana: 5}\n", "unknown_id",
      "there is no persona 'ana'; did you mean 'anna'?" },
    { "        experience: 40\n", "wrong_kind",
      "'experience' does not say whose it is; write 'experience: {all: 40}', or a persona in place "
      "of all" },
    { "        expectation: {adequate: 50, all: 5}\n", "no_scope",
      "'adequate' does not say whose it is; write 'all: {adequate: …}', or a persona in place of "
      "all" },
    { "        aspects: [{title: Das Äußere}]\n", "missing_key",
      "'aspects' needs the key 'id'; write for instance 'id: das-aeussere'" },
    { "      - id: T 1\n", "bad_id",
      "an id has only a-z, 0-9, '-' and '_' and begins with a letter or digit, so it cannot be "
      "'T 1'; write for instance 't-1'" },
    { "        pains:\n          - Ärger: groß\n", "wrong_kind",
      "'pains' takes one value, not keys with values; a text with ': ' in it needs quotes" },
    { "        owner: [a]\n", "wrong_kind", "'owner' takes one value, not a list" },
};

START_TEST(test_saying)
{
    told_map(told_touchpoint(sayings[_i].keys, people));
    ck_assert_str_eq(told_text(sayings[_i].code), sayings[_i].text);
}
END_TEST

START_TEST(test_a_broken_value_is_left_out_and_the_rest_is_there)
{
    const struct journey *journey =
        told_map(told_touchpoint("        title: T\n"
                                 "        importance: much\n"
                                 "        media: x\n"
                                 "        expectation: {all: 120, anna: 40}\n"
                                 "        quotes: [{source: s}, gut]\n"
                                 "        pains: [a, [b], c]\n",
                                 people));
    const struct touchpoint *touchpoint = &journey->touchpoints[0];
    ck_assert_str_eq(touchpoint->title, "T");
    ck_assert_double_nan(touchpoint->importance);
    ck_assert_int_eq(touchpoint->media, MEDIA_NONE);
    ck_assert_uint_eq(touchpoint->expectation_count, 1);
    ck_assert_int_eq(touchpoint->expectations[0].scope.persona, 0);
    ck_assert_uint_eq(touchpoint->quote_count, 1);
    ck_assert_str_eq(touchpoint->quotes[0].text, "gut");
    ck_assert_uint_eq(touchpoint->pains.count, 2);
    ck_assert_str_eq(touchpoint->pains.items[1], "c");
}
END_TEST

START_TEST(test_made_up_ids)
{
    const struct journey *journey = told_map(told_touchpoint("      - title: Über Größe, 2. Teil\n"
                                                             "      - title: 日本\n",
                                                             ""));
    ck_assert_str_eq(journey->touchpoints[1].id, "ueber-groesse-2-teil");
    ck_assert_str_eq(journey->touchpoints[2].id, "touchpoints-3");
    ck_assert_str_eq(journey->touchpoints[2].title, "日本");
}
END_TEST

/* Twenty thousand touchpoints and as many references that lead nowhere must not take minutes. */
START_TEST(test_many_ids_and_many_mistakes)
{
    struct str text;
    str_init(&text);
    for (int i = 0; i < 20000; i++)
        str_printf(&text, "      - {id: t%d, channel: c%d}\n", i, i);
    str_append(&text, "routes:\n  - id: r\n    through:\n");
    for (int i = 0; i < 20000; i++)
        str_printf(&text, "      - t%dx\n", i);
    const struct journey *journey = told_map(told_touchpoint("", text.text));
    ck_assert_uint_eq(journey->touchpoint_count, 20001);
    ck_assert_uint_eq(told_findings.errors, 40000);
    ck_assert_uint_eq(told_findings.count, DIAG_MAX);
    str_finish(&text);
}
END_TEST

Suite *mapfile_reading_suite(void)
{
    Suite *suite = suite_create("mapfile_reading");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, told_start, told_finish);
    tcase_add_loop_test(tcase, test_wrong_in_a_touchpoint, 0, (int)ARRAY_LEN(wrongs));
    tcase_add_loop_test(tcase, test_wrong_in_a_map, 0, (int)ARRAY_LEN(rests));
    tcase_add_loop_test(tcase, test_version, 0, (int)ARRAY_LEN(versions));
    tcase_add_loop_test(tcase, test_saying, 0, (int)ARRAY_LEN(sayings));
    tcase_add_test(tcase, test_a_broken_value_is_left_out_and_the_rest_is_there);
    tcase_add_test(tcase, test_made_up_ids);
    tcase_add_test(tcase, test_many_ids_and_many_mistakes);
    suite_add_tcase(suite, tcase);
    return suite;
}
