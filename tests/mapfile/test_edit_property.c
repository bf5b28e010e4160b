/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Thousands of random edits, each proved by a witness that is none of ours (witness.h): the new
 * text says what was meant, and what the edit had no business with is there to the byte.
 *
 * STELLWERK_ROUNDS multiplies the work, STELLWERK_SEED makes other edits of it.
 */

#include "suites.h"
#include "support.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/edit.h>
#include <stellwerk/mapfile/yaml.h>

#include "deed.h"
#include "tally.h"
#include "trees.h"
#include "witness.h"

enum { CHAIN = 6, DIFF_MAX = 4000000 };

static struct tally tally;

/* One edit under test. */
struct trial {
    struct arena *arena;
    const char *name; /* of the document */
    bool map;
    struct testimony old, new;
    struct deed deed;
};

/* ---- Telling ------------------------------------------------------------------------------- */

[[gnu::format(printf, 2, 3)]] static void wrong(const struct trial *trial, const char *format, ...)
{
    char what[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    fprintf(stderr, "---- %s: %s\n%.2000s\n%.*s\n", trial->name,
            operation_line(trial->arena, &trial->deed.operation), what, (int)trial->old.length,
            trial->old.text);
    if (trial->new.text != NULL)
        fprintf(stderr, "---- became\n%.*s\n----\n", (int)trial->new.length, trial->new.text);
    ck_abort_msg("%s: %.200s", trial->name, what);
}

/* ---- Lines --------------------------------------------------------------------------------- */

/* Two lines are the same where only the end of the file takes one's line end away. */
static bool same_line(const struct testimony *a, size_t i, const struct testimony *b, size_t k)
{
    size_t length = a->lines[i + 1] - a->lines[i], other = b->lines[k + 1] - b->lines[k];
    const char *x = a->text + a->lines[i], *y = b->text + b->lines[k];
    if (i + 1 == a->line_count || k + 1 == b->line_count) {
        while (length > 0 && strchr("\r\n", x[length - 1]) != NULL)
            length--;
        while (other > 0 && strchr("\r\n", y[other - 1]) != NULL)
            other--;
    }
    return length == other && memcmp(x, y, length) == 0;
}

/* Of all ways to tell which lines of the old text the new one still has, in their order, one loses
 * the fewest of those that may not go: it may lose none. */
static void check_lines(const struct trial *trial)
{
    const struct testimony *old = &trial->old, *new = &trial->new;
    const bool *may_go = trial->deed.line_may_go;
    size_t head = 0, tail = 0;
    while (head < old->line_count && head < new->line_count && !may_go[head] &&
           same_line(old, head, new, head))
        head++;
    while (tail < old->line_count - head && tail < new->line_count - head &&
           !may_go[old->line_count - 1 - tail] &&
           same_line(old, old->line_count - 1 - tail, new, new->line_count - 1 - tail))
        tail++;
    size_t rows = old->line_count - head - tail, columns = new->line_count - head - tail;
    if (rows * columns > DIFF_MAX)
        return;
    /* least[i][k]: how many lines that may not go are lost from old line i and new line k on. */
    unsigned *least = calloc((rows + 1) * (columns + 1), sizeof(*least));
    ck_assert_ptr_nonnull(least);
    for (size_t i = rows; i-- > 0;)
        for (size_t k = columns + 1; k-- > 0;) {
            unsigned *own = &least[i * (columns + 1) + k];
            *own = least[(i + 1) * (columns + 1) + k] + !may_go[head + i];
            if (k < columns && own[1] < *own)
                *own = own[1];
            if (k < columns && same_line(old, head + i, new, head + k) &&
                least[(i + 1) * (columns + 1) + k + 1] < *own)
                *own = least[(i + 1) * (columns + 1) + k + 1];
        }
    unsigned lost = least[0];
    free(least);
    if (lost > 0)
        wrong(trial, "%u lines are gone that it had no business with", lost);
}

/* ---- Comments ------------------------------------------------------------------------------ */

static int compare_texts(const void *a, const void *b)
{
    const struct comment *x = a, *y = b;
    return strcmp(x->text, y->text);
}

static const struct comment *by_text(struct arena *arena, const struct testimony *text)
{
    struct comment *copy = arena_array(arena, text->comment_count + 1, sizeof(*copy));
    for (size_t i = 0; i < text->comment_count; i++)
        copy[i] = text->comments[i];
    qsort(copy, text->comment_count, sizeof(*copy), compare_texts);
    return copy;
}

/* The comment that is lost at the latest, however those that may go are chosen; NULL: none is. */
static const struct comment *lost_comment(const struct trial *trial, const struct comment *was,
                                          const struct comment *is)
{
    size_t count = trial->new.comment_count;
    /* Beginnings of the new comments that those of the old ones so far can be. */
    bool *may_be = arena_array(trial->arena, count + 1, sizeof(*may_be));
    may_be[0] = true;
    for (size_t i = 0; i < trial->old.comment_count; i++) {
        bool may_go = !trial->deed.moves && trial->deed.comment_may_go[i], any = false;
        for (size_t k = count + 1; k-- > 0;) {
            may_be[k] = (may_be[k] && may_go) ||
                        (k > 0 && may_be[k - 1] && strcmp(was[i].text, is[k - 1].text) == 0);
            any = any || may_be[k];
        }
        if (!any)
            return &was[i];
    }
    return may_be[count] ? NULL : &is[count - 1];
}

static void check_comments(const struct trial *trial)
{
    const struct comment *was = trial->old.comments, *is = trial->new.comments;
    if (trial->deed.moves) {
        was = by_text(trial->arena, &trial->old);
        is = by_text(trial->arena, &trial->new);
    }
    const struct comment *lost = lost_comment(trial, was, is);
    if (lost != NULL)
        wrong(trial, "the comment '%s' has come or gone", lost->text);
}

/* ---- Bytes ---------------------------------------------------------------------------------- */

static size_t count_line_ends(const struct testimony *text, bool with_return)
{
    size_t count = 0;
    for (size_t i = 0; i < text->length; i++)
        count += text->text[i] == '\n' && (i > 0 && text->text[i - 1] == '\r') == with_return;
    return count;
}

static bool ends_line(const struct testimony *text)
{
    return text->length > 0 && text->text[text->length - 1] == '\n';
}

static void check_file_marks(const struct trial *trial)
{
    const struct testimony *old = &trial->old, *new = &trial->new;
    bool bom = old->length > 3 && memcmp(old->text, "\xef\xbb\xbf", 3) == 0;
    if (bom != (memcmp(new->text, "\xef\xbb\xbf", 3) == 0))
        wrong(trial, "the byte order mark came or went");
    if (ends_line(old) != ends_line(new))
        wrong(trial, "the final newline came or went");
    for (int with_return = 0; with_return < 2; with_return++)
        if (count_line_ends(old, !with_return) > 0 && count_line_ends(old, with_return) == 0 &&
            count_line_ends(new, with_return) > 0)
            wrong(trial, "other line ends came in");
}

/* ---- Meaning -------------------------------------------------------------------------------- */

/* A new id where the old one was, and nothing else. */
static bool says_renamed(const struct thing *old, const struct thing *new, const char *id)
{
    if (old->kind != new->kind || old->count != new->count)
        return false;
    if (old->kind == THING_TEXT || old->kind == THING_ALIAS) {
        const char *at = strstr(new->text, "renamed-thing");
        if (strcmp(old->text, new->text) == 0)
            return true;
        size_t head = at != NULL ? (size_t)(at - new->text) : 0;
        return at != NULL && strncmp(old->text, new->text, head) == 0 &&
               strncmp(old->text + head, id, strlen(id)) == 0 &&
               strcmp(old->text + head + strlen(id), at + strlen("renamed-thing")) == 0;
    }
    for (size_t i = 0; i < old->count; i++)
        if (!says_renamed(old->items[i], new->items[i], id))
            return false;
    return true;
}

static void check_meaning(struct trial *trial)
{
    struct arena *arena = trial->arena;
    if (!trial->deed.renames) {
        if (!thing_says(trial->deed.meant, trial->new.root))
            wrong(trial, "it does not say what was meant:\n%s",
                  thing_difference(arena, trial->deed.meant, trial->new.root));
        return;
    }
    const char *address = trial->deed.operation.address, *slash = strchr(address, '/');
    if (!says_renamed(trial->old.root, trial->new.root, slash != NULL ? slash + 1 : address))
        wrong(trial, "more than an id has changed");
}

static bool thing_is_node(const struct thing *thing, const struct yaml_node *node)
{
    static const enum yaml_kind kinds[] = {
        [THING_TEXT] = YAML_TEXT,
        [THING_LIST] = YAML_LIST,
        [THING_PAIRS] = YAML_PAIRS,
        [THING_ALIAS] = YAML_ALIAS,
    };
    if (node->kind != kinds[thing->kind])
        return false;
    if (thing->kind == THING_ALIAS)
        return true;
    if (thing->kind == THING_TEXT)
        return strcmp(thing->text, node->text) == 0;
    size_t count = thing->kind == THING_PAIRS ? 2 * (size_t)node->count : node->count;
    if (count != thing->count)
        return false;
    const struct yaml_node *child = node->first;
    for (size_t i = 0; i < count; i++, child = child->next)
        if (!thing_is_node(thing->items[i], child))
            return false;
    return true;
}

/* ---- Trials --------------------------------------------------------------------------------- */

static bool apply(const struct trial *trial, const char *text, size_t length,
                  const struct operation *operation, struct edited *out, struct error *err)
{
    error_init(err);
    return trial->map
               ? edit_apply_next(trial->arena, trial->arena, trial->name, text, length, NULL,
                                 operation, out, err)
               : edit_apply_unchecked(trial->arena, trial->name, text, length, operation, out, err);
}

static bool same_word(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The journal writes operations down; what it reads back must be the same. */
static void check_written_down(const struct trial *trial)
{
    struct operation read;
    struct error err;
    const struct operation *own = &trial->deed.operation;
    error_init(&err);
    const char *line = operation_line(trial->arena, own);
    if (strpbrk(line, "\r\n") != NULL)
        wrong(trial, "an operation takes more than a line");
    if (!operation_parse_line(trial->arena, line, &read, &err))
        wrong(trial, "an operation is not read back: %s", err.text);
    if (read.verb != own->verb || !same_word(read.address, own->address) ||
        !same_word(read.value, own->value) || read.place.kind != own->place.kind ||
        read.place.number != own->place.number || !same_word(read.place.id, own->place.id))
        wrong(trial, "an operation is read back as another one");
}

/* `tree` is what is read of a text when nothing is known of it; how many steps that takes. */
static size_t check_tree(const struct trial *trial, const struct testimony *text,
                         const struct yaml_tree *tree)
{
    struct diag_list findings;
    struct yaml_tree whole;
    diag_list_init(&findings, trial->arena);
    if (!yaml_read(trial->arena, trial->arena, trial->name, text->text, text->length, &whole,
                   &findings) ||
        findings.errors > 0 || !trees_equal(&whole, tree))
        wrong(trial, "its tree is not that of its text");
    return whole.steps;
}

/* No more of a text is read than must be: of the new one, and of the old one again from there. */
static void check_trees(const struct trial *trial, const struct edited *edited)
{
    struct diag_list findings;
    struct yaml_tree back;
    tally.grafted += edited->tree.steps < check_tree(trial, &trial->new, &edited->tree);
    diag_list_init(&findings, trial->arena);
    if (!yaml_read_next(trial->arena, trial->arena, trial->name, &edited->tree, trial->old.text,
                        trial->old.length, &back, &findings))
        wrong(trial, "the old text cannot be read any more");
    check_tree(trial, &trial->old, &back);
}

/* What was put in and taken out again leaves the very text. */
static void check_undo(const struct trial *trial)
{
    struct operation undo = { .verb = VERB_DELETE, .address = trial->deed.undo };
    struct edited back;
    struct error err;
    if (!apply(trial, trial->new.text, trial->new.length, &undo, &back, &err))
        wrong(trial, "it cannot be undone: %s", err.text);
    if (back.length != trial->old.length || memcmp(back.text, trial->old.text, back.length) != 0) {
        fprintf(stderr, "---- undone\n%s\n", back.text);
        wrong(trial, "delete %s left another text", trial->deed.undo);
    }
    tally.undone++;
}

/* Returns whether the new text takes the place of the old one. */
static bool try_deed(struct trial *trial)
{
    struct edited edited;
    struct error err;
    tally.tried++;
    trial->new = (struct testimony){ 0 };
    if (trial->deed.outcome != OUTCOME_ANY)
        check_written_down(trial);
    if (!apply(trial, trial->old.text, trial->old.length, &trial->deed.operation, &edited, &err)) {
        if (err.text[0] == '\0')
            wrong(trial, "it was refused without a reason");
        tally_refusal(&tally, err.text);
        return false;
    }
    tally.done++;
    trial->new.text = edited.text;
    trial->new.length = edited.length;
    if (edited.text[edited.length] != '\0' || strlen(edited.text) != edited.length)
        wrong(trial, "the new text does not end where it says");
    if (trial->deed.outcome == OUTCOME_REFUSED)
        wrong(trial, "it was to be refused");
    if (!witness_hear(trial->arena, edited.text, edited.length, &trial->new))
        wrong(trial, "libfyaml does not read it any more");
    check_file_marks(trial);
    check_trees(trial, &edited);
    if (trial->deed.outcome == OUTCOME_ANY)
        return true;
    check_meaning(trial);
    check_lines(trial);
    check_comments(trial);
    if (trial->deed.undo != NULL)
        check_undo(trial);
    return true;
}

/* libyaml reads the text, and as libfyaml does: they are not of one mind about all of YAML. */
static bool parsers_agree(struct arena *arena, const struct testimony *heard)
{
    struct diag_list findings;
    struct yaml_tree tree;
    diag_list_init(&findings, arena);
    return yaml_read(arena, arena, "", heard->text, heard->length, &tree, &findings) &&
           tree.root != NULL && thing_is_node(heard->root, tree.root);
}

/* Chains of edits, each on what the last one left. */
static void try_text(const char *name, bool map, const char *text, size_t length, size_t deeds,
                     struct dice *dice)
{
    struct testimony old;
    for (size_t done = 0; done < deeds; done += CHAIN) {
        struct arena arena;
        arena_init(&arena);
        if (!witness_hear(&arena, text, length, &old) || !parsers_agree(&arena, &old)) {
            tally.unlike++;
            arena_finish(&arena);
            return;
        }
        struct trial trial = { .arena = &arena, .name = name, .map = map, .old = old };
        for (size_t i = 0; i < CHAIN && done + i < deeds && trial.old.root->kind == THING_PAIRS;
             i++) {
            deed_think(&arena, dice, &trial.old, map, &trial.deed);
            if (try_deed(&trial))
                trial.old = trial.new;
        }
        arena_finish(&arena);
    }
}

static struct dice dice_of_test(void)
{
    const char *seed = getenv("STELLWERK_SEED");
    return (struct dice){ .state = seed != NULL ? strtoull(seed, NULL, 10) + 1 : 20261128 };
}

START_TEST(edits_of_maps_do_what_they_say)
{
    static const char *const names[] = { "maps/bahn-berlin.yaml", "maps/permit.yaml" };
    struct dice dice = dice_of_test();
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *path = source_path(names[i]), *text = read_whole(path);
        try_text(path, true, text, strlen(text), test_rounds(300), &dice);
        free(text);
        free(path);
    }
    tally_print(&tally, "maps");
    ck_assert_uint_gt(tally.done * 3, tally.tried);
    ck_assert_uint_gt(tally.grafted, 0);
}
END_TEST

/* libfyaml 0.7 does not read an empty item right above "- - a". */
static void drop_empty_item(char *text)
{
    char *at = strstr(text, "\n-\n- - ");
    if (at == NULL)
        at = strstr(text, "\n-\r\n- - ");
    if (at != NULL)
        memmove(at + 1, strchr(at + 1, '\n') + 1, strlen(strchr(at + 1, '\n') + 1) + 1);
}

static void try_folder(const char *folder, size_t deeds)
{
    struct dirent **entries;
    struct dice dice = dice_of_test();
    int count = scandir(folder, &entries, NULL, alphasort);
    ck_assert_int_ge(count, 0);
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
        if (strstr(path, ".yaml") != NULL) {
            char *text = read_whole(path);
            drop_empty_item(text);
            try_text(path, false, text, strlen(text), deeds, &dice);
            free(text);
        }
        free(entries[i]);
    }
    free(entries);
}

START_TEST(edits_of_nasty_texts_do_what_they_say)
{
    char *folder = shared_path("data/yaml-nasty");
    skip_unless(folder != NULL, "data/yaml-nasty is missing");
    try_folder(folder, test_rounds(400));
    free(folder);
    tally_print(&tally, "nasty texts");
    ck_assert_uint_gt(tally.done * 3, tally.tried);
}
END_TEST

START_TEST(edits_of_the_yaml_test_suite_do_what_they_say)
{
    char *folder = shared_path("data/yaml-test-suite");
    skip_unless(folder != NULL, "data/yaml-test-suite is missing");
    try_folder(folder, test_rounds(36));
    free(folder);
    tally_print(&tally, "yaml-test-suite");
    ck_assert_uint_gt(tally.done * 3, tally.tried);
    ck_assert_uint_gt(tally.grafted, 0);
}
END_TEST

Suite *mapfile_edit_property_suite(void)
{
    Suite *suite = suite_create("mapfile_edit_property");
    TCase *tests = tcase_create("properties");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, edits_of_maps_do_what_they_say);
    tcase_add_test(tests, edits_of_nasty_texts_do_what_they_say);
    tcase_add_test(tests, edits_of_the_yaml_test_suite_do_what_they_say);
    suite_add_tcase(suite, tests);
    return suite;
}
