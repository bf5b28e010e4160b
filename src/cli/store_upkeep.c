/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/upkeep.h>

#include <stdlib.h>

#include <jansson.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/time.h>
#include <stellwerk/cli/commands.h>
#include <stellwerk/cli/interrupt.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/report/report.h>
#include <stellwerk/store/upkeep.h>

static const char *shown(struct arena *arena, const char *text)
{
    return sanitise_text(arena, text, SANITISE_ONE_LINE);
}

static bool print(const struct str *text, struct error *err)
{
    return text->length == 0 || output_write(NULL, text, err);
}

/* ---- Older stores ---- */

bool upkeep_migrate(struct arena *arena, const char *path, struct error *err)
{
    struct store_migration migration;
    if (!store_migrate(arena, path, &migration, err))
        return false;
    if (migration.from == 0)
        return true;
    fprintf(stderr,
            _("%s was of schema %d and is of this version now; as it was, it is kept as %s\n"),
            shown(arena, path), migration.from, shown(arena, migration.kept));
    return true;
}

/* ---- Anew ---- */

int upkeep_rebuild(struct arena *arena, const char *path, const struct upkeep_wish *wish,
                   struct error *err)
{
    struct store *store;
    struct str out;
    /* There must be a store: only an import makes one. */
    if (!upkeep_migrate(arena, path, err) || !store_open(path, &store, err))
        return EXIT_WRONG;
    store_close(store);
    if (!store_create(path, &store, err))
        return EXIT_WRONG;
    interrupt_catch();
    bool fine = store_rebuild(store, interrupt_flag(), err);
    store_close(store);
    str_init(&out);
    if (!wish->quiet)
        str_printf(&out, _("%s: all that follows from the rows is made anew\n"),
                   shown(arena, path));
    fine = fine && print(&out, err);
    str_finish(&out);
    return fine ? EXIT_FINE : EXIT_WRONG;
}

/* ---- Verifying ---- */

static void append_verdict(struct arena *arena, struct str *out, const char *path,
                           const struct store_verdict *verdict)
{
    for (size_t i = 0; i < verdict->findings.count; i++)
        str_printf(out, "%s: %s\n", shown(arena, path), shown(arena, verdict->findings.items[i]));
    if (verdict->findings.count == 0)
        str_printf(out,
                   ngettext("%s: in order: %s row, and what follows from it\n",
                            "%s: in order: %s rows, and what follows from them\n",
                            (unsigned long)verdict->rows),
                   shown(arena, path), locale_count(arena, verdict->rows));
}

static void append_verdict_json(struct arena *arena, struct str *out,
                                const struct store_verdict *verdict)
{
    json_t *document = json_object(), *findings = json_array();
    for (size_t i = 0; i < verdict->findings.count; i++)
        json_array_append_new(findings, json_string(shown(arena, verdict->findings.items[i])));
    json_object_set_new(document, "stellwerk", json_integer(1));
    json_object_set_new(document, "view", json_string("store_verify"));
    json_object_set_new(document, "in_order", json_boolean(verdict->findings.count == 0));
    json_object_set_new(document, "rows_verified", json_integer((json_int_t)verdict->rows));
    json_object_set_new(document, "parts_verified", json_integer((json_int_t)verdict->parts));
    json_object_set_new(document, "findings", findings);
    json_append_document(out, document);
}

int upkeep_verify(struct arena *arena, const char *path, const struct upkeep_wish *wish,
                  struct error *err)
{
    struct store *store;
    struct store_verdict verdict;
    struct str out;
    if (!store_open(path, &store, err))
        return EXIT_WRONG;
    bool fine = store_verify(arena, store, &verdict, err);
    store_close(store);
    if (!fine)
        return EXIT_WRONG;
    bool in_order = verdict.findings.count == 0;
    str_init(&out);
    if (wish->json)
        append_verdict_json(arena, &out, &verdict);
    else if (!wish->quiet || !in_order)
        append_verdict(arena, &out, path, &verdict);
    fine = print(&out, err);
    str_finish(&out);
    return !fine ? EXIT_WRONG : in_order ? EXIT_FINE : EXIT_FINDINGS;
}

/* ---- Pruning ---- */

static bool read_wish(const struct upkeep_wish *wish, struct store_prune *out, struct error *err)
{
    *out = (struct store_prune){ .batch = (uint64_t)wish->batch, .dry_run = !wish->force };
    out->by_day = wish->before != NULL;
    if (out->by_day == (wish->batch != 0))
        return error_set(err, _("'store prune' wants either --before DATE or --batch N"));
    return !out->by_day || time_parse_day(wish->before, &out->before) ||
           error_set(err, _("--before takes a day such as 2026-01-31, not '%s'"), wish->before);
}

static const char *rows_text(struct arena *arena, const char *format, uint64_t rows)
{
    return arena_printf(arena, format, locale_count(arena, rows));
}

static void append_pruned(struct arena *arena, struct str *out, const char *path,
                          const struct store_prune *what, const struct store_pruned *pruned)
{
    /* TRANSLATORS: events, answers, observations and paths, each as "12 events". */
    const char *lost = _("%s: %s, %s, %s and %s are out\n");
    /* TRANSLATORS: the same, before it is done. */
    const char *loses = _("%s: would lose %s, %s, %s and %s; --force takes them out\n");
    str_printf(
        out, what->dry_run ? loses : lost, shown(arena, path),
        rows_text(arena, ngettext("%s event", "%s events", pruned->events), pruned->events),
        rows_text(arena, ngettext("%s answer", "%s answers", pruned->answers), pruned->answers),
        rows_text(arena, ngettext("%s observation", "%s observations", pruned->observations),
                  pruned->observations),
        rows_text(arena, ngettext("%s path", "%s paths", pruned->paths), pruned->paths));
    if (pruned->bytes_after < pruned->bytes_before)
        str_printf(out, _("The file is %s bytes smaller\n"),
                   locale_count(arena, pruned->bytes_before - pruned->bytes_after));
}

int upkeep_prune(struct arena *arena, const char *path, const struct upkeep_wish *wish,
                 struct error *err)
{
    struct store *store;
    struct store_prune what;
    struct store_pruned pruned;
    struct str out;
    if (!read_wish(wish, &what, err) || !store_open(path, &store, err))
        return EXIT_WRONG;
    if (!what.dry_run) {
        store_close(store);
        if (!store_create(path, &store, err))
            return EXIT_WRONG;
    }
    bool fine = store_prune(store, &what, &pruned, err);
    store_close(store);
    str_init(&out);
    if (fine && !wish->quiet)
        append_pruned(arena, &out, path, &what, &pruned);
    fine = fine && print(&out, err);
    str_finish(&out);
    return fine ? EXIT_FINE : EXIT_WRONG;
}
