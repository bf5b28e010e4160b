/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Through whose eyes, in which situation, over which time. */

#include "commands.h"
#include "ring.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>

static bool is_same(struct lens a, struct lens b)
{
    return a.persona == b.persona && a.context == b.context && a.period.kind == b.period.kind &&
           a.period.first == b.period.first && a.period.last == b.period.last;
}

static bool look(struct session *session, struct lens lens)
{
    if (is_same(lens, session->lens))
        return true;
    session->lens = lens;
    session_measure(session);
    return true;
}

bool lens_persona(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    struct lens lens = session->lens;
    if (journey->persona_count == 0)
        return error_set(err, _("this map has no personas"));
    int found = journey_find_persona(journey, call->words[0]);
    if (!ring_choose(call->words[0], journey->persona_count, found, &lens.persona))
        return values_refuse(journey, call, 0, err);
    return look(session, lens);
}

bool lens_context(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    struct lens lens = session->lens;
    if (journey->context_count == 0)
        return error_set(err, _("this map has no contexts"));
    int found = journey_find_context(journey, call->words[0]);
    if (!ring_choose(call->words[0], journey->context_count, found, &lens.context))
        return values_refuse(journey, call, 0, err);
    return look(session, lens);
}

bool lens_channel(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    if (journey->channel_count == 0)
        return error_set(err, _("this map has no channels"));
    int found = journey_find_channel(journey, call->words[0]);
    if (!ring_choose(call->words[0], journey->channel_count, found, &session->wish.channel))
        return values_refuse(journey, call, 0, err);
    session_look_closer(session);
    return true;
}

static const char *const unit_words[] = {
    [PERIOD_ALL] = "auto",    [PERIOD_DAY] = "day",         [PERIOD_WEEK] = "week",
    [PERIOD_MONTH] = "month", [PERIOD_QUARTER] = "quarter",
};

static enum period_kind unit_beside(const struct session *session, int step)
{
    int count = (int)ARRAY_LEN(unit_words);
    return (enum period_kind)(((int)session->wish.unit + step + count) % count);
}

bool lens_unit(struct session *session, const struct call *call, struct error *err)
{
    const char *word = call->words[0];
    size_t unit = 0;
    while (unit < ARRAY_LEN(unit_words) && strcmp(unit_words[unit], word) != 0)
        unit++;
    if (strcmp(word, "next") == 0)
        session->wish.unit = unit_beside(session, +1);
    else if (strcmp(word, "previous") == 0)
        session->wish.unit = unit_beside(session, -1);
    else if (unit < ARRAY_LEN(unit_words))
        session->wish.unit = (enum period_kind)unit;
    else
        return values_refuse(session_journey(session), call, 0, err);
    session_look_closer(session);
    return true;
}

/* From wide to narrow; `period next` goes down this list and around. */
static const enum period_kind kinds[] = { PERIOD_ALL, PERIOD_QUARTER, PERIOD_MONTH, PERIOD_WEEK,
                                          PERIOD_DAY };

/* Where a narrower period begins: the last day of the one in force that has figures. */
static int32_t anchor_day(const struct session *session)
{
    int32_t today = session_today(session);
    int32_t last = session->lens.period.last;
    return last < today ? last : today;
}

static struct period next_kind(const struct session *session, int step)
{
    int count = (int)ARRAY_LEN(kinds), at = 0;
    while (at < count - 1 && kinds[at] != session->lens.period.kind)
        at++;
    if (kinds[at] != session->lens.period.kind)
        at = 0; /* a custom period counts as all: the ring begins anew */
    return period_containing(kinds[(at + step + count) % count], anchor_day(session));
}

bool lens_period(struct session *session, const struct call *call, struct error *err)
{
    struct lens lens = session->lens;
    const char *word = call->words[0];
    if (strcmp(word, "next") == 0)
        lens.period = next_kind(session, +1);
    else if (strcmp(word, "previous") == 0)
        lens.period = next_kind(session, -1);
    else if (!period_parse(word, session_today(session), &lens.period))
        return values_refuse(session_journey(session), call, 0, err);
    return look(session, lens);
}

static bool has_figures(const struct session *session, struct period period)
{
    return session->latest_day == DAY_NONE ||
           (period.last >= session->oldest_day && period.first <= session->latest_day);
}

static bool step(struct session *session, int steps, struct error *err)
{
    struct lens lens = session->lens;
    if (lens.period.kind == PERIOD_ALL)
        return error_set(err, _("all of the time is shown: w chooses a quarter, month, week, day"));
    lens.period = period_step(lens.period, steps);
    if (has_figures(session, lens.period))
        return look(session, lens);
    struct arena scratch = { 0 };
    int32_t end = steps < 0 ? session->oldest_day : session->latest_day;
    const char *day = locale_day(&scratch, end);
    if (steps < 0)
        error_set(err, _("the store begins on %s"), day);
    else
        error_set(err, _("the store ends on %s"), day);
    arena_finish(&scratch);
    return false;
}

bool lens_earlier(struct session *session, const struct call *, struct error *err)
{
    return step(session, -1, err);
}

bool lens_later(struct session *session, const struct call *, struct error *err)
{
    return step(session, +1, err);
}
