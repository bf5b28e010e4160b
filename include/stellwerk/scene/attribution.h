/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Attribution view: what each touchpoint is credited with, by several models side by side.
 *
 * A row to each touchpoint, those with the most credit first. Its bar reaches from the least that a
 * model gives it to the most, with a mark at what the chain of order 1 gives: where the bar is
 * long, the credit is a matter of the model. The plain share of conversions that it was in stands
 * beside it, and what would be lost without it. That credit is not causation is always said.
 */
#ifndef STELLWERK_SCENE_ATTRIBUTION_H
#define STELLWERK_SCENE_ATTRIBUTION_H

#include <stellwerk/insight/attribution.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/view.h>

/* Where the journeys come from. */
enum credit_source {
    CREDIT_OF_CASES, /* what the store knows case by case */
    CREDIT_OF_PATHS  /* a table of paths that somebody has counted */
};

/* All that the view draws from. */
struct credit_set {
    struct attribution table;
    const char *const *titles; /* of each row; as the map or the table calls it, not sanitised */
    const int *touchpoints;    /* of each row; NONE: not on the map */
    enum credit_source source;
    /* Of cases: */
    int goal;
    uint64_t open;                         /* that were left out */
    int64_t as_of, close_after, half_life; /* microseconds */
    bool cut;                              /* there were too many different paths */
    const char *currency;                  /* of values; NULL: not said */
    bool value_of_goal;                    /* values are those of the events at the goal */
    uint64_t other_currencies;             /* events whose values are in others and left out */
    const double *costs;       /* of each row, of its events in the period; NAN where none says */
    const char *cost_currency; /* of costs; NULL: none names any */
    uint64_t costs_left_out;   /* events whose cost is in another currency, or names none */
    struct error problem;      /* why there is no attribution; "" else */
};

struct scene *attribution_draw(struct arena *arena, const struct stage_set *set, int columns,
                               int rows, struct medium medium);

/* Parts of the page, in their order. */
void credits_draw_table(struct page *page, const struct credit_set *credits, bool by_value);
void credits_draw_costs(struct page *page, const struct credit_set *credits);
void credits_draw_groups(struct page *page, const struct stage_set *set);

/* What touchpoints of one channel, or of one kind of media, are credited with and cost together. */
enum credit_by { CREDIT_BY_CHANNEL, CREDIT_BY_MEDIA, CREDIT_BY_COUNT };

struct credit_group {
    const char *id, *title;
    double conversions, value; /* by credits_model() */
    double cost;               /* NAN: no event of it says */
};

/* Those that have any credit or cost, in the order of the map. */
struct credit_group *credits_groups(struct arena *arena, const struct stage_set *set,
                                    enum credit_by by, size_t *count);

/* The model that rows are ordered by: Markov of order 1 where it is known, else linear. */
enum attribution_model credits_model(const struct attribution *table);

/* Rows that took part in a journey, in the order in which they are drawn. */
const int *credits_order(struct arena *arena, const struct attribution *table, size_t *count);

/* "First", "Linear", "Markov 1", … */
const char *credits_model_title(enum attribution_model model);

#endif
