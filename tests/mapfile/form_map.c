/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form_map.h"

#include <check.h>
#include <string.h>

#include <stellwerk/mapfile/edit.h>
#include <stellwerk/mapfile/reader.h>

#include "support.h"

struct arena form_map_arena;
struct error form_map_error;

void form_map_start(void)
{
    test_locale();
    arena_init(&form_map_arena);
    error_init(&form_map_error);
}

void form_map_finish(void)
{
    arena_finish(&form_map_arena);
}

/* `full` has most of what a touchpoint can have, `bare` nothing. */
static const char small[] =
    "stellwerk: 1\n"
    "title: Reise   # heißt so\n"
    "personas:\n"
    "  anna: {name: 'Anna B.', share: 0.5, goals: [ankommen, \"12:30\"]}\n"
    "  karl: Karl\n"
    "contexts:\n"
    "  hurried:\n"
    "    label: in Eile\n"
    "  relaxed: {}\n"
    "channels: {web: {label: Web, medium: digital}, app: App, desk: {label: Schalter}}\n"
    "handovers: [[web, app]]\n"
    "stages:\n"
    "  - id: one\n"
    "    title: Eins\n"
    "    touchpoints:\n"
    "      # vor dem ersten\n"
    "      - id: full\n"
    "        title: \"Voll: und ganz\"\n"
    "        channel: web\n"
    "        systems: crm\n"
    "        moment_of_truth: true\n"
    "        actions:\n"
    "          - tippt\n"
    "          - 'wartet: lange'\n"
    "        quotes:\n"
    "          - text: |\n"
    "              Zeile eins\n"
    "              Zeile zwei\n"
    "            date: 2026-10-02\n"
    "          - kurz gesagt\n"
    "        promise: 90\n"
    "        expectation:\n"
    "          all: 70\n"
    "          anna: {adequate: 60, desired: 85, evidence: observed}\n"
    "          anna@hurried: {score: 66}\n"
    "        experience: {all: 50, karl: {score: 40, note: müde}}\n"
    "        aspects:\n"
    "          - {id: speed, title: Tempo, importance: 3}\n"
    "          - id: tone\n"
    "        metrics: [delay]\n"
    "        content: [Mail, {title: Brief, for: [anna, karl]}]\n"
    "        opportunities:\n"
    "          - {id: sooner, title: Früher, due: 2027-01-31, expects: {metric: delay, to: 5}}\n"
    "          - {id: nicer, title: Netter}\n"
    "      - id: bare\n"
    "      - id: map\n"
    "  - id: two\n"
    "    touchpoints: []\n"
    "routes:\n"
    "  - {id: short, through: [full, map]}\n"
    "metrics:\n"
    "  delay:\n"
    "    type: mean\n"
    "    where: {activity: [arrive, \"12\"], a.b: x}\n"
    "    anchors: {0: 100, 2.5: 80, 40: 0}\n"
    "    contexts: {hurried: {anchors: {0: 100, 20: 0}}}\n"
    "    within: 2h\n"
    "  opened: {type: ratio, numerator: open, denominator: {where: {activity: send}}}\n"
    "  reached: {type: dropout, first: {activity: cart}, then: pay, min_n: 5, fresh: 30d}\n"
    "budgets:\n"
    "  - {touchpoint: full, gap: -30}\n"
    "  - {all: true, gap: -60}\n";

struct form_map form_map_of(const char *file, const char *text, size_t length)
{
    struct form_map map = { .file = file, .text = text, .length = length };
    struct diag_list findings;
    struct journey *journey;
    diag_list_init(&findings, &form_map_arena);
    ck_assert(map_read_text(&form_map_arena, file, text, length, &journey, &findings));
    map.journey = journey;
    return map;
}

struct form_map form_map_small(void)
{
    return form_map_of("map.yaml", small, strlen(small));
}

struct form form_map_form(const struct form_map *map, const char *address)
{
    struct form form;
    ck_assert_msg(form_of(&form_map_arena, map->journey, map->file, map->text, map->length, address,
                          &form, &form_map_error),
                  "%s: %s", address, form_map_error.text);
    return form;
}

const struct form_row *form_map_row(const struct form *form, const char *address,
                                    enum form_role role)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->rows[i].address, address) == 0 && form->rows[i].role == role)
            return &form->rows[i];
    ck_abort_msg("the form of %s has no row %s", form->address, address);
}

bool form_map_apply(const struct form_map *map, const struct operation *operation,
                    struct form_map *out)
{
    struct edited edited;
    error_init(&form_map_error);
    if (!edit_apply(&form_map_arena, map->file, map->text, map->length, operation, &edited,
                    &form_map_error))
        return false;
    *out = (struct form_map){ map->file, edited.text, edited.length, edited.journey };
    return true;
}

void form_map_must_apply(const struct form_map *map, const struct operation *operation,
                         struct form_map *out)
{
    ck_assert_msg(form_map_apply(map, operation, out), "%s: %s",
                  operation_line(&form_map_arena, operation), form_map_error.text);
}
