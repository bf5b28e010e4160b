/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sections of the detail panel. Each writes its heading and what is known, or nothing at all.
 */
#ifndef STELLWERK_SCENE_DETAIL_H
#define STELLWERK_SCENE_DETAIL_H

#include <stellwerk/scene/page.h>
#include <stellwerk/scene/view.h>

typedef void detail_section(struct page *page, const struct stage_set *set, int touchpoint);

detail_section detail_facts;         /* stage, channel, owner; no heading */
detail_section detail_experience;    /* expected, felt, measured, gap under the lens */
detail_section detail_causes;        /* the split of the gap */
detail_section detail_metrics;       /* every metric with n, interval, age and score */
detail_section detail_scopes;        /* expectation and experience for each persona and context */
detail_section detail_aspects;
detail_section detail_opportunities;
detail_section detail_quotes;
detail_section detail_lists;         /* actions, thoughts, pains, gains, backstage, systems */
detail_section detail_contents;
detail_section detail_source;        /* where it is written; no heading */

#endif
