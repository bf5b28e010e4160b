/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case_counts.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>

#define ROOM_LEAST 8 /* numbers: nearly all are small */

bool case_counts_suffice(const struct run *run)
{
    return run->formula->counted && run->metric->half_life <= 0 &&
           run->metric->context_anchor_count == 0;
}

void case_counts_init(struct case_counts *counts, const struct run *run)
{
    const struct slices *slices = &run->survey->slices;
    *counts = (struct case_counts){ .slices = slices, .places = run->cell_count };
    size_t count = memory_product(counts->places, slices->count);
    counts->items = memory_alloc(memory_product(count, sizeof(*counts->items)));
}

static size_t count_of(const struct case_counts *counts)
{
    return counts->places * counts->slices->count;
}

void case_counts_finish(struct case_counts *counts)
{
    for (size_t i = 0; i < count_of(counts); i++)
        free(counts->items[i].of);
    free(counts->items);
}

/* A case says no number that is greater than its events are many: there is not more room in all
 * than for all events of the store. */
static void make_room(struct case_count *count, size_t number)
{
    size_t room = count->room > 0 ? count->room : ROOM_LEAST;
    while (room <= number)
        room = memory_product(room, 2);
    count->of = memory_resize(count->of, memory_product(room, sizeof(*count->of)));
    memset(count->of + count->room, 0, (room - count->room) * sizeof(*count->of));
    if (count->room == 0) {
        count->oldest = INT64_MAX;
        count->newest = INT64_MIN;
    }
    count->room = room;
}

void case_counts_add(struct case_counts *counts, size_t place, int64_t ts, size_t number)
{
    size_t slice = slices_find(counts->slices, time_day(ts));
    struct case_count *count = &counts->items[place * counts->slices->count + slice];
    if (number >= count->room)
        make_room(count, number);
    count->of[number]++;
    count->oldest = ts < count->oldest ? ts : count->oldest;
    count->newest = ts > count->newest ? ts : count->newest;
}

static void join(struct case_count *count, const struct case_count *other)
{
    if (other->room == 0)
        return;
    if (other->room > count->room)
        make_room(count, other->room - 1);
    for (size_t i = 0; i < other->room; i++)
        count->of[i] += other->of[i];
    count->oldest = other->oldest < count->oldest ? other->oldest : count->oldest;
    count->newest = other->newest > count->newest ? other->newest : count->newest;
}

void case_counts_join(struct case_counts *counts, const struct case_counts *other)
{
    for (size_t i = 0; i < count_of(counts); i++)
        join(&counts->items[i], &other->items[i]);
}

static void tell(const struct case_count *count, struct run *run, struct tally *tally)
{
    for (size_t number = 0; number < count->room; number++)
        if (count->of[number] > 0)
            run_add_rows(run, tally,
                         (struct metric_row){
                             .ts = count->oldest,
                             .until = count->newest,
                             .count = count->of[number],
                             .value = (double)number,
                             .hit = number > 0,
                             .anchors = run_anchors(run, 0),
                         });
}

void case_counts_tell(const struct case_counts *counts, struct run *run, bool everywhere)
{
    size_t slices = counts->slices->count;
    for (size_t place = 0; place < counts->places; place++)
        for (size_t i = 0; i < slices; i++)
            tell(&counts->items[(everywhere ? 0 : place) * slices + i], run,
                 &run->cells[place].tallies[i]);
}
