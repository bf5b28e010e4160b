/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/mapfile/schema.h>

static const struct shape *const shapes[] = {
    &map_shape,         &library_shape,    &stage_shape,   &touchpoint_shape,
    &expectation_shape, &experience_shape, &promise_shape, &opportunity_shape,
    &metric_shape,      &mapping_shape,    &pair_shape,
    &queries_shape,
};

static const struct field *find_key(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (strcmp(shape->fields[i].key, key) == 0)
            return &shape->fields[i];
    return NULL;
}

static bool is_nested(const struct field *field)
{
    return field->kind == FIELD_STRUCT || field->kind == FIELD_LIST || field->kind == FIELD_MAP;
}

static void check_field(const struct shape *shape, const struct field *field)
{
    const char *key = field->key;
    ck_assert_msg(find_key(shape, key) == field, "%s.%s is there twice", shape->name, key);
    ck_assert_msg(field->help != NULL && field->help[0] != '\0', "%s.%s: no help", shape->name,
                  key);
    ck_assert_msg(strlen(field->help) < 100, "%s.%s: long help", shape->name, key);
    ck_assert_uint_lt(field->offset, shape->size);
    ck_assert_uint_lt(field->count_offset, shape->size);
    ck_assert_uint_lt(field->pos_offset, shape->size);
    ck_assert_double_le(field->min, field->max);
    ck_assert_int_eq(field->kind == FIELD_WORD, field->words != NULL);
    ck_assert_int_eq(field->kind == FIELD_CUSTOM, field->read != NULL);
    ck_assert_int_eq(field->kind == FIELD_REF || field->kind == FIELD_REFS,
                     field->space != SPACE_NONE);
    if (is_nested(field))
        ck_assert_ptr_nonnull(field->shape);
    if (field->kind == FIELD_LIST || field->kind == FIELD_MAP)
        ck_assert_uint_ne(field->count_offset, field->offset);
}

static void check_shape(const struct shape *shape)
{
    ck_assert_uint_le(shape->field_count, FIELDS_MAX);
    ck_assert_uint_gt(shape->field_count, 0);
    ck_assert_msg(shape->shorthand == NULL || find_key(shape, shape->shorthand) != NULL,
                  "%s has no key '%s'", shape->name, shape->shorthand);
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        check_field(shape, field);
        if (is_nested(field))
            check_shape(field->shape);
    }
}

START_TEST(test_tables)
{
    check_shape(shapes[_i]);
}
END_TEST

START_TEST(test_what_others_refer_to_comes_first)
{
    static const char *const order[] = { "contexts",     "personas",  "personas_from",
                                         "channels",     "handovers", "metrics",
                                         "metrics_from", "stages",    "routes" };
    const struct field *before = map_shape.fields;
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        const struct field *field = find_key(&map_shape, order[i]);
        ck_assert_msg(field > before, "%s", order[i]);
        before = field;
    }
}
END_TEST

START_TEST(test_a_library_has_the_sections_of_a_map)
{
    for (size_t i = 0; i < library_shape.field_count; i++) {
        const struct field *field = &library_shape.fields[i];
        const struct field *same = find_key(&map_shape, field->key);
        ck_assert_ptr_nonnull(same);
        ck_assert_int_eq(field->kind, same->kind);
        ck_assert_uint_eq(field->offset, same->offset);
        ck_assert_uint_eq(field->count_offset, same->count_offset);
        ck_assert_ptr_eq(field->shape, same->shape);
    }
}
END_TEST

Suite *mapfile_schema_suite(void)
{
    Suite *suite = suite_create("mapfile_schema");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, test_tables, 0, (int)ARRAY_LEN(shapes));
    tcase_add_test(tcase, test_what_others_refer_to_comes_first);
    tcase_add_test(tcase, test_a_library_has_the_sections_of_a_map);
    suite_add_tcase(suite, tcase);
    return suite;
}
