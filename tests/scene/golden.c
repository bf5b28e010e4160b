/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "golden.h"

#include "support.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>

static const char ink_letters[INK_COUNT] = {
    [INK_TEXT] = '.',     [INK_DIM] = 'd',     [INK_FAINT] = '-',   [INK_STRONG] = 'S',
    [INK_STAGE] = 's',    [INK_TRUTH] = 't',   [INK_CURVE] = 'c',   [INK_MEASURED] = 'm',
    [INK_TREND] = 'r',    [INK_PROMISE] = 'p', [INK_GOOD] = 'g',    [INK_BAD] = 'b',
    [INK_WARN] = 'w',     [INK_BAND] = 'B',    [INK_FALL] = 'F',    [INK_KEY] = 'k',
    [INK_LENS] = 'l',
};

/* In the dark, and in the column of light. */
static const char ground_letters[GROUND_COUNT][2] = {
    [GROUND_NONE] = { ' ', '|' }, [GROUND_BAND] = { 'b', 'B' },  [GROUND_FALL] = { 'f', 'F' },
    [GROUND_BAR] = { '=', '#' },  [GROUND_PANEL] = { 'p', 'P' }, [GROUND_MATCH] = { 'm', 'M' },
};

const char *row_text(const struct scene *scene, int row)
{
    size_t count;
    struct span *spans = scene_spans(scene->arena, scene, row, &count);
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < count; i++)
        str_append(&text, spans[i].text);
    while (text.length > 0 && text.text[text.length - 1] == ' ')
        str_truncate(&text, text.length - 1);
    const char *copy = arena_strdup(scene->arena, text.text);
    str_finish(&text);
    return copy;
}

static char ink_letter(const struct cell *cell)
{
    return cell->bytes == 0 ? ' ' : ink_letters[cell->style.ink];
}

static char ground_letter(const struct cell *cell)
{
    return ground_letters[cell->style.ground][cell->style.selected ? 1 : 0];
}

static void append_letters(struct str *out, const struct scene *scene,
                           char (*letter)(const struct cell *cell))
{
    for (int row = 0; row < scene->rows; row++) {
        const struct cell *cells = &scene->cells[(size_t)row * (size_t)scene->columns];
        size_t end = out->length;
        for (int i = 0; i < scene->columns; i++) {
            str_append_char(out, letter(&cells[i]));
            if (out->text[out->length - 1] != ' ')
                end = out->length;
        }
        str_truncate(out, end);
        str_append_char(out, '\n');
    }
}

static void append_text(struct str *out, const struct scene *scene)
{
    for (int row = 0; row < scene->rows; row++)
        str_printf(out, "%s\n", row_text(scene, row));
}

const char *scene_all_text(const struct scene *scene)
{
    struct str text;
    str_init(&text);
    append_text(&text, scene);
    const char *copy = arena_strdup(scene->arena, text.text);
    str_finish(&text);
    return copy;
}

bool scene_says(const struct scene *scene, const char *text)
{
    return strstr(scene_all_text(scene), text) != NULL;
}

static void write_whole(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "cannot write %s", path);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

/* The first line in which they differ, from 1. */
static int first_difference(const char *a, const char *b)
{
    int line = 1;
    for (; *a != '\0' && *a == *b; a++, b++)
        line += *a == '\n';
    return line;
}

/* The picture goes to stderr: Check has no room for it in a message. */
static void compare(const char *got, const char *name)
{
    char *below = NULL;
    ck_assert_int_gt(asprintf(&below, "tests/scene/golden/%s.txt", name), 0);
    char *path = source_path(below);
    if (getenv("STELLWERK_REFRESH") != NULL)
        write_whole(path, got);
    char *wanted = read_whole(path);
    int line = strcmp(got, wanted) == 0 ? 0 : first_difference(got, wanted);
    if (line > 0)
        fprintf(stderr, "%s as it is drawn now:\n%s", below, got);
    ck_assert_msg(line == 0,
                  "%s differs from line %d on. Where the new picture is right: "
                  "STELLWERK_REFRESH=1 make check, and read the diff",
                  below, line);
    free(wanted);
    free(path);
    free(below);
}

void golden_text(const struct scene *scene, const char *name)
{
    struct str text;
    str_init(&text);
    append_text(&text, scene);
    compare(text.text, name);
    str_finish(&text);
}

void golden_styled(const struct scene *scene, const char *name)
{
    struct str text;
    str_init(&text);
    append_text(&text, scene);
    str_append(&text, "---- inks\n");
    append_letters(&text, scene, ink_letter);
    str_append(&text, "---- grounds\n");
    append_letters(&text, scene, ground_letter);
    compare(text.text, name);
    str_finish(&text);
}
