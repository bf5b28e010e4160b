/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Values written and read back: whatever a value is, in whatever style and place it is written, the
 * text means it again. What a value is when a person types it.
 */

#include "suites.h"
#include "support.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/mapfile/value.h>

static struct arena arena;
static struct error err;

static void setup(void)
{
    arena_init(&arena);
    error_init(&err);
}

static void teardown(void)
{
    arena_finish(&arena);
}

/* ---- Random values ------------------------------------------------------------------------- */

static unsigned long long state = 88172645463325252ULL;

static unsigned roll(unsigned sides)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 20) % sides;
}

/* Pieces that mean something to YAML, and letters between them. */
static struct value *random_text(void)
{
    static const char *const pieces[] = {
        "a",
        "Wort",
        " ",
        "  ",
        ": ",
        ":",
        " #",
        "#",
        "- ",
        "-",
        "? ",
        "?",
        ",",
        "[",
        "]",
        "{",
        "}",
        "&",
        "*",
        "!",
        "|",
        ">",
        "'",
        "\"",
        "%",
        "@",
        "`",
        "~",
        "=",
        "\n",
        "\n\n",
        "\t",
        "\\",
        "no",
        "1",
        "12:30",
        "1e3",
        "0x",
        ".",
        "...",
        "---",
        "<<",
        "ü",
        "😀",
        "\xc2\xa0",
        "\xc2\x85",
        "\xe2\x80\xa8",
        "\xef\xbb\xbf",
        "\x01",
        "\x7f",
        "\r",
    };
    struct str text;
    str_init(&text);
    for (unsigned left = roll(6); left > 0; left--)
        str_append(&text, pieces[roll(ARRAY_LEN(pieces))]);
    struct value *value = value_text(&arena, arena_strndup(&arena, text.text, text.length));
    value->quoted = true;
    str_finish(&text);
    return value;
}

static struct value *random_value(int depth)
{
    unsigned kind = roll(depth > 0 ? 5 : 3);
    if (kind < 2)
        return random_text();
    if (kind == 2)
        return value_text(&arena, arena_printf(&arena, "%u", roll(1000)));
    struct value *value = kind == 3 ? value_list(&arena) : value_pairs(&arena);
    for (unsigned i = roll(4); i > 0; i--) {
        if (kind == 3)
            value_insert(&arena, value, value->count, random_value(depth - 1));
        else
            value_set(&arena, value, value->count / 2, random_text()->text,
                      random_value(depth - 1));
    }
    for (size_t i = 0; kind == 4 && i < value->count; i += 2)
        value->items[i]->quoted = true;
    return value;
}

/* The root of a text; fails the test where it cannot be read. */
static const struct yaml_node *read_root(const struct str *text)
{
    struct diag_list findings;
    struct yaml_tree *tree = arena_alloc(&arena, sizeof(*tree));
    diag_list_init(&findings, &arena);
    bool fine = yaml_read(&arena, &arena, "", text->text, text->length, tree, &findings);
    ck_assert_msg(fine && findings.errors == 0, "%s: %s", text->text,
                  findings.count > 0 ? findings.items[0].text : "");
    ck_assert_msg(tree->root != NULL, "'%s' is empty", text->text);
    return tree->root;
}

/* A text that looks like a number is in quotes exactly where it is meant as a text. */
static void check_quotes(const struct value *value, const struct yaml_node *node)
{
    if (value->kind == VALUE_TEXT) {
        bool number = strspn(value->text, "0123456789") == value->length;
        if (number)
            ck_assert_msg((node->style != YAML_PLAIN) == value->quoted, "%s", value->text);
        return;
    }
    const struct yaml_node *child = node->first;
    for (size_t i = 0; i < value->count; i++, child = child->next)
        check_quotes(value->items[i], child);
}

enum { VALUES = 3000 };

START_TEST(a_value_in_flow_means_itself_again)
{
    for (int i = 0; i < VALUES; i++) {
        struct str text;
        struct value *value = random_value(3);
        str_init(&text);
        value_append_flow(&text, value);
        ck_assert_ptr_null(strchr(text.text, '\n'));
        const struct yaml_node *root = read_root(&text);
        ck_assert_msg(value_said(value, root), "%s", text.text);
        check_quotes(value, root);
        str_finish(&text);
    }
}
END_TEST

START_TEST(a_value_in_block_means_itself_again)
{
    for (int i = 0; i < VALUES; i++) {
        struct str text;
        struct value *value = random_value(3);
        const char *newline = roll(2) ? "\n" : "\r\n";
        str_init(&text);
        value_append_block(&text, value, (int)roll(5), newline);
        ck_assert(strcmp(text.text + text.length - strlen(newline), newline) == 0);
        const struct yaml_node *root = read_root(&text);
        ck_assert_msg(value_said(value, root), "%s", text.text);
        check_quotes(value, root);
        str_finish(&text);
    }
}
END_TEST

START_TEST(a_value_behind_its_key_means_itself_again)
{
    for (int i = 0; i < VALUES; i++) {
        struct str text;
        struct value *value = random_value(3);
        str_init(&text);
        str_append(&text, "  key:");
        value_append_behind(&text, value, 2, "\n");
        str_append(&text, "  next: 1\n");
        const struct yaml_node *root = read_root(&text);
        ck_assert_uint_eq(root->count, 2);
        ck_assert_msg(value_said(value, root->first->next), "%s", text.text);
        str_finish(&text);
    }
}
END_TEST

START_TEST(a_text_in_any_style_means_itself_again)
{
    static const enum yaml_style styles[] = { YAML_PLAIN,  YAML_SINGLE,  YAML_DOUBLE,
                                              YAML_FOLDED, YAML_LITERAL, YAML_BLOCK };
    for (int i = 0; i < VALUES; i++) {
        struct value *value = random_text();
        struct scalar_form form = { .style = styles[roll(ARRAY_LEN(styles))],
                                    .in_flow = roll(2) == 0 };
        struct str text;
        str_init(&text);
        str_append(&text, form.in_flow ? "[" : "- ");
        scalar_append(&text, value->text, form);
        str_append(&text, form.in_flow ? "]" : "");
        const struct yaml_node *root = read_root(&text);
        ck_assert_msg(root->count == 1 && value_said(value, root->first), "%s", text.text);
        str_finish(&text);
    }
}
END_TEST

/* ---- How things are written ---------------------------------------------------------------- */

static const struct {
    const char *text;
    struct scalar_form form;
    const char *written;
} scalars[] = {
    { "Wort", { .style = YAML_PLAIN }, "Wort" },
    { "Grüße, Jürgen", { .style = YAML_PLAIN }, "Grüße, Jürgen" },
    { "Grüße, Jürgen", { .style = YAML_PLAIN, .in_flow = true }, "'Grüße, Jürgen'" },
    { "Wort", { .style = YAML_SINGLE }, "'Wort'" },
    { "it's", { .style = YAML_PLAIN }, "it's" },
    { "it's", { .style = YAML_SINGLE }, "'it''s'" },
    { "it's: so", { .style = YAML_PLAIN }, "\"it's: so\"" },
    { "\"so\"", { .style = YAML_PLAIN }, "'\"so\"'" },
    { "Wort", { .style = YAML_DOUBLE }, "\"Wort\"" },
    { "a\nb", { .style = YAML_SINGLE }, "\"a\\nb\"" },
    { "55", { .style = YAML_PLAIN, .typed = true }, "55" },
    { "-5", { .style = YAML_PLAIN, .typed = true }, "-5" },
    { "55", { .style = YAML_PLAIN }, "'55'" },
    { "12:30", { .style = YAML_PLAIN }, "'12:30'" },
    { "1e3", { .style = YAML_PLAIN }, "'1e3'" },
    { "No", { .style = YAML_PLAIN }, "'No'" },
    { "2026-10-02", { .style = YAML_PLAIN }, "'2026-10-02'" },
    { "2026-10-02", { .style = YAML_PLAIN, .typed = true }, "2026-10-02" },
    { "", { .style = YAML_PLAIN }, "''" },
    { "\xe2\x80\xa8", { .style = YAML_PLAIN }, "\"\\u2028\"" },
    { "\x07", { .style = YAML_PLAIN }, "\"\\x07\"" },
};

START_TEST(a_text_gets_the_quotes_it_needs_and_no_others)
{
    struct str text;
    str_init(&text);
    scalar_append(&text, scalars[_i].text, scalars[_i].form);
    ck_assert_str_eq(text.text, scalars[_i].written);
    str_finish(&text);
}
END_TEST

/* ---- What a person types ------------------------------------------------------------------- */

static const struct {
    const char *typed;
    const char *flow; /* how the value is written then */
} typed[] = {
    { "55", "55" },
    { "'55'", "'55'" },
    { "Wort", "Wort" },
    { "zwei Worte", "zwei Worte" },
    { "no", "no" },
    { "\"no\"", "'no'" },
    { "[crm, 'web']", "[crm, web]" },
    { "{score: 30, note: \"12:30\"}", "{score: 30, note: '12:30'}" },
    { "{a: , b: ~}", "{a: , b: ~}" },
    { "[]", "[]" },
    { "", "''" },
    { "a: b", "{a: b}" },
    { "a: b: c", "'a: b: c'" },
    { "a #b", "'a #b'" },
    { "#b", "'#b'" },
    { "&a", "'&a'" },
    { "!a", "'!a'" },
    { "--- a", "'--- a'" },
    { "%a", "'%a'" },
    { "55 ", "'55 '" },
    { "a\nb", "\"a\\nb\"" },
    { "'s war schön", "\"'s war schön\"" },
};

START_TEST(what_is_typed_is_yaml_or_the_text_itself)
{
    struct value *value;
    struct str text;
    str_init(&text);
    ck_assert_msg(value_parse(&arena, typed[_i].typed, &value, &err), "%s", err.text);
    value_append_flow(&text, value);
    ck_assert_str_eq(text.text, typed[_i].flow);
    str_finish(&text);
}
END_TEST

START_TEST(a_list_or_mapping_with_a_slip_is_no_text)
{
    static const char *const slips[] = { "[a", "{a: 1", "{a: 1, a: 2}", "[a]]", "{a: b}}", "[*a]" };
    struct value *value;
    for (size_t i = 0; i < ARRAY_LEN(slips); i++) {
        ck_assert_msg(!value_parse(&arena, slips[i], &value, &err), "%s", slips[i]);
        ck_assert_ptr_nonnull(strstr(err.text, slips[i]));
    }
}
END_TEST

/* ---- Saying the same ------------------------------------------------------------------------- */

START_TEST(a_node_says_a_value_only_in_its_order_and_kind)
{
    static const struct {
        const char *a, *b;
        bool same;
    } pairs[] = {
        { "{a: 1, b: 2}", "a: 1\nb: '2'\n", true },
        { "{a: 1, b: 2}", "{b: 2, a: 1}", false },
        { "[x, y]", "- x\n- y\n", true },
        { "[x, y]", "[x]", false },
        { "[x]", "x", false },
        { "[]", "{}", false },
        { "{a: }", "{a: ''}", false },
        { "{a: }", "a:\n", true },
        { "[&x y, *x]", "[y, y]", true },
        { "[a, [b]]", "[a, [c]]", false },
        { "{a: {b: c}}", "a:\n  b: \"c\"\n", true },
        { "[~]", "[]", false },
    };
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        struct str a = { .text = (char *)pairs[i].a, .length = strlen(pairs[i].a) };
        struct str b = { .text = (char *)pairs[i].b, .length = strlen(pairs[i].b) };
        const struct yaml_node *left = read_root(&a), *right = read_root(&b);
        ck_assert_msg(value_said(value_of_node(&arena, left), right) == pairs[i].same, "%s, %s",
                      pairs[i].a, pairs[i].b);
        ck_assert_msg(value_said(value_node(&arena, left), right) == pairs[i].same, "%s, %s",
                      pairs[i].a, pairs[i].b);
        struct value *open = value_node(&arena, left);
        value_open(&arena, open);
        ck_assert_msg(value_said(open, right) == pairs[i].same, "%s, %s", pairs[i].a, pairs[i].b);
    }
}
END_TEST

Suite *mapfile_value_suite(void)
{
    Suite *suite = suite_create("mapfile_value");
    TCase *tests = tcase_create("values");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_value_in_flow_means_itself_again);
    tcase_add_test(tests, a_value_in_block_means_itself_again);
    tcase_add_test(tests, a_value_behind_its_key_means_itself_again);
    tcase_add_test(tests, a_text_in_any_style_means_itself_again);
    tcase_add_loop_test(tests, a_text_gets_the_quotes_it_needs_and_no_others, 0,
                        ARRAY_LEN(scalars));
    tcase_add_loop_test(tests, what_is_typed_is_yaml_or_the_text_itself, 0, ARRAY_LEN(typed));
    tcase_add_test(tests, a_list_or_mapping_with_a_slip_is_no_text);
    tcase_add_test(tests, a_node_says_a_value_only_in_its_order_and_kind);
    suite_add_tcase(suite, tests);
    return suite;
}
