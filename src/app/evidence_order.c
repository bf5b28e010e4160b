/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence_order.h"

static void read_story(struct store *store, const struct evidence_wish *wish,
                       const struct order *order, struct lookup *lookup)
{
    struct path_pick pick;
    if (path_pick_parse(&lookup->arena, order->pick, &pick))
        lookup->story = evidence_story(&lookup->arena, store, wish, &pick, order->first);
}

static void read_backdrop(struct store *store, struct evidence_wish *wish, struct lookup *lookup)
{
    wish->models = EVIDENCE_LANE_MODELS;
    wish->unvalued = true;
    lookup->paths = evidence_paths(&lookup->arena, store, wish);
    lookup->credits = evidence_credits(&lookup->arena, store, wish);
}

void evidence_look_up(struct store *store, const struct order *order, struct evidence_wish *wish,
                      struct lookup *lookup)
{
    wish->journey = order->revision->journey;
    wish->lens = order->lens;
    wish->channel = order->wish.channel;
    wish->route = NONE;
    wish->goal = NONE;
    wish->half_life = EVIDENCE_HALF_LIFE;
    wish->by = order->by;
    wish->replicates = order->replicates;
    if (order->kind == ORDER_LANES)
        read_backdrop(store, wish, lookup);
    else if (order->kind == ORDER_PATHS)
        lookup->paths = evidence_paths(&lookup->arena, store, wish);
    else if (order->kind == ORDER_CONTACTS)
        lookup->contacts = evidence_contacts(&lookup->arena, store, wish);
    else if (order->kind == ORDER_CASE)
        read_story(store, wish, order, lookup);
    else
        lookup->credits = evidence_credits(&lookup->arena, store, wish);
}
