/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/schema.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/model/journey.h>

static const struct field expects_fields[] = {
    { .key = "metric",
      .kind = FIELD_REF,
      .offset = offsetof(struct expects, metric),
      .space = SPACE_METRIC,
      .required = true,
      .help = N_("the metric that is to change") },
    { .key = "from",
      .kind = FIELD_NUMBER,
      .offset = offsetof(struct expects, from),
      .otherwise = NAN,
      .help = N_("its value today") },
    { .key = "to",
      .kind = FIELD_NUMBER,
      .offset = offsetof(struct expects, to),
      .otherwise = NAN,
      .required = true,
      .help = N_("the value it is to have") },
};

static const struct shape expects_shape = {
    .name = "expects",
    .fields = expects_fields,
    .field_count = ARRAY_LEN(expects_fields),
    .size = sizeof(struct expects),
};

static const struct field opportunity_fields[] = {
    { .key = "id",
      .kind = FIELD_ID,
      .offset = offsetof(struct opportunity, id),
      .help = N_("a short name for addresses and references") },
    { .key = "title",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct opportunity, title),
      .help = N_("what could be done") },
    { .key = "impact",
      .kind = FIELD_NUMBER,
      .offset = offsetof(struct opportunity, impact),
      .max = 5,
      .otherwise = NAN,
      .help = N_("how much it would help, 0 to 5") },
    { .key = "effort",
      .kind = FIELD_NUMBER,
      .offset = offsetof(struct opportunity, effort),
      .max = 5,
      .otherwise = NAN,
      .help = N_("how much it would take, 0 to 5") },
    { .key = "status",
      .kind = FIELD_WORD,
      .offset = offsetof(struct opportunity, status),
      .words = &opportunity_status_words,
      .otherwise = STATUS_IDEA,
      .help = N_("how far it has come") },
    { .key = "hurdle",
      .kind = FIELD_WORD,
      .offset = offsetof(struct opportunity, hurdle),
      .words = &hurdle_words,
      .help = N_("what stands in the way") },
    { .key = "owner",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct opportunity, owner),
      .help = N_("who does it") },
    { .key = "due",
      .kind = FIELD_DAY,
      .offset = offsetof(struct opportunity, due),
      .help = N_("when it is to be done, such as 2027-01-31") },
    { .key = "votes",
      .kind = FIELD_INTEGER,
      .offset = offsetof(struct opportunity, votes),
      .max = 1000000,
      .help = N_("votes of the workshop") },
    { .key = "expects",
      .kind = FIELD_STRUCT,
      .offset = offsetof(struct opportunity, expects),
      .shape = &expects_shape,
      .help = N_("what it is to change in a metric") },
};

const struct shape opportunity_shape = {
    .name = "opportunities",
    .fields = opportunity_fields,
    .field_count = ARRAY_LEN(opportunity_fields),
    .size = sizeof(struct opportunity),
    .has_pos = true,
    .has_id = true,
    .has_title = true,
    .pos_offset = offsetof(struct opportunity, pos),
    .id_offset = offsetof(struct opportunity, id),
    .title_offset = offsetof(struct opportunity, title),
    .space = SPACE_OPPORTUNITY,
    .shorthand = "title",
};
