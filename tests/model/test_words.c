/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <ctype.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/words.h>

static const struct {
    const struct words *words;
    size_t count; /* values of the enumeration */
    size_t none;  /* values without a word, all in front */
} tables[] = {
    { &map_kind_words, MAP_TO_BE + 1, 0 },
    { &map_phase_words, PHASE_CULTURE + 1, 1 },
    { &media_words, MEDIA_EARNED + 1, 1 },
    { &evidence_words, EVIDENCE_ASSUMED + 1, 1 },
    { &aspect_level_words, LEVEL_SOCIAL + 1, 1 },
    { &opportunity_status_words, STATUS_DROPPED + 1, 0 },
    { &hurdle_words, HURDLE_TECHNOLOGY + 1, 1 },
    { &content_status_words, CONTENT_MISSING + 1, 1 },
    { &metric_type_words, METRIC_TYPE_COUNT, 0 },
    { &metric_source_words, SOURCE_OBSERVATION + 1, 0 },
    { &metric_variant_words, VARIANT_INDEX + 1, 1 },
};

START_TEST(test_every_value_has_one_word)
{
    const struct words *words = tables[_i].words;
    ck_assert_uint_eq(words->count, tables[_i].count);
    for (size_t i = 0; i < words->count; i++) {
        const char *word = words_get(words, (int)i);
        ck_assert_ptr_nonnull(word);
        if (i < tables[_i].none) {
            ck_assert_str_eq(word, "");
            continue;
        }
        ck_assert_int_eq(words_find(words, word), (int)i); /* so no two are the same */
        for (const char *c = word; *c != '\0'; c++)
            ck_assert(islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '_' ||
                      *c == '-');
    }
}
END_TEST

START_TEST(test_unknown_words)
{
    const struct words *words = tables[_i].words;
    ck_assert_int_eq(words_find(words, ""), NONE);
    ck_assert_int_eq(words_find(words, "nonsense"), NONE);
}
END_TEST

START_TEST(test_the_words_of_the_format)
{
    ck_assert_str_eq(map_kind_name(MAP_AS_IS), "as-is");
    ck_assert_str_eq(map_phase_name(PHASE_CROSS_FUNCTIONAL), "cross-functional");
    ck_assert_str_eq(media_name(MEDIA_EARNED), "earned");
    ck_assert_str_eq(evidence_name(EVIDENCE_INFERRED), "inferred");
    ck_assert_str_eq(evidence_name(EVIDENCE_NONE), "");
    ck_assert_str_eq(aspect_level_name(LEVEL_SOCIAL), "social");
    ck_assert_str_eq(opportunity_status_name(STATUS_RUNNING), "running");
    ck_assert_str_eq(hurdle_name(HURDLE_STATUS_QUO), "status_quo");
    ck_assert_str_eq(content_status_name(CONTENT_MISSING), "missing");
    ck_assert_str_eq(metric_type_name(METRIC_PER_CASE), "per_case");
    ck_assert_str_eq(metric_source_name(SOURCE_ANSWER), "answer");
    ck_assert_str_eq(metric_variant_name(VARIANT_TOP2), "top2");
    ck_assert_int_eq(words_find(&metric_type_words, "Mean"), NONE);
}
END_TEST

Suite *model_words_suite(void)
{
    Suite *suite = suite_create("model_words");
    TCase *tests = tcase_create("words");
    tcase_add_loop_test(tests, test_every_value_has_one_word, 0, ARRAY_LEN(tables));
    tcase_add_loop_test(tests, test_unknown_words, 0, ARRAY_LEN(tables));
    tcase_add_test(tests, test_the_words_of_the_format);
    suite_add_tcase(suite, tests);
    return suite;
}
