/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Search: touchpoints by any of their texts, whatever the case and the marks: "verspatung" finds
 * "Verspätung".
 */
#ifndef STELLWERK_APP_SEARCH_H
#define STELLWERK_APP_SEARCH_H

#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/model/journey.h>

struct search {
    struct arena index_arena;
    const char **folded; /* of each touchpoint, all its texts; NULL: not folded yet */
    struct arena arena;  /* of the text and the hits */
    const char *text;    /* as typed; NULL: nothing is searched for */
    int *hits;           /* touchpoints, ascending */
    size_t count;
};

void search_init(struct search *search);
void search_finish(struct search *search);

/* The journey is another one: texts are folded anew, and what was searched for is found again. */
void search_refresh(struct search *search, const struct journey *journey);

/* Searches for a text; NULL or "" searches for nothing. */
void search_for(struct search *search, const struct journey *journey, const char *text);

/* The hit at or after a touchpoint, with wrapping; NONE where there is none. */
int search_from(const struct search *search, int touchpoint);

/* The hit after (+1) or before (-1) a touchpoint, with wrapping; NONE where there is none. */
int search_step(const struct search *search, int touchpoint, int direction);

/* Which hit a touchpoint is, from 1; 0: none. */
size_t search_place(const struct search *search, int touchpoint);

#endif
