/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/yaml.h>

#include "../../src/mapfile/lend.h"
#include "support.h"
#include "told.h"

static const char *style_mark(const struct yaml_node *node)
{
    static const char *const marks[] = {
        [YAML_BLOCK] = "",    [YAML_FLOW] = "",     [YAML_PLAIN] = "",   [YAML_SINGLE] = "'",
        [YAML_DOUBLE] = "\"", [YAML_LITERAL] = "|", [YAML_FOLDED] = ">",
    };
    return marks[node->style];
}

static void print_node(const struct yaml_tree *tree, const struct yaml_node *node, struct str *out);

static void print_children(const struct yaml_tree *tree, const struct yaml_node *node,
                           struct str *out)
{
    size_t children = 0;
    for (const struct yaml_node *at = node->first; at != NULL; at = at->next) {
        if (children > 0)
            str_append(out, node->kind == YAML_PAIRS && children % 2 == 1 ? ": " : ", ");
        print_node(tree, at, out);
        children++;
    }
    ck_assert_uint_eq(children, node->kind == YAML_PAIRS ? 2 * node->count : node->count);
}

/* One line of flow style; what is in block style has double brackets. */
static void print_node(const struct yaml_tree *tree, const struct yaml_node *node, struct str *out)
{
    const char *brackets[][2] = { { "[[", "]]" }, { "[", "]" }, { "{{", "}}" }, { "{", "}" } };
    if (node->anchored)
        str_append(out, "&");
    if (node->tagged)
        str_append(out, "!");
    if (node->kind == YAML_TEXT) {
        ck_assert_uint_eq(strlen(node->text), node->count);
        str_printf(out, "%s%s%s", style_mark(node), node->text, style_mark(node));
    } else if (node->kind == YAML_ALIAS) {
        str_append(out, "*");
    } else {
        int row = 2 * (node->kind == YAML_PAIRS) + (node->style == YAML_FLOW);
        str_append(out, brackets[row][0]);
        print_children(tree, node, out);
        str_append(out, brackets[row][1]);
    }
}

static const char *printed(const char *text)
{
    const struct yaml_tree *tree = told_yaml(text);
    if (tree == NULL)
        return "refused";
    if (tree->root == NULL)
        return "nothing";
    struct str line;
    str_init(&line);
    print_node(tree, tree->root, &line);
    const char *copy = arena_strdup(&told_arena, line.text);
    str_finish(&line);
    return copy;
}

static const struct printing {
    const char *text, *printed;
} printings[] = {
    { "", "nothing" },
    { "# only this\n", "nothing" },
    { "a", "a" },
    { "a: 1\nb: [x, 'y', \"z\"]\n", "{{a: 1, b: [x, 'y', \"z\"]}}" },
    { "- a\n- {b: c}\n- - d\n", "[[a, {b: c}, [[d]]]]" },
    { "a: |\n  x\n  y\n", "{{a: |x\ny\n|}}" },
    { "a: >-\n  x\n  y\n", "{{a: >x y>}}" },
    { "a:\nb: ~\n", "{{a: , b: ~}}" },
    { "a: &x {b: 1}\nc: *x\n", "{{a: &{b: 1}, c: *}}" },
    { "a: !!str 1\nb: ! 2\n", "{{a: !1, b: !2}}" },
    { "? [k]\n: v\n", "{{[k]: v}}" },
    { "[a: 1, b]", "[{a: 1}, b]" },
    { "--- a\n...\n# end\n", "a" },
    { "\"a\\tb\\u00e4\"", "\"a\tbä\"" },
    { "a: 1\r\nb: 2\r\n", "{{a: 1, b: 2}}" },
};

START_TEST(test_tree)
{
    ck_assert_str_eq(printed(printings[_i].text), printings[_i].printed);
    ck_assert_str_eq(told(), "");
}
END_TEST

static const char *written(const struct yaml_tree *tree, const struct yaml_node *node)
{
    size_t begin = source_byte(&tree->source, node->begin);
    size_t end = source_byte(&tree->source, node->end);
    ck_assert_uint_le(begin, end);
    return arena_strndup(&told_arena, tree->source.text + begin, end - begin);
}

static const struct yaml_node *nth(const struct yaml_node *node, int n)
{
    const struct yaml_node *child = node->first;
    while (n-- > 0)
        child = child->next;
    return child;
}

static void assert_place(const struct yaml_tree *tree, const struct yaml_node *node, uint32_t line,
                         uint32_t column, const char *text)
{
    struct pos pos = yaml_pos(tree, node);
    ck_assert_str_eq(pos.file, "map.yaml");
    ck_assert_uint_eq(pos.line, line);
    ck_assert_uint_eq(pos.column, column);
    ck_assert_str_eq(written(tree, node), text);
}

START_TEST(test_places_and_spans)
{
    static const char text[] = "\xEF\xBB\xBF# „Ä“ 😀\r\n"
                               "ä😀: &x \"Größe 😀\"   # c\r\n"
                               "list:\r\n"
                               "  - {a: 1, b: [ü, v] } # c\r\n"
                               "  - *x\r\n"
                               "  -\r\n"
                               "\r\n"
                               "# foot\r\n"
                               "end: plain\r\n"
                               "  text\r\n";
    const struct yaml_tree *tree = told_yaml(text);
    ck_assert_ptr_nonnull(tree);
    const struct yaml_node *root = tree->root;
    assert_place(tree, nth(root, 0), 2, 1, "ä😀");
    assert_place(tree, nth(root, 1), 2, 5, "&x \"Größe 😀\"");
    ck_assert_str_eq(nth(root, 1)->text, "Größe 😀");
    const struct yaml_node *list = nth(root, 3);
    assert_place(tree, list, 4, 3, "- {a: 1, b: [ü, v] } # c\r\n  - *x\r\n  -");
    assert_place(tree, nth(list, 0), 4, 5, "{a: 1, b: [ü, v] }");
    assert_place(tree, nth(nth(list, 0), 3), 4, 15, "[ü, v]");
    assert_place(tree, nth(list, 1), 5, 5, "*x");
    ck_assert_ptr_eq(yaml_resolve(nth(list, 1)), nth(root, 1));
    assert_place(tree, nth(list, 2), 6, 4, "");
    assert_place(tree, nth(root, 5), 9, 6, "plain\r\n  text");
    ck_assert_str_eq(nth(root, 5)->text, "plain text");
}
END_TEST

START_TEST(test_a_text_without_a_last_newline_has_no_line_more)
{
    const struct yaml_tree *tree = told_yaml("a: 1\nb:");
    assert_place(tree, nth(tree->root, 3), 2, 3, "");
}
END_TEST

START_TEST(test_a_bare_pair_in_a_flow_list_ends_with_its_value)
{
    const struct yaml_tree *tree = told_yaml("[a: 1 , b]");
    ck_assert_str_eq(written(tree, nth(tree->root, 0)), "a: 1");
}
END_TEST

START_TEST(test_find)
{
    const struct yaml_tree *tree = told_yaml("k: &a v\n[x]: 1\n*a : w\n");
    ck_assert_str_eq(yaml_find(tree->root, "k")->text, "v");
    ck_assert_str_eq(yaml_find(tree->root, "v")->text, "w");
    ck_assert_ptr_null(yaml_find(tree->root, "x"));
}
END_TEST

static const struct refusal {
    const char *text, *told;
} refusals[] = {
    { "a: 1\n---\nb: 2\n", "2:1 error several_documents\n" },
    { "a: 1\n...\n# c\nb\n", "4:1 error several_documents\n" },
    { "---\n---\n", "2:1 error several_documents\n" },
    { "%YAML 1.1\n--- a\n...\n%YAML 1.1\n", "4:1 error several_documents\n" },
    { "a: *b\n", "1:4 error unknown_anchor\n" },
    { "a: &b [*b]\n", "1:8 error alias_loop\n" },
    { "&a {x: {y: *a}}\n", "1:12 error alias_loop\n" },
    { "a: \"x\\0y\"\n", "1:4 error nul_byte\n" },
};

START_TEST(test_refused)
{
    ck_assert_ptr_null(told_yaml(refusals[_i].text));
    ck_assert_str_eq(told(), refusals[_i].told);
}
END_TEST

START_TEST(test_an_anchor_may_be_given_again)
{
    const struct yaml_tree *tree = told_yaml("[&a 1, &a 2, *a, &a [&a 3, *a], *a]");
    ck_assert_ptr_nonnull(tree);
    ck_assert_str_eq(yaml_resolve(nth(tree->root, 2))->text, "2");
    ck_assert_str_eq(yaml_resolve(nth(nth(tree->root, 3), 1))->text, "3");
    ck_assert_str_eq(yaml_resolve(nth(tree->root, 4))->text, "3");
}
END_TEST

START_TEST(test_tags_that_are_not_read_are_told)
{
    ck_assert_str_eq(printed("a: !big text\n"), "{{a: !text}}");
    ck_assert_str_eq(told(), "1:4 warning tag_not_read\n");
}
END_TEST

START_TEST(test_duplicate_keys)
{
    ck_assert_str_eq(printed("a: 1\nb: 2\na: 3\nc: {x: 1, x: 2, x: 3}\n'b': 4\n"),
                     "{{a: 1, b: 2, c: {x: 1}}}");
    ck_assert_str_eq(told(), "4:11-4:5 error duplicate_key\n"
                             "4:17-4:5 error duplicate_key\n"
                             "3:1-1:1 error duplicate_key\n"
                             "5:1-2:1 error duplicate_key\n");
    ck_assert_str_eq(told_text("duplicate_key"),
                     "the key 'x' stands here a second time; the first is in line 4, column 5");
}
END_TEST

START_TEST(test_duplicate_keys_among_many)
{
    struct str text;
    str_init(&text);
    for (int i = 0; i < 100; i++)
        str_printf(&text, "k%d: v\n", i);
    str_append(&text, "k7: again\n'': empty\n'': empty\n");
    const struct yaml_tree *tree = told_yaml(text.text);
    ck_assert_uint_eq(tree->root->count, 101);
    ck_assert_str_eq(told(), "101:1-8:1 error duplicate_key\n103:1-102:1 error duplicate_key\n");
    str_finish(&text);
}
END_TEST

/* Texts that are built to keep a parser busy: what they repeat, and what is told. */
static const struct bomb {
    const char *piece, *told;
} bombs[] = {
    { "[", "1:101 error too_deep\n" },    { "{", "1:101 error too_deep\n" },
    { "- ", "1:201 error too_deep\n" },   { "? ", "1:201 error too_deep\n" },
    { "[\n", "101:1 error too_deep\n" },  { "[{", "1:101 error too_deep\n" },
    { "a: {", "1:400 error too_deep\n" }, { "%TAG !a! b\n", "17:1 error yaml_syntax\n" },
};

START_TEST(test_deep_nests_are_refused_at_once)
{
    struct str text;
    str_init(&text);
    while (text.length < 200000)
        str_append(&text, bombs[_i].piece);
    struct yaml_tree tree;
    ck_assert(!yaml_read(&told_arena, &told_arena, "map.yaml", text.text, text.length, &tree,
                         &told_findings));
    ck_assert_str_eq(told(), bombs[_i].told);
    ck_assert_uint_lt(tree.steps, 250);
    str_finish(&text);
}
END_TEST

START_TEST(test_a_hundred_levels_are_fine)
{
    char text[300] = "";
    memset(text, '[', 100);
    memset(text + 100, ']', 100);
    ck_assert_ptr_nonnull(told_yaml(text));
    memset(text, '[', 101);
    memset(text + 101, ']', 101);
    ck_assert_ptr_null(told_yaml(text));
}
END_TEST

START_TEST(test_aliases_do_not_multiply_without_bound)
{
    struct str text;
    str_init(&text);
    str_append(&text, "a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c < 'k'; c++)
        str_printf(&text, "%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c,
                   c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    ck_assert_ptr_null(told_yaml(text.text));
    ck_assert_str_eq(told(), "6:36 error too_many_aliases\n");
    str_finish(&text);
}
END_TEST

START_TEST(test_long_texts)
{
    size_t most = YAML_SCALAR_MAX;
    char *text = arena_alloc(&told_arena, most + 2);
    memset(text, 'x', most);
    ck_assert_ptr_nonnull(told_yaml(text));
    text[most] = 'x';
    ck_assert_ptr_null(told_yaml(text));
    ck_assert_str_eq(told(), "1:1 error text_too_long\n");
}
END_TEST

/* Reads every file of a folder of the shared data; returns how many were refused. */
static int read_folder(const char *name, int *files)
{
    char *folder = shared_path(name);
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    int refused = 0;
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.') {
            char *path = NULL;
            ck_assert_int_gt(asprintf(&path, "%s/%s", folder, entries[i]->d_name), 0);
            char *text = read_whole(path);
            told_findings.count = 0;
            const struct yaml_tree *tree = told_yaml(text);
            if (tree == NULL) {
                const struct diag *last = &told_findings.items[told_findings.count - 1];
                ck_assert_msg(last->pos.line > 0, "%s: refused nowhere", path);
                ck_assert_msg(last->severity == SEVERITY_ERROR, "%s: refused without error", path);
                refused++;
            }
            free(text);
            free(path);
            (*files)++;
        }
        free(entries[i]);
    }
    free(entries);
    free(folder);
    return refused;
}

START_TEST(test_yaml_test_suite)
{
    char *folder = shared_path("data/yaml-test-suite");
    skip_unless(folder != NULL, "data/yaml-test-suite is missing");
    free(folder);
    int files = 0;
    ck_assert_int_eq(read_folder("data/yaml-test-suite", &files), 147);
    ck_assert_int_eq(files, 402);
}
END_TEST

START_TEST(test_nasty_files)
{
    char *folder = shared_path("data/yaml-nasty");
    skip_unless(folder != NULL, "data/yaml-nasty is missing");
    free(folder);
    int files = 0;
    ck_assert_int_eq(read_folder("data/yaml-nasty", &files), 0);
    ck_assert_int_eq(files, 7);
}
END_TEST

static void start_without_lending(void)
{
    told_start();
    yaml_lend(false);
}

static void finish_without_lending(void)
{
    yaml_lend(true);
    told_finish();
}

static void add_tests(Suite *suite, const char *name, SFun start, SFun finish)
{
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, start, finish);
    tcase_add_loop_test(tcase, test_tree, 0, (int)ARRAY_LEN(printings));
    tcase_add_test(tcase, test_places_and_spans);
    tcase_add_test(tcase, test_a_text_without_a_last_newline_has_no_line_more);
    tcase_add_test(tcase, test_a_bare_pair_in_a_flow_list_ends_with_its_value);
    tcase_add_test(tcase, test_find);
    tcase_add_loop_test(tcase, test_refused, 0, (int)ARRAY_LEN(refusals));
    tcase_add_test(tcase, test_an_anchor_may_be_given_again);
    tcase_add_test(tcase, test_tags_that_are_not_read_are_told);
    tcase_add_test(tcase, test_duplicate_keys);
    tcase_add_test(tcase, test_duplicate_keys_among_many);
    tcase_add_loop_test(tcase, test_deep_nests_are_refused_at_once, 0, (int)ARRAY_LEN(bombs));
    tcase_add_test(tcase, test_a_hundred_levels_are_fine);
    tcase_add_test(tcase, test_aliases_do_not_multiply_without_bound);
    tcase_add_test(tcase, test_long_texts);
    tcase_add_test(tcase, test_yaml_test_suite);
    tcase_add_test(tcase, test_nasty_files);
    suite_add_tcase(suite, tcase);
}

Suite *mapfile_yaml_suite(void)
{
    Suite *suite = suite_create("mapfile_yaml");
    add_tests(suite, "all", told_start, told_finish);
    add_tests(suite, "with a parser that does its own reading", start_without_lending,
              finish_without_lending);
    return suite;
}
