/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "told.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/mapping.h>
#include <stellwerk/mapfile/reader.h>

struct arena told_arena;
struct diag_list told_findings;

void told_start(void)
{
    setenv("STELLWERK_NOW", "2026-12-01T12:00:00Z", 1);
    arena_init(&told_arena);
    diag_list_init(&told_findings, &told_arena);
}

void told_finish(void)
{
    arena_finish(&told_arena);
}

const struct yaml_tree *told_yaml_bytes(const char *text, size_t length)
{
    struct yaml_tree *tree = arena_alloc(&told_arena, sizeof(*tree));
    bool fine = yaml_read(&told_arena, &told_arena, "map.yaml", text, length, tree, &told_findings);
    return fine ? tree : NULL;
}

const struct yaml_tree *told_yaml(const char *text)
{
    return told_yaml_bytes(text, strlen(text));
}

const struct journey *told_map(const char *text)
{
    struct journey *journey;
    bool fine =
        map_read_text(&told_arena, "map.yaml", text, strlen(text), &journey, &told_findings);
    ck_assert_int_eq(fine, journey != NULL);
    return journey;
}

const struct import_mapping *told_mapping(const char *text)
{
    struct import_mapping *mapping;
    bool fine = mapping_read_text(&told_arena, "mapping.yaml", text, strlen(text), &mapping,
                                  &told_findings);
    ck_assert_int_eq(fine, mapping != NULL);
    return mapping;
}

const char *told_touchpoint(const char *keys, const char *rest)
{
    return arena_printf(&told_arena,
                        "stellwerk: 1\n"
                        "title: T\n"
                        "stages:\n"
                        "  - id: s\n"
                        "    touchpoints:\n"
                        "      - id: t\n"
                        "%s%s",
                        keys, rest);
}

const char *told(void)
{
    struct str lines;
    str_init(&lines);
    for (size_t i = 0; i < told_findings.count; i++) {
        const struct diag *diag = &told_findings.items[i];
        str_printf(&lines, "%u:%u", diag->pos.line, diag->pos.column);
        if (diag->other.line > 0)
            str_printf(&lines, "-%u:%u", diag->other.line, diag->other.column);
        str_printf(&lines, " %s %s\n", severity_name(diag->severity), diag->code);
    }
    const char *text = arena_strdup(&told_arena, lines.text);
    str_finish(&lines);
    return text;
}

const char *told_text(const char *code)
{
    for (size_t i = 0; i < told_findings.count; i++)
        if (strcmp(told_findings.items[i].code, code) == 0)
            return told_findings.items[i].text;
    ck_abort_msg("no finding '%s' among:\n%s", code, told());
    return "";
}
