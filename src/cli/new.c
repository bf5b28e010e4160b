/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/commands.h>

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/time.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/cli/templates.h>
#include <stellwerk/mapfile/edit.h>
#include <stellwerk/mapfile/save.h>

static const struct words names = {
    .items = (const char *const[]){ "empty", "shop", "travel", "service" }, .count = 4
};

struct new_values {
    int template;
    const char *title;
};

static const struct option_row rows[] = {
    { .name = "template",
      .letter = 't',
      .kind = OPTION_WORD,
      .words = &names,
      .help = N_("What the map begins with: every main key explained, or a journey to change"),
      .offset = offsetof(struct new_values, template) },
    { .name = "title",
      .kind = OPTION_TEXT,
      .argument = N_("TEXT"),
      .help = N_("The title of the map, in place of the template's"),
      .offset = offsetof(struct new_values, title) },
};

static const struct usage usage = {
    .name = "new",
    .operands = N_("FILE"),
    .summary = N_("Begin a map: a file whose comments teach the format."),
    .details = N_("The map is in the language of the program, which --lang chooses. A file that is "
                  "there already is left alone; - writes to standard output."),
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .least = 1,
    .most = 1,
};

static const struct map_template *get_template(const char *name, const char *language)
{
    const struct map_template *template = map_templates;
    while (strcmp(template->name, name) != 0 || strcmp(template->language, language) != 0) {
        template ++;
        assert(template <map_templates + map_template_count);
    }
    return template;
}

static bool set(struct arena *arena, const char *path, const char *address, const char *value,
                struct edited *text, struct error *err)
{
    struct operation operation = { .verb = VERB_SET, .address = address, .value = value };
    return edit_apply(arena, path, text->text, text->length, &operation, text, err);
}

static bool fill(struct arena *arena, const char *path, const struct new_values *values,
                 struct edited *text, struct error *err)
{
    const struct map_template *template =
        get_template(names.items[values->template], locale_language());
    *text = (struct edited){ .text = template->text, .length = template->length };
    const char *today = time_day_iso(arena, time_day(time_now()));
    if (!set(arena, path, "map.reviewed", today, text, err))
        return false;
    if (!values->title)
        return true;
    const char *title = sanitise_text(arena, values->title, SANITISE_ONE_LINE);
    return set(arena, path, "map.title", title, text, err);
}

static bool print(const struct edited *text, struct error *err)
{
    struct str out;
    str_init(&out);
    str_append_bytes(&out, text->text, text->length);
    bool fine = output_write(NULL, &out, err);
    str_finish(&out);
    return fine;
}

static bool save(struct arena *arena, const char *path, const struct edited *text,
                 struct error *err)
{
    if (!save_new(path, text->text, text->length, err))
        return false;
    const char *name = sanitise_text(arena, path, SANITISE_ONE_LINE);
    const char *format =
        _("%s is there now: 'stellwerk %s' opens it, 'stellwerk check %s' checks it\n");
    locale_print(arena_printf(arena, format, name, name, name), stderr);
    return true;
}

static int run(void *given, const struct operands *files)
{
    const struct new_values *values = given;
    const char *path = files->items[0];
    struct edited text;
    struct arena arena;
    struct error err;
    arena_init(&arena);
    error_init(&err);
    bool fine = fill(&arena, path, values, &text, &err) &&
                (strcmp(path, "-") == 0 ? print(&text, &err) : save(&arena, path, &text, &err));
    if (!fine)
        error_print(&err, stderr);
    arena_finish(&arena);
    return fine ? EXIT_FINE : EXIT_WRONG;
}

const struct subcommand command_new = {
    .usage = &usage,
    .run = run,
    .size = sizeof(struct new_values),
};
