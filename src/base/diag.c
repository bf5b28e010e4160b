/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/diag.h>

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void diag_list_init(struct diag_list *list, struct arena *arena)
{
    *list = (struct diag_list){ .arena = arena };
}

/* Where the next finding goes: the list, or a spare that the one after it overwrites. */
static struct diag *next_place(struct diag_list *list)
{
    if (list->count >= DIAG_MAX) {
        list->dropped++;
        return &list->spare;
    }
    list->items = arena_grow(list->arena, list->items, list->count, &list->capacity,
                             sizeof(*list->items));
    return &list->items[list->count++];
}

struct diag *diag_add(struct diag_list *list, enum severity severity, struct pos pos,
                      const char *code, const char *format, ...)
{
    struct diag *diag = next_place(list);
    *diag = (struct diag){ .severity = severity, .pos = pos, .code = code, .text = "" };
    if (severity == SEVERITY_ERROR)
        list->errors++;
    else if (severity == SEVERITY_WARNING)
        list->warnings++;
    if (diag == &list->spare)
        return diag;
    va_list args;
    va_start(args, format);
    diag->text = arena_vprintf(list->arena, format, args);
    va_end(args);
    return diag;
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_files(const char *a, const char *b)
{
    if (a == b)
        return 0;
    if (a == NULL || b == NULL)
        return a == NULL ? -1 : 1;
    return strcmp(a, b);
}

/* The address decides last: qsort() alone does not keep the order of equals. */
static int compare_places(const void *left, const void *right)
{
    const struct diag *a = *(const struct diag *const *)left;
    const struct diag *b = *(const struct diag *const *)right;
    int order = compare_files(a->pos.file, b->pos.file);
    if (order == 0)
        order = compare_numbers(a->pos.line, b->pos.line);
    if (order == 0)
        order = compare_numbers(a->pos.column, b->pos.column);
    return order != 0 ? order : (a > b) - (a < b);
}

void diag_list_sort(struct diag_list *list)
{
    const struct diag **order = arena_array(list->arena, list->count, sizeof(*order));
    for (size_t i = 0; i < list->count; i++)
        order[i] = &list->items[i];
    qsort(order, list->count, sizeof(*order), compare_places);
    struct diag *sorted = arena_array(list->arena, list->count, sizeof(*sorted));
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = *order[i];
    list->items = sorted;
    list->capacity = list->count;
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {
        [SEVERITY_NOTE] = "note",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_ERROR] = "error",
    };
    assert(severity <= SEVERITY_ERROR);
    return names[severity];
}
