/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/silos.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/wording.h>

/* ---- Words ------------------------------------------------------------------------- */

#define PLACES_MOST 6 /* touchpoints that are named */

const char *silos_places(struct arena *arena, const struct journey *journey,
                         const struct indices *touchpoints)
{
    struct str text;
    str_init(&text);
    size_t named = touchpoints->count <= PLACES_MOST ? touchpoints->count : PLACES_MOST - 1;
    for (size_t i = 0; i < named; i++) {
        str_append(&text, i > 0 ? ", " : "");
        str_append(&text, journey->touchpoints[touchpoints->items[i]].title);
    }
    const char *list = arena_strdup(arena, text.text);
    str_finish(&text);
    size_t others = touchpoints->count - named;
    return others == 0
               ? list
               : arena_printf(arena, _("%s and %s others"), list, locale_count(arena, others));
}

const char *silos_not_measured(const struct stage_set *set)
{
    if (set->journey->store == NULL && set->figures == NULL)
        return _("No store: nothing was measured.");
    return set->silo_evidence == NULL ? _("What the store tells of this has not been read yet.")
                                      : _("The store could not be read.");
}

/* ---- In short ---------------------------------------------------------------------- */

static const char *counted(struct arena *arena, const char *format, size_t count)
{
    return count == 0 ? NULL : arena_printf(arena, format, locale_count(arena, count));
}

static const char *size_text(struct arena *arena, const struct stage_set *set)
{
    const struct silos *silos = set->silos;
    size_t metrics = silos->thing_count - silos->system_count;
    const char *words[] = {
        counted(arena, ngettext("%s owner", "%s owners", silos->owner_count), silos->owner_count),
        counted(arena, ngettext("%s touchpoint", "%s touchpoints", set->journey->touchpoint_count),
                set->journey->touchpoint_count),
        counted(arena, ngettext("%s system", "%s systems", silos->system_count),
                silos->system_count),
        counted(arena, ngettext("%s metric", "%s metrics", metrics), metrics),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void write_line(struct page *page, enum ink ink, const char *text)
{
    if (text == NULL)
        return;
    int row = page->row;
    page_text(page, 2, style_ink(ink), text);
    scene_text(page->scene, row, 0, 1, style_ink(ink), "·");
}

static void write_pulls_line(struct page *page, const struct silo_evidence *evidence)
{
    struct arena *arena = page->scene->arena;
    if (evidence == NULL || evidence->pulls == NULL || evidence->pulls->count == 0)
        return;
    size_t apart = evidence->pulls->counts[PULL_APART];
    size_t maybe = evidence->pulls->counts[PULL_APART_MAYBE];
    write_line(page, INK_BAD,
               counted(arena,
                       ngettext("%s pair of metrics pulls against each other: one owner's gain is "
                                "another's loss.",
                                "%s pairs of metrics pull against each other: one owner's gain is "
                                "another's loss.",
                                apart),
                       apart));
    write_line(
        page, INK_DIM,
        counted(arena,
                ngettext("%s pair of metrics looks as if it pulled apart, which may be chance.",
                         "%s pairs of metrics look as if they pulled apart, which may be "
                         "chance.",
                         maybe),
                maybe));
    if (apart + maybe == 0)
        write_line(page, INK_DIM, _("No metrics of two owners pull against each other for sure."));
}

static void write_lacks_lines(struct page *page, const struct stage_set *set)
{
    const struct silos *silos = set->silos;
    struct arena *arena = page->scene->arena;
    size_t others = silos->foreign, lost = silos->seams - silos->bridged - silos->unknown;
    write_line(page, INK_WARN,
               counted(arena,
                       ngettext("At %s touchpoint another owner has figures that its own owner "
                                "does not have.",
                                "At %s touchpoints another owner has figures that their own "
                                "owner does not have.",
                                others),
                       others));
    if (silos->seams == 0)
        return;
    const char *format = ngettext("Customers pass from one owner to the next %s time; without a "
                                  "system that goes along: %s.",
                                  "Customers pass from one owner to the next %s times; without a "
                                  "system that goes along: %s.",
                                  silos->seams);
    write_line(
        page, lost > 0 ? INK_WARN : INK_GOOD,
        arena_printf(arena, format, locale_count(arena, silos->seams), locale_count(arena, lost)));
}

static void write_crossings_line(struct page *page, const struct silo_evidence *evidence)
{
    const struct crossings *crossings = evidence != NULL ? evidence->crossings : NULL;
    struct arena *arena = page->scene->arena;
    if (crossings == NULL || crossings->all.passes == 0)
        return;
    const struct crossing *all = &crossings->all;
    double elsewhere = 1 - (double)all->as_designed / (double)all->passes;
    /* TRANSLATORS: an average, a number of cases, a percentage. */
    const char *format = ngettext("In fact they pass %s times a case (%s case); %s of that where "
                                  "the map does not have it.",
                                  "In fact they pass %s times a case (%s cases); %s of that where "
                                  "the map does not have it.",
                                  crossings->cases);
    write_line(page, INK_DIM,
               arena_printf(arena, format, locale_number(arena, crossings->per_case.value, 2),
                            locale_count(arena, crossings->cases),
                            locale_percent(arena, elsewhere, 0)));
}

static void write_stages_line(struct page *page, const struct silo_evidence *evidence)
{
    struct arena *arena = page->scene->arena;
    if (evidence == NULL || evidence->consistency == NULL)
        return;
    const struct consistency *consistency = evidence->consistency;
    size_t differ = 0;
    for (size_t i = 0; i < consistency->count; i++)
        differ += consistency->items[i].touchpoint == NONE &&
                  consistency->items[i].agreement == AGREEMENT_DIFFERS;
    write_line(page, INK_WARN,
               counted(arena,
                       ngettext("%s stage is not the same over its channels.",
                                "%s stages are not the same over their channels.", differ),
                       differ));
}

static void write_contents_line(struct page *page, const struct content_plan *plan)
{
    struct arena *arena = page->scene->arena;
    size_t missing = plan->counts[CONTENT_MISSING], planned = plan->counts[CONTENT_PLANNED];
    const char *words[] = {
        counted(
            arena,
            ngettext("%s piece of content is missing", "%s pieces of content are missing", missing),
            missing),
        counted(arena, ngettext("%s is planned", "%s are planned", planned), planned),
        counted(arena,
                ngettext("%s change of tone or rhythm within a stage",
                         "%s changes of tone or rhythm within a stage", plan->clash_count),
                plan->clash_count),
    };
    const char *list = wording_list(arena, words, ARRAY_LEN(words));
    if (*list != '\0')
        write_line(page, missing > 0 ? INK_WARN : INK_DIM, list);
}

static void write_head(struct page *page, const struct stage_set *set)
{
    page_text(page, 0, style_bold(INK_STRONG), size_text(page->scene->arena, set));
    if (set->silos->owner_count == 1 && set->silos->counts[LACK_NO_OWNER] == 0)
        write_line(page, INK_GOOD, _("One owner has it all: there is nobody to keep apart."));
    write_pulls_line(page, set->silo_evidence);
    write_lacks_lines(page, set);
    write_crossings_line(page, set->silo_evidence);
    write_stages_line(page, set->silo_evidence);
    write_contents_line(page, set->contents);
}

/* ---- The view ---------------------------------------------------------------------- */

static const char *trouble(const struct stage_set *set)
{
    if (set->journey->touchpoint_count == 0)
        return _("the map has no touchpoints yet: nobody owns anything");
    if (set->silos == NULL || set->contents == NULL)
        return _("silos are being looked for …");
    return NULL;
}

#define LABELS_LEAST 12

/* Of owners and channels, at most a third of the page. */
static int label_columns(struct page *page, const struct stage_set *set)
{
    int most = page->scene->columns / 3, longest = LABELS_LEAST;
    for (size_t i = 0; i < set->silos->owner_count; i++) {
        int width = scene_text_width(page->scene, set->silos->owners[i].name) + 2;
        longest = width > longest ? width : longest;
    }
    for (size_t i = 0; i < set->journey->channel_count; i++) {
        const char *title = channel_title(&set->journey->channels[i]);
        int width = scene_text_width(page->scene, title) + 4;
        longest = width > longest ? width : longest;
    }
    return longest < most ? longest : most;
}

/* What there is to do something about. */
static void write_findings(struct page *page, const struct stage_set *set)
{
    silos_write_lacks(page, set);
    silos_write_crossings(page, set);
    silos_write_pulls(page, set);
    silos_write_stages(page, set);
}

/* What it is found in. */
static void write_tables(struct page *page, const struct stage_set *set)
{
    silos_write_matrix(page, set);
    silos_write_contents(page, set);
    silos_write_clashes(page, set);
}

static struct page begin(struct arena *arena, const struct stage_set *set, int columns,
                         struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    page.labels = label_columns(&page, set);
    return page;
}

#define BESIDE_LEAST 150 /* columns from which on the tables stand beside the findings */
#define FINDINGS_MOST 100
#define APART 3

static void lay_beside(struct page *page, const struct stage_set *set)
{
    struct scene *scene = page->scene;
    int left = scene->columns / 2 - APART;
    left = left < FINDINGS_MOST ? left : FINDINGS_MOST;
    struct page findings = begin(scene->arena, set, left, scene->medium);
    struct page tables = begin(scene->arena, set, scene->columns - left - APART, scene->medium);
    write_findings(&findings, set);
    write_tables(&tables, set);
    const struct scene *beside[] = { page_end(&findings), page_end(&tables) };
    int rows = beside[0]->rows > beside[1]->rows ? beside[0]->rows : beside[1]->rows;
    int row = page_rows(page, rows + 1) + 1;
    scene_lay(scene, row, 0, beside[0]);
    scene_lay(scene, row, left + APART, beside[1]);
}

static struct scene *draw_page(struct arena *arena, const struct stage_set *set, int columns,
                               struct medium medium)
{
    struct page page = begin(arena, set, page_inside(columns), medium);
    write_head(&page, set);
    if (columns >= BESIDE_LEAST) {
        lay_beside(&page, set);
    } else {
        silos_write_lacks(&page, set);
        silos_write_matrix(&page, set);
        silos_write_crossings(&page, set);
        silos_write_pulls(&page, set);
        silos_write_stages(&page, set);
        silos_write_contents(&page, set);
        silos_write_clashes(&page, set);
    }
    return page_end(&page);
}

struct scene *silos_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                         struct medium medium)
{
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    const char *why = trouble(set);
    struct scene *page = why == NULL ? draw_page(arena, set, columns, medium) : NULL;
    return page_on_screen(arena, set, page, why, columns, rows, medium);
}
