/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column.h"

#include <strings.h>

#include <stellwerk/base/near.h>

#define E ROWS(IMPORT_EVENTS)
#define A ROWS(IMPORT_ANSWERS)
#define O ROWS(IMPORT_OBSERVATIONS)
#define P ROWS(IMPORT_PATHS)

const struct column_info column_infos[COLUMN_COUNT] = {
    [COLUMN_EVENT_ID] = { .name = "event_id", .type = COLUMN_IS_TEXT, .rows = E },
    [COLUMN_RESPONSE_ID] = { .name = "response_id", .type = COLUMN_IS_TEXT, .rows = A },
    [COLUMN_TS] = { .name = "ts", .type = COLUMN_IS_INSTANT, .rows = E | A },
    [COLUMN_PERIOD_START] = { .name = "period_start", .type = COLUMN_IS_DAY, .rows = O | P },
    [COLUMN_PERIOD_END] = { .name = "period_end", .type = COLUMN_IS_DAY, .rows = O | P },
    [COLUMN_PERSON_ID] = { .name = "person_id", .type = COLUMN_IS_TEXT, .rows = E | A },
    [COLUMN_CASE_ID] = { .name = "case_id", .type = COLUMN_IS_TEXT, .rows = E | A },
    [COLUMN_SESSION_ID] = { .name = "session_id", .type = COLUMN_IS_TEXT, .rows = E },
    [COLUMN_ACTIVITY] = { .name = "activity", .type = COLUMN_IS_WORD, .rows = E },
    [COLUMN_TOUCHPOINT] = { .name = "touchpoint", .type = COLUMN_IS_WORD, .rows = E | A | O },
    [COLUMN_PATH] = { .name = "path", .type = COLUMN_IS_TEXT, .rows = P },
    [COLUMN_METRIC] = { .name = "metric", .type = COLUMN_IS_WORD, .rows = A | O },
    [COLUMN_ASPECT] = { .name = "aspect", .type = COLUMN_IS_WORD, .rows = A },
    [COLUMN_KIND] = { .name = "kind", .type = COLUMN_IS_WORD, .rows = A },
    [COLUMN_CHANNEL] = { .name = "channel", .type = COLUMN_IS_WORD, .rows = E | A | O },
    [COLUMN_PERSONA] = { .name = "persona", .type = COLUMN_IS_WORD, .rows = E | A | O },
    [COLUMN_CONTEXT] = { .name = "context", .type = COLUMN_IS_WORD, .rows = E | A | O },
    [COLUMN_OWNER] = { .name = "owner", .type = COLUMN_IS_WORD, .rows = E },
    [COLUMN_OUTCOME] = { .name = "outcome", .type = COLUMN_IS_WORD, .rows = E },
    [COLUMN_CONVERSIONS] = { .name = "conversions", .type = COLUMN_IS_NUMBER, .rows = P },
    [COLUMN_NULLS] = { .name = "nulls", .type = COLUMN_IS_NUMBER, .rows = P },
    [COLUMN_VALUE] = { .name = "value", .type = COLUMN_IS_NUMBER, .rows = E | A | O | P },
    [COLUMN_N] = { .name = "n", .type = COLUMN_IS_NUMBER, .rows = O },
    [COLUMN_SD] = { .name = "sd", .type = COLUMN_IS_NUMBER, .rows = O },
    [COLUMN_NUM] = { .name = "num", .type = COLUMN_IS_NUMBER, .rows = O },
    [COLUMN_DEN] = { .name = "den", .type = COLUMN_IS_NUMBER, .rows = O },
    [COLUMN_SCALE_MIN] = { .name = "scale_min", .type = COLUMN_IS_NUMBER, .rows = A },
    [COLUMN_SCALE_MAX] = { .name = "scale_max", .type = COLUMN_IS_NUMBER, .rows = A },
    [COLUMN_CURRENCY] = { .name = "currency", .type = COLUMN_IS_WORD, .rows = E },
    [COLUMN_COST] = { .name = "cost", .type = COLUMN_IS_NUMBER, .rows = E },
    [COLUMN_CAMPAIGN] = { .name = "campaign", .type = COLUMN_IS_WORD, .rows = E },
    [COLUMN_SOURCE] = { .name = "source", .type = COLUMN_IS_WORD, .rows = E },
    [COLUMN_MEDIUM] = { .name = "medium", .type = COLUMN_IS_WORD, .rows = E },
    [COLUMN_VARIANT] = { .name = "variant", .type = COLUMN_IS_WORD, .rows = E | A },
    [COLUMN_TEXT] = { .name = "text", .type = COLUMN_IS_TEXT, .rows = A },
};

#undef E
#undef A
#undef O
#undef P

bool column_is_of(enum column column, enum import_as as)
{
    return as == IMPORT_UNSET || (column_infos[column].rows & ROWS(as)) != 0;
}

column_set column_all(enum import_as as)
{
    column_set set = 0;
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        if (column_is_of(i, as))
            set |= column_bit(i);
    return set;
}

column_set column_words(void)
{
    column_set set = 0;
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        if (column_infos[i].type == COLUMN_IS_WORD)
            set |= column_bit(i);
    return set;
}

enum column column_find(const char *name, enum import_as as)
{
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        if (column_is_of(i, as) && strcasecmp(column_infos[i].name, name) == 0)
            return i;
    return COLUMN_NONE;
}

const char *column_near(const char *name, enum import_as as)
{
    struct near near;
    near_init(&near, name);
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        if (column_is_of(i, as))
            near_offer(&near, column_infos[i].name);
    return near.best;
}
