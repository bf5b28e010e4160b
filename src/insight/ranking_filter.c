/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ranking_filter.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/model/words.h>

const struct ranking_filter ranking_filter_all = {
    .stage = NONE, .channel = NONE, .media = NONE, .grade = NONE
};

enum grade ranked_grade(const struct ranked_gap *row)
{
    static const enum grade grades[] = {
        [EVIDENCE_NONE] = GRADE_NONE,
        [EVIDENCE_OBSERVED] = GRADE_OBSERVED,
        [EVIDENCE_INFERRED] = GRADE_INFERRED,
        [EVIDENCE_ASSUMED] = GRADE_ASSUMED,
    };
    return isnan(row->reading->measured.score) ? grades[row->reading->estimated_evidence]
                                               : GRADE_MEASURED;
}

bool ranking_filter_takes(struct arena *arena, const struct journey *journey,
                          const struct ranking_filter *filter, const struct ranked_gap *row)
{
    const struct touchpoint *at = &journey->touchpoints[row->touchpoint];
    if ((filter->stage != NONE && filter->stage != at->stage) ||
        (filter->channel != NONE && filter->channel != at->channel) ||
        (filter->media != NONE && filter->media != (int)at->media) ||
        (filter->grade != NONE && filter->grade != (int)ranked_grade(row)))
        return false;
    return filter->owner == NULL ||
           (at->owner != NULL && strcmp(filter->owner, utf8_fold(arena, at->owner)) == 0);
}

/* ---- Reading ------------------------------------------------------------------------ */

struct reader {
    struct arena *arena;
    const struct journey *journey;
    struct ranking_filter *filter;
};

/* Takes a value; offers all that there are to `near` and returns false where it is none. */
typedef bool take_fn(const struct reader *reader, const char *value, struct near *near);

static bool take_stage(const struct reader *reader, const char *value, struct near *near)
{
    reader->filter->stage = journey_find_stage(reader->journey, value);
    for (size_t i = 0; i < reader->journey->stage_count; i++)
        near_offer(near, reader->journey->stages[i].id);
    return reader->filter->stage != NONE;
}

static bool take_channel(const struct reader *reader, const char *value, struct near *near)
{
    reader->filter->channel = journey_find_channel(reader->journey, value);
    for (size_t i = 0; i < reader->journey->channel_count; i++)
        near_offer(near, reader->journey->channels[i].id);
    return reader->filter->channel != NONE;
}

static bool take_owner(const struct reader *reader, const char *value, struct near *near)
{
    bool found = false;
    reader->filter->owner = utf8_fold(reader->arena, value);
    for (size_t i = 0; i < reader->journey->touchpoint_count; i++) {
        const char *owner = reader->journey->touchpoints[i].owner;
        if (owner == NULL)
            continue;
        near_offer(near, owner);
        found = found || strcmp(reader->filter->owner, utf8_fold(reader->arena, owner)) == 0;
    }
    return found;
}

static int find_word(const struct words *words, const char *value, struct near *near)
{
    for (size_t i = 0; i < words->count; i++)
        if (*words->items[i] != '\0')
            near_offer(near, words->items[i]);
    return words_find(words, value);
}

static bool take_media(const struct reader *reader, const char *value, struct near *near)
{
    reader->filter->media = find_word(&media_words, value, near);
    return reader->filter->media != NONE;
}

static const char *const grade_names[] = {
    [GRADE_NONE] = "",
    [GRADE_MEASURED] = "measured",
    [GRADE_OBSERVED] = "observed",
    [GRADE_INFERRED] = "inferred",
    [GRADE_ASSUMED] = "assumed",
};

const char *grade_name(enum grade grade)
{
    return grade_names[grade];
}

static bool take_evidence(const struct reader *reader, const char *value, struct near *near)
{
    static const struct words grades = { grade_names, ARRAY_LEN(grade_names) };
    reader->filter->grade = find_word(&grades, value, near);
    return reader->filter->grade != NONE;
}

static const struct term {
    const char *name;
    take_fn *take;
} terms[] = {
    { "stage", take_stage }, { "channel", take_channel },   { "owner", take_owner },
    { "media", take_media }, { "evidence", take_evidence },
};

static char *trimmed(char *text)
{
    while (*text == ' ')
        text++;
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    text[length] = '\0';
    return text;
}

static bool refuse_value(const char *name, const char *value, const struct near *near,
                         struct error *err)
{
    if (near->best != NULL)
        return error_set(err, _("no touchpoint has the %s '%s'; the nearest is '%s'"), name, value,
                         near->best);
    return error_set(err, _("no touchpoint has the %s '%s'"), name, value);
}

static bool read_term(const struct reader *reader, char *text, struct error *err)
{
    char *value = strchr(text, '=');
    if (value == NULL)
        return error_set(err, _("'%s' is no filter; it is stage=ID, channel=ID, owner=NAME, "
                                "media=owned or evidence=measured"),
                         text);
    *value++ = '\0';
    const char *name = trimmed(text);
    value = trimmed(value);
    struct near near;
    for (size_t i = 0; i < ARRAY_LEN(terms); i++) {
        if (strcmp(terms[i].name, name) != 0)
            continue;
        near_init(&near, value);
        return terms[i].take(reader, value, &near) || refuse_value(name, value, &near, err);
    }
    return error_set(err, _("there is no filter by '%s', only by stage, channel, owner, media and "
                            "evidence"),
                     name);
}

bool ranking_filter_parse(struct arena *arena, const struct journey *journey, const char *text,
                          struct ranking_filter *out, struct error *err)
{
    struct reader reader = { .arena = arena, .journey = journey, .filter = out };
    *out = ranking_filter_all;
    if (text == NULL || strcmp(text, "all") == 0)
        return true;
    char *state = NULL, *copy = arena_strdup(arena, text);
    for (char *term = strtok_r(copy, ",", &state); term != NULL;
         term = strtok_r(NULL, ",", &state)) {
        term = trimmed(term);
        if (*term != '\0' && !read_term(&reader, term, err))
            return false;
    }
    return true;
}
