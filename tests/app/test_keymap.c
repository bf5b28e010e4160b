/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stellwerk/app/command.h>
#include <stellwerk/app/keymap.h>
#include <stellwerk/base/utf8.h>

#define HINT_COLUMNS 12 /* a word that is longer takes the room of two */

START_TEST(test_every_key_runs_a_command)
{
    for (size_t layer = 0; layer < KEY_LAYERS; layer++) {
        const struct key_layer *keys = &key_layers[_i][layer];
        for (size_t i = 0; i < keys->count; i++) {
            const struct binding *binding = &keys->items[i];
            struct arena arena = { 0 };
            struct error err;
            struct call call;
            error_init(&err);
            ck_assert_msg(key_valid(binding->key), "'%s' is no key", binding->key);
            ck_assert_msg(command_parse(&arena, binding->command, &call, &err), "%s: %s",
                          binding->key, err.text);
            arena_finish(&arena);
        }
    }
}
END_TEST

START_TEST(test_every_hint_is_short_and_has_a_priority)
{
    for (size_t layer = 0; layer < KEY_LAYERS; layer++) {
        const struct key_layer *keys = &key_layers[_i][layer];
        for (size_t i = 0; i < keys->count; i++) {
            const struct binding *binding = &keys->items[i];
            ck_assert_int_eq(binding->hint != NULL, binding->priority > 0);
            if (binding->hint != NULL)
                ck_assert_int_le(utf8_width(binding->hint), HINT_COLUMNS);
        }
    }
}
END_TEST

START_TEST(test_no_layer_has_a_key_twice)
{
    for (size_t layer = 0; layer < KEY_LAYERS; layer++) {
        const struct key_layer *keys = &key_layers[_i][layer];
        for (size_t i = 0; i < keys->count; i++) {
            for (size_t j = i + 1; j < keys->count; j++)
                ck_assert_str_ne(keys->items[i].key, keys->items[j].key);
        }
    }
}
END_TEST

/* A hint that stands twice would take the room of another, and only one of them would run. */
START_TEST(test_no_hint_is_shown_twice)
{
    const char *seen[64];
    size_t count = 0;
    for (size_t layer = 0; layer < KEY_LAYERS; layer++) {
        const struct key_layer *keys = &key_layers[_i][layer];
        for (size_t i = 0; keys->hinted && i < keys->count; i++) {
            if (keys->items[i].hint == NULL)
                continue;
            for (size_t j = 0; j < count; j++)
                ck_assert_str_ne(seen[j], keys->items[i].key);
            ck_assert_uint_lt(count, sizeof(seen) / sizeof(*seen));
            seen[count++] = keys->items[i].key;
        }
    }
    ck_assert_uint_gt(count, 0);
}
END_TEST

/* Whatever is open, a person gets out of it. */
START_TEST(test_esc_and_ctrl_c_cancel_everywhere)
{
    struct keymap keymap;
    keymap_init(&keymap);
    ck_assert_str_eq(keymap_find(&keymap, _i, "Esc")->command, "cancel");
    const char *interrupt = keymap_find(&keymap, _i, "C-c")->command;
    bool is_view = _i == MODE_NORMAL || _i == MODE_DETAIL || _i == MODE_GAPS ||
                   _i == MODE_PERSONAS || _i == MODE_METRICS || _i == MODE_REDUCTION ||
                   _i == MODE_PAGE || _i == MODE_BOARD || _i == MODE_PATHS || _i == MODE_CASE ||
                   _i == MODE_CREDITS || _i == MODE_PROMISES || _i == MODE_PORTFOLIO;
    ck_assert_str_eq(interrupt, is_view ? "interrupt" : "cancel");
    ck_assert_str_eq(keymap_find(&keymap, _i, "C-z")->command, "suspend");
    keymap_finish(&keymap);
}
END_TEST

START_TEST(test_own_keys_lie_over_the_defaults)
{
    struct keymap keymap;
    keymap_init(&keymap);
    keymap_bind(&keymap, "j", "right");
    keymap_bind(&keymap, "ä", "help");
    ck_assert_str_eq(keymap_find(&keymap, MODE_NORMAL, "j")->command, "right");
    ck_assert_str_eq(keymap_find(&keymap, MODE_NORMAL, "ä")->command, "help");
    ck_assert_str_eq(keymap_find(&keymap, MODE_PAGE, "j")->command, "right");
    ck_assert_str_eq(keymap_find(&keymap, MODE_REDUCTION, "ä")->command, "help");
    ck_assert_str_eq(keymap_find(&keymap, MODE_NORMAL, "k")->command, "up");
    ck_assert_ptr_null(keymap_find(&keymap, MODE_HELP, "ä"));
    ck_assert_str_eq(keymap_find(&keymap, MODE_HELP, "j")->command, "down");
    keymap_bind(&keymap, "j", "left");
    ck_assert_str_eq(keymap_find(&keymap, MODE_NORMAL, "j")->command, "left");
    keymap_finish(&keymap);
}
END_TEST

START_TEST(test_the_detail_borrows_the_keys_of_the_view)
{
    struct keymap keymap;
    keymap_init(&keymap);
    ck_assert_str_eq(keymap_find(&keymap, MODE_DETAIL, "m")->command, "overlay toggle");
    ck_assert_str_eq(keymap_find(&keymap, MODE_DETAIL, "q")->command, "cancel");
    keymap_bind(&keymap, "m", "metrics");
    keymap_bind(&keymap, "q", "palette");
    ck_assert_str_eq(keymap_find(&keymap, MODE_DETAIL, "m")->command, "metrics");
    ck_assert_str_eq(keymap_find(&keymap, MODE_DETAIL, "q")->command, "cancel");
    keymap_finish(&keymap);
}
END_TEST

START_TEST(test_a_command_is_found_by_the_key_that_still_runs_it)
{
    struct keymap keymap;
    keymap_init(&keymap);
    ck_assert_str_eq(keymap_key_of(&keymap, "persona next"), "p");
    ck_assert_ptr_null(keymap_key_of(&keymap, "persona anna"));
    keymap_bind(&keymap, "p", "palette");
    ck_assert_ptr_null(keymap_key_of(&keymap, "persona next"));
    ck_assert_str_eq(keymap_key_of(&keymap, "palette"), "p");
    keymap_bind(&keymap, "x", "persona next");
    ck_assert_str_eq(keymap_key_of(&keymap, "persona next"), "x");
    keymap_finish(&keymap);
}
END_TEST

START_TEST(test_names_of_keys)
{
    static const char *const good[] = { "a",   "ä",      "中",  "Enter", "C-a",
                                        "M-x", "C-Left", "F12", "-" };
    static const char *const bad[] = { "", "ab", "enter", "C-", "X-a", " ", "F13", "\033" };
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
        ck_assert_msg(key_valid(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        ck_assert_msg(!key_valid(bad[i]), "%s", bad[i]);
    ck_assert_str_eq(key_text("ä"), "ä");
    ck_assert_str_eq(key_text("Space"), " ");
    ck_assert_ptr_null(key_text("Enter"));
    ck_assert_ptr_null(key_text("C-a"));
    struct arena arena = { 0 };
    ck_assert_str_eq(key_label(&arena, "Enter", false), "↵");
    ck_assert_str_eq(key_label(&arena, "Enter", true), "Enter");
    ck_assert_str_eq(key_label(&arena, "C-s", false), "Ctrl-S");
    ck_assert_str_eq(key_label(&arena, "M-Left", true), "Alt-Left");
    ck_assert_str_eq(key_label(&arena, "S-Tab", false), "Shift-Tab");
    ck_assert_str_eq(key_label(&arena, "ä", false), "ä");
    arena_finish(&arena);
}
END_TEST

Suite *app_keymap_suite(void)
{
    Suite *suite = suite_create("app_keymap");
    TCase *tests = tcase_create("keymap");
    tcase_add_loop_test(tests, test_every_key_runs_a_command, 0, MODE_COUNT);
    tcase_add_loop_test(tests, test_every_hint_is_short_and_has_a_priority, 0, MODE_COUNT);
    tcase_add_loop_test(tests, test_no_layer_has_a_key_twice, 0, MODE_COUNT);
    tcase_add_loop_test(tests, test_no_hint_is_shown_twice, 0, MODE_COUNT);
    tcase_add_loop_test(tests, test_esc_and_ctrl_c_cancel_everywhere, 0, MODE_COUNT);
    tcase_add_test(tests, test_own_keys_lie_over_the_defaults);
    tcase_add_test(tests, test_the_detail_borrows_the_keys_of_the_view);
    tcase_add_test(tests, test_a_command_is_found_by_the_key_that_still_runs_it);
    tcase_add_test(tests, test_names_of_keys);
    suite_add_tcase(suite, tests);
    return suite;
}
