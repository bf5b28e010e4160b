/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Silos view: who lacks what another one has. */

#include <stellwerk/scene/silos.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/wording.h>

static const char *kind_text(enum lack_kind kind)
{
    static const char *const texts[LACK_KIND_COUNT] = {
        [LACK_MEASURED_BY_OTHER] = N_("Another owner measures at their touchpoints:"),
        [LACK_NOT_HANDED_ON] =
            N_("Customers come to them from another owner, and none of that owner's systems do:"),
        [LACK_NOT_MEASURED] = N_("Nobody measures at their touchpoints:"),
        [LACK_NO_OWNER] = N_("Nobody owns:"),
    };
    return _(texts[kind]);
}

static const char *systems_text(struct arena *arena, const struct texts *systems)
{
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < systems->count; i++) {
        str_append(&text, i > 0 ? ", " : "");
        str_append(&text, systems->items[i]);
    }
    const char *list = arena_strdup(arena, text.text);
    str_finish(&text);
    return list;
}

static const char *lack_text(struct arena *arena, const struct stage_set *set,
                             const struct silo_lack *lack)
{
    const char *places = silos_places(arena, set->journey, &lack->touchpoints);
    const char *holder = lack->holder != NONE ? set->silos->owners[lack->holder].name : NULL;
    switch (lack->kind) {
    case LACK_MEASURED_BY_OTHER:
        /* TRANSLATORS: a metric, where it is measured, whose it is. */
        return arena_printf(arena, _("%s at %s: %s has it"),
                            metric_title(&set->journey->metrics[lack->metric]), places, holder);
    case LACK_NOT_HANDED_ON:
        /* TRANSLATORS: systems, an owner, touchpoints that customers come to. */
        return arena_printf(arena, _("%s of %s, on the way to %s"),
                            systems_text(arena, &lack->systems), holder, places);
    default:
        return places;
    }
}

/* Once where the same owner lacks more of the kind. */
static const char *owner_text(const struct silos *silos, size_t index)
{
    const struct silo_lack *lack = &silos->lacks[index];
    bool again = index > 0 && lack[-1].kind == lack->kind && lack[-1].owner == lack->owner;
    return again ? "" : silos->owners[lack->owner].name;
}

void silos_write_lacks(struct page *page, const struct stage_set *set)
{
    const struct silos *silos = set->silos;
    struct arena *arena = page->scene->arena;
    if (silos->owner_count > 0 && silos->lack_count == 0)
        return;
    page_heading(page, _("Who lacks what another one has"));
    if (silos->owner_count == 0)
        page_text(page, 0, style_ink(INK_DIM),
                  _("The map names no owners yet: `owner:` of a touchpoint or a metric says whose "
                    "it is."));
    for (size_t i = 0; i < silos->lack_count && silos->owner_count > 0; i++) {
        const struct silo_lack *lack = &silos->lacks[i];
        if (i == 0 || lack->kind != lack[-1].kind)
            page_text(page, 0, style_ink(INK_DIM), kind_text(lack->kind));
        if (lack->owner == NONE)
            page_text(page, 2, style_ink(INK_WARN), lack_text(arena, set, lack));
        else
            page_pair(page, owner_text(silos, i), style_ink(INK_TEXT), lack_text(arena, set, lack));
    }
}
