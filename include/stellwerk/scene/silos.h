/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Silos view: who owns, who measures, who lacks the knowledge another one has.
 *
 * First in short what was found; then who lacks what and the matrix of who has what, how often
 * customers really pass from owner to owner, metrics that pull against each other, stages that
 * differ over their channels, and the contents by touchpoint and persona with the tones and rhythms
 * that may not fit together. Where there is room the tables stand beside the findings.
 */
#ifndef STELLWERK_SCENE_SILOS_H
#define STELLWERK_SCENE_SILOS_H

#include <stellwerk/insight/consistency.h>
#include <stellwerk/insight/contents.h>
#include <stellwerk/insight/crossings.h>
#include <stellwerk/insight/pulls.h>
#include <stellwerk/insight/silos.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/view.h>

/* What a store tells of silos. */
struct silo_evidence {
    const struct pulls *pulls; /* NULL, all three: nothing was measured */
    const struct consistency *consistency;
    const struct crossings *crossings;
    bool persona_ignored, context_ignored; /* of crossings: the store does not know */
};

struct scene *silos_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                         struct medium medium);

/* ---- Parts, each with its heading ------------------------------------------------------ */

void silos_write_pulls(struct page *page, const struct stage_set *set);
void silos_write_lacks(struct page *page, const struct stage_set *set);
void silos_write_crossings(struct page *page, const struct stage_set *set);
void silos_write_stages(struct page *page, const struct stage_set *set);
void silos_write_matrix(struct page *page, const struct stage_set *set);
void silos_write_contents(struct page *page, const struct stage_set *set);
void silos_write_clashes(struct page *page, const struct stage_set *set);

/* Titles of touchpoints, the first ones of many: "Ticket, Platform and 3 others". */
const char *silos_places(struct arena *arena, const struct journey *journey,
                         const struct indices *touchpoints);

/* Why nothing measured can be told: there is no store, or it has not been read. */
const char *silos_not_measured(const struct stage_set *set);

#endif
