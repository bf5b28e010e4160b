/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The experiments of the map: when they are measured, and what becomes of that in an edit. */

#include <stellwerk/app/state.h>

#include <string.h>

void trials_order(struct session *session)
{
    struct arena scratch = { 0 };
    const char *store = session_store(session, &scratch);
    if (store != NULL && journey_has_experiments(session_journey(session)))
        worker_order(session->worker, &(struct order){
                                          .kind = ORDER_TRIALS,
                                          .path = store,
                                          .revision = session->document.now,
                                          .lens = session->lens,
                                      });
    arena_finish(&scratch);
}

void trials_forget(struct session *session)
{
    lookup_destroy(session->trials);
    session->trials = NULL;
}

/* What was ordered for a map that has changed since has been ordered anew. */
void trials_take(struct session *session, struct lookup *trials)
{
    if (trials->journey != session_journey(session)) {
        lookup_destroy(trials);
        return;
    }
    trials_forget(session);
    session->trials = trials;
    session_read_anew(session);
}

static bool same_experiment(const struct opportunity *a, const struct opportunity *b)
{
    const struct experiment *x = &a->experiment, *y = &b->experiment;
    if (!opportunity_has_experiment(a) || !opportunity_has_experiment(b))
        return opportunity_has_experiment(a) == opportunity_has_experiment(b);
    return x->metric == y->metric && strcmp(x->a, y->a) == 0 && strcmp(x->b, y->b) == 0 &&
           x->share == y->share && x->since == y->since && x->until == y->until;
}

static bool same_experiments(const struct touchpoint *a, const struct touchpoint *b)
{
    if (a->opportunity_count != b->opportunity_count)
        return false;
    for (size_t i = 0; i < a->opportunity_count; i++)
        if (!same_experiment(&a->opportunities[i], &b->opportunities[i]))
            return false;
    return true;
}

/* Of the same metrics, at the same places. */
static bool same_trials(const struct journey *a, const struct journey *b)
{
    if (a->touchpoint_count != b->touchpoint_count || a->metric_count != b->metric_count)
        return false;
    for (size_t i = 0; i < a->touchpoint_count; i++)
        if (!same_experiments(&a->touchpoints[i], &b->touchpoints[i]))
            return false;
    return true;
}

void trials_changed(struct session *session, const struct journey *before, bool measured)
{
    const struct journey *now = session_journey(session);
    if (session->trials != NULL)
        trials_follow(&session->trials->trials, before, now);
    if (!measured && (session->trials == NULL || !same_trials(before, now)))
        trials_order(session);
}
