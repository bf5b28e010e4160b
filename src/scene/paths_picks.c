/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/paths.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>

static const char *const words[PICK_KINDS] = {
    [PICK_CASE] = "case",
    [PICK_WAY] = "way",
    [PICK_ARC] = "arc",
    [PICK_BREAK] = "break",
};

void paths_offer(struct page *page, const struct stage_set *set, int row, struct path_pick pick)
{
    struct scene *scene = page->scene;
    page->picks = arena_grow(scene->arena, page->picks, page->pick_count, &page->pick_capacity,
                             sizeof(*page->picks));
    if ((int)page->pick_count == set->options.pick)
        panel_light(scene, row, 0, 1, scene->columns);
    pick.row = row;
    page->picks[page->pick_count++] = pick;
}

const char *path_pick_text(struct arena *arena, const struct path_pick *pick)
{
    struct str text;
    str_init(&text);
    str_append(&text, words[pick->kind]);
    if (pick->kind == PICK_CASE)
        str_printf(&text, " %s", pick->id);
    else if (pick->kind != PICK_WAY)
        str_printf(&text, " %d %d", pick->from, pick->to);
    for (size_t i = 0; pick->kind == PICK_WAY && i < pick->step_count; i++)
        str_printf(&text, " %d", pick->steps[i]);
    const char *copy = arena_strdup(arena, text.text);
    str_finish(&text);
    return copy;
}

/* Steps behind the word; false where something else stands there. */
static bool parse_steps(struct arena *arena, const char *text, int **steps, size_t *count)
{
    size_t capacity = 0;
    *steps = NULL;
    *count = 0;
    while (*text != '\0') {
        char *end;
        long step = strtol(text, &end, 10);
        if (end == text || step < 0 || step > INT_MAX)
            return false;
        *steps = arena_grow(arena, *steps, *count, &capacity, sizeof(**steps));
        (*steps)[(*count)++] = (int)step;
        text = end + strspn(end, " ");
    }
    return *count > 0;
}

bool path_pick_parse(struct arena *arena, const char *text, struct path_pick *out)
{
    size_t length = strcspn(text, " ");
    int kind = 0, *steps;
    while (kind < PICK_KINDS &&
           (strlen(words[kind]) != length || strncmp(words[kind], text, length) != 0))
        kind++;
    text += length + strspn(text + length, " ");
    if (kind == PICK_KINDS || *text == '\0')
        return false;
    *out = (struct path_pick){ .kind = (enum pick_kind)kind, .from = NONE, .to = NONE };
    if (kind == PICK_CASE) {
        out->id = arena_strdup(arena, text);
        return true;
    }
    if (!parse_steps(arena, text, &steps, &out->step_count))
        return false;
    out->steps = steps;
    if (kind == PICK_WAY)
        return true;
    out->from = steps[0];
    out->to = out->step_count == 2 ? steps[1] : NONE;
    return out->step_count == 2;
}
