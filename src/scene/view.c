/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/view.h>

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/gaps.h>
#include <stellwerk/scene/map.h>
#include <stellwerk/scene/metrics.h>
#include <stellwerk/scene/opportunities.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/personas.h>
#include <stellwerk/scene/promises.h>
#include <stellwerk/scene/reduction.h>
#include <stellwerk/scene/silos.h>
#include <stellwerk/scene/story.h>

const struct view views[] = {
    { .name = "map",
      .title = N_("Map"),
      .about = N_("what is expected and what is felt"),
      .needs = NEEDS_FIGURES | NEEDS_BACKDROP,
      .draw = map_draw,
      .detail = detail_draw },
    { .name = "gaps",
      .title = N_("Gaps"),
      .about = N_("what to mend first"),
      .needs = NEEDS_FIGURES | NEEDS_PATHS,
      .draw = gaps_draw,
      .detail = gaps_explain },
    { .name = "personas",
      .title = N_("Personas"),
      .about = N_("who differs from whom"),
      .needs = NEEDS_FIGURES | NEEDS_SIDES,
      .draw = personas_draw,
      .detail = personas_explain },
    { .name = "metrics",
      .title = N_("Metrics"),
      .about = N_("charts over time"),
      .needs = NEEDS_FIGURES | NEEDS_SERIES,
      .draw = metrics_draw,
      .detail = detail_draw },
    { .name = "paths",
      .title = N_("Paths"),
      .about = N_("the journey as it is taken"),
      .needs = NEEDS_PATHS,
      .page = true,
      .draw = paths_draw,
      .detail = detail_draw },
    { .name = "case",
      .title = N_("Case"),
      .about = N_("one case as a story, from the paths"),
      .needs = NEEDS_STORY,
      .page = true,
      .draw = story_draw,
      .detail = detail_draw },
    { .name = "attribution",
      .title = N_("Attribution"),
      .about = N_("what touchpoints contribute"),
      .needs = NEEDS_CREDITS,
      .page = true,
      .draw = attribution_draw,
      .detail = detail_draw },
    { .name = "silos",
      .title = N_("Silos"),
      .about = N_("who has what, and who lacks it"),
      .needs = NEEDS_FIGURES | NEEDS_SILOS,
      .page = true,
      .draw = silos_draw,
      .detail = detail_draw },
    { .name = "opportunities",
      .title = N_("Opportunities"),
      .about = N_("what could be done"),
      .needs = NEEDS_FIGURES | NEEDS_TRIALS,
      .page = true,
      .draw = opportunities_draw,
      .detail = detail_draw },
    { .name = "promises",
      .title = N_("Promises"),
      .about = N_("what claims cost"),
      .needs = NEEDS_FIGURES | NEEDS_VOICES,
      .page = true,
      .draw = promises_draw,
      .detail = detail_draw },
    { .name = "reduction",
      .title = N_("Reduction"),
      .about = N_("fewer contacts, and what if"),
      .needs = NEEDS_FIGURES | NEEDS_CONTACTS,
      .draw = reduction_draw,
      .detail = detail_draw },
};
const size_t view_count = ARRAY_LEN(views);

const struct view *view_find(const char *name)
{
    for (size_t i = 0; i < view_count; i++) {
        if (strcmp(views[i].name, name) == 0)
            return &views[i];
    }
    return NULL;
}

bool view_is_too_small(int columns, int rows)
{
    return rows > 0 && (columns < VIEW_MIN_COLUMNS || rows < VIEW_MIN_ROWS);
}
