/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/mapfile/edit.h>

#include "form_map.h"

/* Walks the forms of all things of a map. */
typedef void row_visitor(const struct form_map *map, const struct form *form,
                         const struct form_row *row);

static void visit(const struct form_map *map, const char *address, row_visitor *visitor)
{
    struct form form = form_map_form(map, address);
    ck_assert_uint_gt(form.count, 0);
    for (size_t i = 0; i < form.count; i++) {
        visitor(map, &form, &form.rows[i]);
        if (form.rows[i].role == FORM_LINK)
            visit(map, form.rows[i].address, visitor);
    }
}

/* ---- What stands there ----------------------------------------------------------------------- */

static bool can_look(const struct form_row *row)
{
    return row->role != FORM_ADD && row->role != FORM_LINK && row->verb == VERB_SET &&
           (row->value != NULL || row->pos.line == 0);
}

static void look_agrees(const struct form_map *map, const struct form_row *row)
{
    const char *seen;
    ck_assert_msg(edit_look(&form_map_arena, map->file, map->text, map->length, row->address, &seen,
                            &form_map_error),
                  "%s: %s", row->address, form_map_error.text);
    ck_assert_pstr_eq(seen, row->value);
}

/* What a row says is what can be typed there, and typing it changes no byte. */
static void own_value_changes_nothing(const struct form_map *map, const struct form_row *row)
{
    struct operation operation;
    struct form_map after;
    ck_assert_msg(
        form_operation(&form_map_arena, map->journey, row, row->value, &operation, &form_map_error),
        "%s '%s': %s", row->address, row->value, form_map_error.text);
    form_map_must_apply(map, &operation, &after);
    ck_assert_msg(strcmp(after.text, map->text) == 0, "%s '%s'", row->address, row->value);
}

static void visit_own_value(const struct form_map *map, const struct form *,
                            const struct form_row *row)
{
    ck_assert_msg(row->help != NULL && *row->help != '\0', "%s has no help", row->address);
    ck_assert_int_ne(row->kind, FIELD_CUSTOM);
    if (can_look(row))
        look_agrees(map, row);
    if (row->role != FORM_ADD && row->can_type && row->value != NULL) {
        ck_assert_uint_gt(row->pos.line, 0);
        own_value_changes_nothing(map, row);
    }
}

START_TEST(what_a_row_says_can_be_typed_there)
{
    struct form_map map = form_map_small();
    visit(&map, "map", visit_own_value);
}
END_TEST

/* Of a real map only some rows are edited, for each reads all of it. */
static size_t visited;

static void visit_real(const struct form_map *map, const struct form *form,
                       const struct form_row *row)
{
    enum { EVERY = 29 };
    if (++visited % EVERY == 0)
        visit_own_value(map, form, row);
    else if (row->role != FORM_ADD && row->can_type && row->value != NULL)
        ck_assert_msg(form_check(&form_map_arena, map->journey, row, row->value, &form_map_error),
                      "%s '%s': %s", row->address, row->value, form_map_error.text);
}

START_TEST(so_it_is_in_real_maps)
{
    static const char *const names[] = { "maps/bahn-berlin.yaml", "maps/permit.yaml" };
    char *path = source_path(names[_i]);
    const char *text;
    size_t length;
    ck_assert_msg(file_read(&form_map_arena, path, SOURCE_MAX, &text, &length, &form_map_error),
                  "%s", form_map_error.text);
    struct form_map map = form_map_of(path, text, length);
    visited = 0;
    visit(&map, "map", visit_real);
    ck_assert_uint_gt(visited, 1000);
    free(path);
}
END_TEST

/* ---- Every key of the format ----------------------------------------------------------------- */

struct seen {
    const struct shape *shape;
    const struct field *field;
};

static struct seen seen[400];
static size_t seen_count;

static bool is_seen(const struct shape *shape, const struct field *field)
{
    for (size_t i = 0; i < seen_count; i++)
        if (seen[i].shape == shape && seen[i].field == field)
            return true;
    return false;
}

static void visit_key(const struct form_map *, const struct form *, const struct form_row *row)
{
    if (row->field == NULL || row->item || is_seen(row->shape, row->field))
        return;
    ck_assert_uint_lt(seen_count, ARRAY_LEN(seen));
    seen[seen_count++] = (struct seen){ row->shape, row->field };
}

static void check_seen(const struct shape *shape)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (!shape->bare)
            ck_assert_msg(is_seen(shape, field), "no form has %s.%s", shape->name, field->key);
        if (field->shape != NULL)
            check_seen(field->shape);
    }
}

START_TEST(every_key_of_the_format_is_in_a_form)
{
    struct form_map map = form_map_small();
    seen_count = 0;
    visit(&map, "map", visit_key);
    check_seen(&map_shape);
}
END_TEST

/* ---- What is not there yet ------------------------------------------------------------------- */

/* What a person could type where there is nothing. */
static const char *typing(const struct form_map *map, const struct form_row *row)
{
    static const char *const samples[] = {
        [FIELD_TEXT] = "zu laut: \"sehr\" #1",
        [FIELD_ID] = "new-id",
        [FIELD_TEXTS] = "[eins, 'a: b', \"12\"]",
        [FIELD_NUMBER] = "1",
        [FIELD_INTEGER] = "2",
        [FIELD_COUNT] = "3",
        [FIELD_LIST] = "[]",
        [FIELD_MAP] = "{all: 60}",
        [FIELD_STRUCT] = "90",
    };
    struct form_choices choices;
    form_choices(&form_map_arena, map->journey, row, &choices);
    const char *word = choices.count > 0 ? choices.items[choices.count - 1].word : NULL;
    if (row->adds == FORM_ADDS_KEYED && word != NULL)
        return arena_printf(&form_map_arena, "%s: %s", word, strstr(row->sample, ": ") + 2);
    if (row->kind == FIELD_REFS && row->sample == NULL)
        return arena_printf(&form_map_arena, "[%s]", word);
    if (row->kind == FIELD_NUMBER && strcmp(row->key, "adequate") != 0 && row->field->max > 0)
        return arena_printf(&form_map_arena, "%g", row->field->max);
    return row->sample != NULL ? row->sample : word != NULL ? word : samples[row->kind];
}

/* What depends on other keys is refused with the reader's reason, and rightly so. */
static bool may_be_refused(const struct form_row *row)
{
    static const char *const keys[] = {
        "type", "variant", "personas_from", "metrics_from", "contexts", "hit",
    };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strstr(row->address, keys[i]) != NULL)
            return true;
    return false;
}

static void visit_absent(const struct form_map *map, const struct form *form,
                         const struct form_row *row)
{
    struct operation operation;
    struct form_map after;
    if (row->role == FORM_ADD || !row->can_type || row->value != NULL)
        return;
    const char *typed = typing(map, row);
    if (!form_operation(&form_map_arena, map->journey, row, typed, &operation, &form_map_error) ||
        !form_map_apply(map, &operation, &after)) {
        ck_assert_msg(may_be_refused(row), "%s '%s': %s", row->address, typed, form_map_error.text);
        return;
    }
    struct form then = form_map_form(&after, form->address);
    const struct form_row *filled = form_map_row(&then, row->address, row->role);
    ck_assert_msg(filled->value != NULL, "%s is not there", row->address);
    if (row->kind != FIELD_MAP && row->kind != FIELD_LIST && row->kind != FIELD_STRUCT)
        look_agrees(&after, filled);
    if (row->kind == FIELD_TEXT)
        ck_assert_str_eq(filled->value, typed);
}

START_TEST(what_is_absent_can_be_set)
{
    struct form_map map = form_map_small();
    visit(&map, "map", visit_absent);
}
END_TEST

static void visit_present(const struct form_map *map, const struct form *form,
                          const struct form_row *row)
{
    struct operation operation;
    struct form_map after;
    if (!row->can_unset)
        return;
    ck_assert(form_operation(&form_map_arena, map->journey, row, " ", &operation, &form_map_error));
    ck_assert_int_eq(operation.verb, VERB_UNSET);
    if (!form_map_apply(map, &operation, &after)) {
        ck_assert_ptr_nonnull(strstr(row->address, "metric/"));
        return;
    }
    struct form then = form_map_form(&after, form->address);
    for (size_t i = 0; i < then.count; i++)
        if (strcmp(then.rows[i].address, row->address) == 0)
            ck_assert_ptr_null(then.rows[i].value);
}

START_TEST(what_is_optional_can_be_taken_away)
{
    struct form_map map = form_map_small();
    visit(&map, "map", visit_present);
}
END_TEST

/* ---- Items ----------------------------------------------------------------------------------- */

/* Refused is only what is there already, or would break the curve that is there. */
static void visit_adding(const struct form_map *map, const struct form *form,
                         const struct form_row *row)
{
    struct operation operation;
    struct form_map after;
    const char *typed = row->role == FORM_ADD ? typing(map, row) : NULL;
    if (typed == NULL) /* of all ids each is there */
        return;
    if (!form_operation(&form_map_arena, map->journey, row, typed, &operation, &form_map_error) ||
        !form_map_apply(map, &operation, &after)) {
        ck_assert_msg(strstr(form_map_error.text, "already") != NULL || may_be_refused(row) ||
                          strstr(row->address, "anchors") != NULL,
                      "%s '%s': %s", row->address, typed, form_map_error.text);
        return;
    }
    struct form then = form_map_form(&after, form->address);
    size_t count = form_map_row(&then, row->address, FORM_ADD)->place;
    ck_assert_msg(count > row->place, "%s", operation_line(&form_map_arena, &operation));
}

START_TEST(lists_and_mappings_can_be_added_to)
{
    struct form_map map = form_map_small();
    visit(&map, "map", visit_adding);
}
END_TEST

static void visit_item(const struct form_map *map, const struct form *form,
                       const struct form_row *row)
{
    struct operation operation = { .verb = VERB_DELETE, .address = row->address };
    struct form_map after;
    if (row->can_delete && !form_map_apply(map, &operation, &after))
        ck_assert_msg(strstr(form_map_error.text, "there is no ") == form_map_error.text ||
                          strstr(form_map_error.text, "needs the key") != NULL ||
                          strstr(row->address, "anchors") != NULL ||
                          strstr(row->address, "expects") != NULL,
                      "%s: %s", row->address, form_map_error.text);
    operation.verb = VERB_MOVE;
    operation.place.kind = row->place == 1 ? PLACE_LAST : PLACE_FIRST;
    if (row->can_move)
        form_map_must_apply(map, &operation, &after);
    if (!row->can_insert_behind)
        return;
    const struct form_row *adding = form_map_row(form, row->list, FORM_ADD);
    if (typing(map, adding) == NULL)
        return;
    ck_assert(form_operation_behind(&form_map_arena, map->journey, row, adding, typing(map, adding),
                                    &operation, &form_map_error));
    form_map_must_apply(map, &operation, &after);
    struct form then = form_map_form(&after, form->address);
    size_t found = 0;
    for (size_t i = 0; i < then.count; i++)
        if (then.rows[i].list != NULL && strcmp(then.rows[i].list, row->list) == 0 &&
            then.rows[i].place == row->place + 1 && ++found == 1 && then.rows[i].title != NULL)
            ck_assert_str_ne(then.rows[i].title, row->title != NULL ? row->title : "");
    ck_assert_uint_eq(found, 1);
}

START_TEST(items_can_be_deleted_moved_and_followed)
{
    struct form_map map = form_map_small();
    visit(&map, "map", visit_item);
}
END_TEST

/* ---- What is mended where it stands ---------------------------------------------------------- */

/* An edit, and what becomes of which part of the map. */
static const struct {
    const char *line, *gone, *new;
} mends[] = {
    { "set full.expectation.all.score 60", "all: 70", "all: 60" },
    { "set full.expectation.all.adequate 60", "all: 70", "all: {adequate: 60, desired: 70}" },
    { "set full.expectation.anna.score 72", "{adequate: 60, desired: 85, evidence: observed}",
      "{score: 72, evidence: observed}" },
    { "set full.expectation.anna@hurried.adequate 50", "{score: 66}",
      "{adequate: 50, desired: 66}" },
    { "set full.expectation.anna@hurried.desired 80", "{score: 66}",
      "{adequate: 66, desired: 80}" },
    { "set map.budgets.1.all true", "{touchpoint: full, gap: -30}", "{all: true, gap: -30}" },
    { "set map.budgets.2.touchpoint map", "{all: true, gap: -60}", "{touchpoint: map, gap: -60}" },
    { "set full.promise.score 80", "promise: 90", "promise: 80" },
    { "set full.quotes.2.text \"a: b\"", "- kurz gesagt", "- 'a: b'" },
    { "set persona/karl.name 007", "karl: Karl", "karl: '007'" },
    { "set metric/opened.numerator.activity \"[open, 12]\"", "numerator: open",
      "numerator: [open, '12']" },
    { "insert metric/opened.numerator.activity click", "numerator: open",
      "numerator: [open, click]" },
    { "set metric/opened.numerator.of value", "numerator: open",
      "numerator: {activity: open, of: value}" },
    { "set metric/delay.anchors.2\\.5 70", "2.5: 80", "2.5: 70" },
    { "delete metric/delay.where.a\\.b", ", a.b: x", "" },
    { "unset context/hurried.label", "hurried:\n    label: in Eile", "hurried: {}" },
    { "unset channel/desk.label", "desk: {label: Schalter}", "desk: {}" },
    { "unset persona/karl.name", "karl: Karl", "karl: {}" },
    { "set full.actions \"[tippt, 'wartet: lange']\"", "", "" },
};

START_TEST(an_edit_finds_its_place)
{
    struct form_map map = form_map_small(), after;
    struct operation operation;
    ck_assert(operation_parse_line(&form_map_arena, mends[_i].line, &operation, &form_map_error));
    form_map_must_apply(&map, &operation, &after);
    const char *at = strstr(map.text, mends[_i].gone);
    ck_assert_ptr_nonnull(at);
    const char *wanted = arena_printf(&form_map_arena, "%.*s%s%s", (int)(at - map.text), map.text,
                                      mends[_i].new, at + strlen(mends[_i].gone));
    ck_assert_str_eq(after.text, wanted);
}
END_TEST

Suite *mapfile_form_suite(void)
{
    Suite *suite = suite_create("mapfile_form");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, form_map_start, form_map_finish);
    tcase_add_test(tcase, what_a_row_says_can_be_typed_there);
    tcase_add_loop_test(tcase, so_it_is_in_real_maps, 0, 2);
    tcase_add_test(tcase, every_key_of_the_format_is_in_a_form);
    tcase_add_test(tcase, what_is_absent_can_be_set);
    tcase_add_test(tcase, what_is_optional_can_be_taken_away);
    tcase_add_test(tcase, lists_and_mappings_can_be_added_to);
    tcase_add_test(tcase, items_can_be_deleted_moved_and_followed);
    tcase_add_loop_test(tcase, an_edit_finds_its_place, 0, ARRAY_LEN(mends));
    suite_add_tcase(suite, tcase);
    return suite;
}
