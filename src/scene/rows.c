/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/rows.h>

#include <limits.h>

#include <stellwerk/scene/lanes.h>

#define HISTORY_LEAST 9
#define HISTORY_MOST 16
#define REPORT_PLOT 13

/* Where blank rows set lanes apart: between kinds of lanes, or before every text. */
enum air { AIR_NONE, AIR_GROUPS, AIR_TEXTS };

/* What is being shared out. */
struct share {
    const struct needs *needs;
    struct rows rows;
    enum air air;
    int left;
};

/* Raises a part to `wanted` rows where that many are left, else leaves it as it is. */
static void grant(struct share *share, struct span_of_rows *part, int wanted)
{
    int more = wanted - part->count;
    if (more <= 0 || more > share->left)
        return;
    part->count = wanted;
    share->left -= more;
}

/* Gives a row to each lane up to a rank, by rank. */
static void grant_lanes(struct share *share, int last_rank)
{
    for (int rank = 1; rank <= last_rank; rank++) {
        for (int i = 0; i < LANE_COUNT; i++) {
            if (lane_get(i)->rank == rank && share->needs->lanes[i] > 0)
                grant(share, &share->rows.lanes[i], 1);
        }
    }
}

/* Raises texts that are shown to at most `rows` rows, the first `count` of those that go first. */
static void grant_whole(struct share *share, int count, int rows)
{
    for (int turn = 1; turn <= count; turn++) {
        for (int i = 0; i < LANE_COUNT; i++) {
            int need = share->needs->lanes[i];
            if (lane_get(i)->whole == turn && share->rows.lanes[i].count > 0)
                grant(share, &share->rows.lanes[i], need < rows ? need : rows);
        }
    }
}

static void grant_titles(struct share *share, int rows)
{
    int need = share->needs->titles;
    grant(share, &share->rows.titles, need < rows ? need : rows);
}

/* True where a blank row goes before a lane that is shown; `*pending`: a group has begun since the
 * last one. */
static bool air_before(enum air air, int lane, bool *pending)
{
    bool group = *pending;
    *pending = false;
    return air == AIR_TEXTS ? group || lane_get(lane)->whole > 0 : air == AIR_GROUPS && group;
}

static int count_air(const struct share *share, enum air air)
{
    int blanks = 0;
    bool pending = false;
    for (int i = 0; i < LANE_COUNT; i++) {
        pending |= lane_get(i)->begins_group;
        if (share->rows.lanes[i].count > 0 && air_before(air, i, &pending))
            blanks++;
    }
    return blanks;
}

static void grant_air(struct share *share, enum air air)
{
    int more = count_air(share, air) - count_air(share, share->air);
    if (more > share->left)
        return;
    share->air = air;
    share->left -= more;
}

static void grant_history(struct share *share)
{
    if (!share->needs->history || share->left < HISTORY_LEAST)
        return;
    grant(share, &share->rows.history, share->left < HISTORY_MOST ? share->left : HISTORY_MOST);
}

static void grant_wishes(struct share *share)
{
    struct rows *rows = &share->rows;
    grant(share, &rows->plot, 5);
    grant_lanes(share, 2);
    grant(share, &rows->plot, 9);
    grant_lanes(share, share->needs->scrolled ? LANE_COUNT : 8);
    grant(share, &rows->legend, 1);
    grant(share, &rows->plot, 13);
    grant_titles(share, 2);
    grant_whole(share, 3, 2);
    grant_lanes(share, 12);
    grant_whole(share, 7, 2);
    grant(share, &rows->plot, 17);
    grant_lanes(share, LANE_COUNT);
    grant_air(share, AIR_GROUPS);
    grant_titles(share, 3);
    for (int most = 3; most <= 5; most++)
        grant_whole(share, LANE_COUNT, most);
    for (int most = 6; most <= 8; most++)
        grant_whole(share, 4, most);
    grant_air(share, AIR_TEXTS);
    grant(share, &rows->plot, 21);
    for (int most = 6; most <= 12; most++)
        grant_whole(share, LANE_COUNT, most);
    grant_history(share);
    grant(share, &rows->plot, 25);
}

static void place(struct span_of_rows *part, int *row)
{
    part->top = *row;
    *row += part->count;
}

static void place_lanes(struct share *share, int *row)
{
    bool pending = false;
    for (int i = 0; i < LANE_COUNT; i++) {
        pending |= lane_get(i)->begins_group;
        if (share->rows.lanes[i].count > 0 && air_before(share->air, i, &pending))
            ++*row;
        place(&share->rows.lanes[i], row);
    }
}

static int place_all(struct share *share)
{
    struct rows *rows = &share->rows;
    int row = 0;
    place(&rows->head, &row);
    place(&rows->stages, &row);
    place(&rows->titles, &row);
    place(&rows->plot, &row);
    place_lanes(share, &row);
    place(&rows->legend, &row);
    return row;
}

struct rows rows_share(const struct needs *needs, int rows)
{
    struct share share = {
        .needs = needs,
        .rows = {
            .head.count = 1,
            .stages.count = 1,
            .titles.count = 1,
            .strip.count = needs->strip ? 1 : 0,
            .summary.count = 1,
            .total = rows,
        },
    };
    share.left = rows - 5 - share.rows.strip.count;
    grant_wishes(&share);
    (void)place_all(&share);
    share.rows.summary.top = rows - 2;
    share.rows.strip.top = rows - 2 - share.rows.strip.count;
    share.rows.legend.top = share.rows.strip.top - share.rows.legend.count;
    share.rows.history.top = share.rows.legend.top - share.rows.history.count;
    return share.rows;
}

struct rows rows_whole(const struct needs *needs)
{
    struct share share = {
        .needs = needs,
        .rows = { .stages.count = 1, .titles.count = needs->titles, .plot.count = REPORT_PLOT },
        .left = INT_MAX,
    };
    grant_lanes(&share, LANE_COUNT);
    grant_whole(&share, LANE_COUNT, INT_MAX);
    grant_air(&share, AIR_TEXTS);
    share.rows.total = place_all(&share);
    return share.rows;
}
