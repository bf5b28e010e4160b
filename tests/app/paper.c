/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper.h"

#include "support.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const beginning = "stellwerk: 1\n"
                                     "title: Reise   # heißt so\n"
                                     "stages:\n"
                                     "  - id: one\n"
                                     "    title: Eins\n"
                                     "    touchpoints:\n"
                                     "      - id: a\n"
                                     "        title: A\n"
                                     "        standard: 80\n"
                                     "        pains: [laut, kalt]\n"
                                     "      # the second\n"
                                     "      - id: b\n"
                                     "        title: B\n"
                                     "        standard: 70\n";

char *folder;
char map[512], journals[512];
struct arena arena;
struct document document;
struct error err;

void write_map(const char *text)
{
    FILE *file = fopen(map, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

void replace_in_map(const char *from, const char *to)
{
    char *text = read_whole(map), *at = strstr(text, from);
    ck_assert_ptr_nonnull(at);
    write_map(arena_printf(&arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)));
    free(text);
}

void paper_setup(void)
{
    folder = scratch_create();
    snprintf(map, sizeof(map), "%s/map.yaml", folder);
    snprintf(journals, sizeof(journals), "%s/journals", folder);
    write_map(beginning);
    error_init(&err);
    document_init(&document, revision_read(map), journals);
}

void paper_teardown(void)
{
    if (document.now != NULL)
        document_finish(&document);
    scratch_remove(folder);
    arena_finish(&arena);
}

bool try_line(const char *line)
{
    struct operation operation;
    error_init(&err);
    ck_assert_msg(operation_parse_line(&arena, line, &operation, &err), "%s", err.text);
    return document_do(&document, &operation, 1, false, &err);
}

void do_line(const char *line)
{
    ck_assert_msg(try_line(line), "%s: %s", line, err.text);
}

void join_line(const char *line)
{
    struct operation operation;
    ck_assert(operation_parse_line(&arena, line, &operation, &err));
    ck_assert_msg(document_do(&document, &operation, 1, true, &err), "%s", err.text);
}

void undo_is(const char *line)
{
    const struct step *step = document_undo(&document, &err);
    ck_assert_msg(step != NULL, "%s", err.text);
    ck_assert_str_eq(step_line(&arena, step), line);
}

void redo_is(const char *line)
{
    const struct step *step = document_redo(&document, &err);
    ck_assert_msg(step != NULL, "%s", err.text);
    ck_assert_str_eq(step_line(&arena, step), line);
}

void save(void)
{
    const char *kept;
    ck_assert_msg(document_save(&document, &arena, &kept, &err), "%s", err.text);
    ck_assert_ptr_null(kept);
}

void take_file(void)
{
    document_take(&document, revision_read(map));
}

void text_is(const char *text)
{
    ck_assert_str_eq(document.now->text, text);
    ck_assert_uint_eq(document.now->length, strlen(text));
}

void file_is(const char *text)
{
    char *is = read_whole(map);
    ck_assert_str_eq(is, text);
    free(is);
}

const char *changed(const char *const *pairs)
{
    const char *text = beginning;
    for (; *pairs != NULL; pairs += 2) {
        const char *at = strstr(text, pairs[0]);
        ck_assert_ptr_nonnull(at);
        text = arena_printf(&arena, "%.*s%s%s", (int)(at - text), text, pairs[1],
                            at + strlen(pairs[0]));
    }
    return text;
}
