/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is behind a figure that a query of the map gives: the query, and the rows that it gave. */

#include "rows_query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "map_query.h"

/* A row and its place among all that the query gave. */
struct listed {
    struct series_row row;
    uint64_t place;
};

struct listing {
    struct arena *arena;
    const struct journey *journey;
    const struct series_wish *wish;
    struct series_query *query;
    struct listed *rows; /* the newest, twice as many as are wanted at most; on the heap */
    size_t count, wanted;
    uint64_t given; /* to the touchpoint that is looked at */
};

/* ---- The rows -------------------------------------------------------------------------- */

/* The newest first; at one time, and where nothing says when, as the query gives them. */
static int by_time(const void *a, const void *b)
{
    const struct listed *left = a, *right = b;
    if (left->row.from != right->row.from)
        return left->row.from > right->row.from ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

static void sort(struct listing *listing)
{
    if (listing->count > 0)
        qsort(listing->rows, listing->count, sizeof(*listing->rows), by_time);
}

static void keep(struct listing *listing, const struct query_row *given)
{
    const struct aggregate *row = &given->row;
    if (listing->count == 2 * listing->wanted) {
        sort(listing);
        listing->count = listing->wanted;
    }
    listing->rows[listing->count++] = (struct listed){
        .place = listing->given++,
        .row = {
            .from = given->timed ? row->from : TIME_NONE,
            .to = given->timed ? row->to : TIME_NONE,
            .value = row->value,
            .scale_min = NAN,
            .scale_max = NAN,
            .n = row->n >= 1 ? (uint64_t)row->n : 1,
            .sd = row->sd,
            .part = row->num,
            .whole = row->den,
            .persona = given->persona,
            .context = given->context,
        },
    };
}

/* ---- By touchpoint --------------------------------------------------------------------- */

static struct series_place *place_of(struct series_query *query, int touchpoint)
{
    for (size_t i = 0; i < query->place_count; i++)
        if (query->places[i].touchpoint == touchpoint)
            return &query->places[i];
    query->places[query->place_count] = (struct series_place){ .touchpoint = touchpoint };
    return &query->places[query->place_count++];
}

static void take_row(const struct query_row *given, void *data)
{
    struct listing *listing = data;
    struct series_place *place = place_of(listing->query, given->touchpoint);
    place->rows++;
    place->n += isfinite(given->row.value) ? given->row.n : 0;
    listing->query->timeless = !given->timed;
    if (given->touchpoint == listing->wish->touchpoint || given->touchpoint == QUERY_ROW_EVERYWHERE)
        keep(listing, given);
}

static int by_touchpoint(const void *a, const void *b)
{
    const struct series_place *left = a, *right = b;
    return left->touchpoint - right->touchpoint;
}

/* ---- All of it ------------------------------------------------------------------------- */

/* The cells of a metric at all its touchpoints, with nothing to be filled. */
static void list_cells(struct run *run, const struct journey *journey, int metric)
{
    run->cells = arena_array(&run->scratch, journey->touchpoint_count, sizeof(*run->cells));
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t k = 0; k < journey->touchpoints[i].metrics.count; k++) {
            if (journey->touchpoints[i].metrics.items[k] != metric)
                continue;
            struct measure *measure = arena_alloc(&run->scratch, sizeof(*measure));
            measure->touchpoint = (int)i;
            measure->metric = metric;
            run->cells[run->cell_count++] = (struct cell){ .measure = measure };
        }
}

static void cut_page(struct listing *listing, uint64_t first, size_t most, struct series_page *out)
{
    sort(listing);
    out->total = listing->given;
    out->rows = arena_array(listing->arena, most, sizeof(*out->rows));
    for (size_t i = (size_t)first; i < listing->count && out->count < most; i++)
        out->rows[out->count++] = listing->rows[i].row;
    if (listing->query->place_count > 1)
        qsort(listing->query->places, listing->query->place_count, sizeof(struct series_place),
              by_touchpoint);
}

static struct series_query *query_new(struct arena *arena, const struct journey *journey,
                                      int metric, int64_t now)
{
    struct series_query *query = arena_alloc(arena, sizeof(*query));
    const char *text = journey->metrics[metric].query;
    query->text = arena_strdup(arena, text != NULL ? text : "");
    query->ran = now;
    query->places = arena_array(arena, journey->touchpoint_count + 2, sizeof(*query->places));
    return query;
}

bool rows_of_query(struct arena *arena, struct store *store, const struct journey *journey,
                   const struct lens *lens, const struct series_wish *wish, uint64_t first,
                   size_t most, struct series_page *out, struct error *err)
{
    struct survey survey = {
        .store = store, .journey = journey, .lens = lens, .wish = wish, .now = time_now()
    };
    struct run run = { .survey = &survey, .metric = &journey->metrics[wish->metric] };
    struct listing listing = { .arena = arena, .journey = journey, .wish = wish };
    listing.wanted = (size_t)first + most;
    listing.query = query_new(arena, journey, wish->metric, survey.now);
    listing.rows = memory_alloc(memory_product(2 * listing.wanted, sizeof(*listing.rows)));
    out->query = listing.query;
    arena_init(&run.scratch);
    list_cells(&run, journey, wish->metric);
    bool good = run_hand_out_map_query(&run, arena, take_row, &listing, err);
    if (good)
        cut_page(&listing, first, most, out);
    arena_finish(&run.scratch);
    free(listing.rows);
    return good;
}
