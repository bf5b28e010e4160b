/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/commands.h>

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/time.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/cli/import_text.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/cli/upkeep.h>
#include <stellwerk/report/report.h>
#include <stellwerk/scene/wording.h>
#include <stellwerk/store/info.h>
#include <stellwerk/store/unassigned.h>

enum format { FORMAT_TEXT, FORMAT_JSON };

static const struct words formats = { .items = (const char *const[]){ "text", "json" },
                                      .count = 2 };

struct store_values {
    const char *before;
    int format, batch;
    bool force, quiet;
};

static const struct option_row rows[] = {
    { .name = "format",
      .kind = OPTION_WORD,
      .words = &formats,
      .help = N_("For people, or as one JSON object for programs"),
      .offset = offsetof(struct store_values, format) },
    { .name = "before",
      .kind = OPTION_TEXT,
      .argument = N_("DATE"),
      .help = N_("prune: the rows that are over before this day"),
      .offset = offsetof(struct store_values, before) },
    { .name = "batch",
      .kind = OPTION_INT,
      .argument = N_("N"),
      .help = N_("prune: the rows of one import, by its number in 'store info'"),
      .offset = offsetof(struct store_values, batch) },
    { .name = "force",
      .letter = 'f',
      .kind = OPTION_FLAG,
      .help = N_("prune: take the rows out, and not only tell how many they are"),
      .offset = offsetof(struct store_values, force) },
    { .name = "quiet",
      .letter = 'q',
      .kind = OPTION_FLAG,
      .help = N_("Only speak when something is wrong"),
      .offset = offsetof(struct store_values, quiet) },
};

static const struct usage usage = {
    .name = "store",
    .operands = N_("info|rebuild|verify|prune STORE"),
    .summary = N_("Show what a metric store holds, how old it is and where it came from; or keep "
                  "it in order."),
    .details = N_("info tells what is in the store. rebuild makes everything anew that follows "
                  "from the rows, and brings a store of an older version to this one, of which it "
                  "keeps a copy. verify holds the file, the tables and what follows from the rows "
                  "to what they should be; with findings the exit status is 1. prune takes old "
                  "rows out, or those of one import, and makes the file smaller."),
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .least = 2,
    .most = 2,
};

/* ---- For people ------------------------------------------------------------------ */

static void append_count(struct arena *arena, struct str *out, const char *label, uint64_t count)
{
    int missing = 16 - utf8_width(label);
    str_printf(out, "%s%*s%12s\n", label, missing > 0 ? missing : 1, "",
               locale_count(arena, count));
}

static void append_batch(struct arena *arena, struct str *out, const struct batch_info *batch)
{
    const char *file = sanitise_text(arena, batch->file, SANITISE_ONE_LINE);
    str_printf(out, "  %" PRIu64 "  %s  %s  ", batch->id,
               locale_day(arena, time_day(batch->started)), file);
    /* TRANSLATORS: an import in one line: rows taken, duplicates, rejected. */
    const char *format =
        ngettext("%s taken, %s duplicate, %s rejected", "%s taken, %s duplicates, %s rejected",
                 (unsigned long)batch->duplicates);
    str_printf(out, format, locale_count(arena, batch->taken),
               locale_count(arena, batch->duplicates), locale_count(arena, batch->rejected));
    if (!batch->complete)
        str_append(out, _(" (broken off: import it again to complete it)"));
    str_append_char(out, '\n');
}

static void append_span(struct arena *arena, struct str *out, const struct store_info *info)
{
    if (info->newest == TIME_NONE)
        return;
    int32_t first = time_day(info->oldest), last = time_day(info->newest);
    /* TRANSLATORS: the last is "3 weeks old" or "of today". */
    str_printf(out, _("From %s to %s; the newest row is %s\n"), locale_day(arena, first),
               locale_day(arena, last), wording_age(arena, info->newest, time_now()));
}

enum { UNASSIGNED_SHOWN = 12 };

static void append_unassigned(struct arena *arena, struct str *out,
                              const struct unassigned_list *list)
{
    if (list->count == 0)
        return;
    /* TRANSLATORS: a heading above activities and their counts. */
    str_printf(out, "\n%s\n", _("On no touchpoint"));
    for (size_t i = 0; i < list->count && i < UNASSIGNED_SHOWN; i++) {
        const char *name =
            utf8_fit(arena, sanitise_text(arena, list->items[i].activity, SANITISE_ONE_LINE), 48,
                     utf8_is_spoken() ? "…" : "~");
        str_printf(out, "%12s  %s\n", locale_count(arena, list->items[i].rows), name);
    }
    size_t more = list->count + list->left_out;
    if (more > UNASSIGNED_SHOWN)
        str_printf(out,
                   ngettext("  … and %zu more\n", "  … and %zu more\n", more - UNASSIGNED_SHOWN),
                   more - UNASSIGNED_SHOWN);
    str_append(out, _("The map brings them in: name them in a touchpoint's 'activities', and "
                      "import again\n"));
}

static void append_cases(struct arena *arena, struct str *out, const struct store_info *info)
{
    if (info->cut == 0)
        return;
    const char *format = ngettext("%s event has no case of its own: it was cut after %s without "
                                  "one\n",
                                  "%s events have no case of their own: cases were cut after %s "
                                  "without one\n",
                                  (unsigned long)info->cut);
    str_append_char(out, '\n');
    str_printf(out, format, locale_count(arena, info->cut),
               duration_text(arena, info->case_window));
    if (info->waiting > 0)
        str_printf(out,
                   ngettext("%s of them is not cut yet; the next import does it\n",
                            "%s of them are not cut yet; the next import does it\n",
                            (unsigned long)info->waiting),
                   locale_count(arena, info->waiting));
}

static void append_text(struct arena *arena, struct str *out, const char *path,
                        const struct store_info *info, const struct unassigned_list *unassigned)
{
    str_printf(out, _("%s: metric store, schema version %d, %s bytes\n"),
               sanitise_text(arena, path, SANITISE_ONE_LINE), info->schema_version,
               locale_count(arena, info->file_size));
    append_span(arena, out, info);
    str_append_char(out, '\n');
    append_count(arena, out, _("events"), info->events);
    append_count(arena, out, _("answers"), info->answers);
    append_count(arena, out, _("observations"), info->observations);
    append_count(arena, out, _("paths"), info->paths);
    append_count(arena, out, _("cases"), info->cases);
    append_count(arena, out, _("persons"), info->persons);
    append_count(arena, out, _("touchpoints"), info->touchpoints);
    append_count(arena, out, _("activities"), info->activities);
    append_count(arena, out, _("metrics"), info->metrics);
    append_cases(arena, out, info);
    append_unassigned(arena, out, unassigned);
    if (info->batch_count)
        str_printf(out, "\n%s\n", _("Imports"));
    for (size_t i = 0; i < info->batch_count; i++)
        append_batch(arena, out, &info->batches[i]);
}

/* ---- For programs ----------------------------------------------------------------- */

static json_t *text_or_null(struct arena *arena, const char *text)
{
    return text ? json_string(sanitise_text(arena, text, SANITISE_KEEP_LINES)) : json_null();
}

static json_t *instant_or_null(struct arena *arena, int64_t instant)
{
    return instant == TIME_NONE ? json_null() : json_string(time_iso(arena, instant));
}

static void set_count(json_t *object, const char *name, uint64_t count)
{
    json_object_set_new(object, name, json_integer((json_int_t)count));
}

static json_t *batch_json(struct arena *arena, const struct batch_info *batch)
{
    json_t *row = json_object();
    set_count(row, "batch", batch->id);
    json_object_set_new(row, "file", text_or_null(arena, batch->file));
    json_object_set_new(row, "as", text_or_null(arena, batch->as));
    json_object_set_new(row, "preset", text_or_null(arena, batch->preset));
    json_object_set_new(row, "mapping", text_or_null(arena, batch->mapping));
    json_object_set_new(row, "digest", text_or_null(arena, batch->digest));
    json_object_set_new(row, "version", text_or_null(arena, batch->version));
    json_object_set_new(row, "started", instant_or_null(arena, batch->started));
    json_object_set_new(row, "complete", json_boolean(batch->complete));
    set_count(row, "records", batch->records);
    set_count(row, "taken", batch->taken);
    set_count(row, "updated", batch->updated);
    set_count(row, "duplicates", batch->duplicates);
    set_count(row, "rejected", batch->rejected);
    set_count(row, "missing", batch->missing);
    return row;
}

static json_t *unassigned_json(struct arena *arena, const struct unassigned_list *list)
{
    json_t *activities = json_array();
    for (size_t i = 0; i < list->count; i++) {
        json_t *row = json_object();
        json_object_set_new(row, "activity", text_or_null(arena, list->items[i].activity));
        set_count(row, "events", list->items[i].rows);
        json_object_set_new(row, "oldest", instant_or_null(arena, list->items[i].oldest));
        json_object_set_new(row, "newest", instant_or_null(arena, list->items[i].newest));
        json_array_append_new(activities, row);
    }
    return activities;
}

static json_t *window_json(const struct store_info *info)
{
    return info->case_window > 0 ? json_integer(info->case_window / 1000000) : json_null();
}

static void append_json(struct arena *arena, struct str *out, const struct store_info *info,
                        const struct unassigned_list *unassigned)
{
    json_t *document = json_object();
    json_object_set_new(document, "stellwerk", json_integer(1));
    json_object_set_new(document, "view", json_string("store"));
    json_object_set_new(document, "schema_version", json_integer(info->schema_version));
    set_count(document, "file_size", info->file_size);
    set_count(document, "events", info->events);
    set_count(document, "answers", info->answers);
    set_count(document, "observations", info->observations);
    set_count(document, "paths", info->paths);
    set_count(document, "cases", info->cases);
    set_count(document, "persons", info->persons);
    set_count(document, "touchpoints", info->touchpoints);
    set_count(document, "activities", info->activities);
    set_count(document, "metrics", info->metrics);
    set_count(document, "events_cut", info->cut);
    set_count(document, "events_waiting", info->waiting);
    json_object_set_new(document, "case_window_seconds", window_json(info));
    set_count(document, "events_unassigned", info->unassigned);
    json_object_set_new(document, "unassigned", unassigned_json(arena, unassigned));
    json_object_set_new(document, "oldest", instant_or_null(arena, info->oldest));
    json_object_set_new(document, "newest", instant_or_null(arena, info->newest));
    json_t *batches = json_array();
    for (size_t i = 0; i < info->batch_count; i++)
        json_array_append_new(batches, batch_json(arena, &info->batches[i]));
    json_object_set_new(document, "rows", batches);
    json_append_document(out, document);
}

static bool show(struct arena *arena, const char *path, enum format format, struct error *err)
{
    struct store *store;
    struct store_info info;
    struct unassigned_list unassigned;
    struct str out;
    if (!store_open(path, &store, err))
        return false;
    str_init(&out);
    bool fine = store_info_read(arena, store, &info, err) &&
                store_unassigned(arena, store, NULL, &unassigned, err);
    store_close(store);
    if (fine && format == FORMAT_JSON)
        append_json(arena, &out, &info, &unassigned);
    else if (fine)
        append_text(arena, &out, path, &info, &unassigned);
    fine = fine && output_write(NULL, &out, err);
    str_finish(&out);
    return fine;
}

static int tell_info(struct arena *arena, const char *path, const struct upkeep_wish *wish,
                     struct error *err)
{
    enum format format = wish->json ? FORMAT_JSON : FORMAT_TEXT;
    return show(arena, path, format, err) ? EXIT_FINE : EXIT_WRONG;
}

/* What can be done with a store. */
static const struct {
    const char *name;
    int (*run)(struct arena *arena, const char *path, const struct upkeep_wish *wish,
               struct error *err);
} actions[] = {
    { .name = "info", .run = tell_info },
    { .name = "rebuild", .run = upkeep_rebuild },
    { .name = "verify", .run = upkeep_verify },
    { .name = "prune", .run = upkeep_prune },
};

static int act(const struct operands *words, const struct upkeep_wish *wish)
{
    struct arena arena;
    struct error err;
    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        if (strcmp(words->items[0], actions[i].name) != 0)
            continue;
        arena_init(&arena);
        error_init(&err);
        int status = actions[i].run(&arena, words->items[1], wish, &err);
        if (err.text[0] != '\0')
            error_print(&err, stderr);
        arena_finish(&arena);
        return status;
    }
    return usage_wrong(&usage,
                       _("'%s' is nothing that can be done with a store; there are info, rebuild, "
                         "verify and prune"),
                       words->items[0]);
}

static int run(void *given, const struct operands *words)
{
    const struct store_values *values = given;
    bool prunes = strcmp(words->items[0], "prune") == 0;
    if (!prunes && (values->before != NULL || values->batch > 0 || values->force))
        return usage_wrong(&usage,
                           _("--before, --batch and --force are for 'store prune' alone"));
    return act(words, &(struct upkeep_wish){
                          .before = values->before,
                          .batch = values->batch,
                          .force = values->force,
                          .quiet = values->quiet,
                          .json = values->format == FORMAT_JSON,
                      });
}

const struct subcommand command_store = {
    .usage = &usage,
    .run = run,
    .size = sizeof(struct store_values),
};
