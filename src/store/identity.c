/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/time.h>

void identity_init(struct identity *identity, const struct plan *plan)
{
    *identity = (struct identity){ .plan = plan, .anonymous = keys_create() };
    str_init(&identity->scratch);
}

void identity_finish(struct identity *identity)
{
    keys_destroy(identity->anonymous);
    str_finish(&identity->scratch);
}

/* With the NUL behind it, which keeps parts apart. */
static void add_part(struct str *scratch, const char *text)
{
    if (text == NULL)
        text = "";
    str_append_bytes(scratch, text, strlen(text) + 1);
}

static void add_cell(struct str *scratch, const struct row *row, enum column column)
{
    const struct cell *cell = &row->cells[column];
    enum column_type type = column_info(column)->type;
    if (cell->given && (type == COLUMN_IS_INSTANT || type == COLUMN_IS_DAY)) {
        str_append_integer(scratch, cell->time);
        str_append_char(scratch, '\0');
    } else {
        add_part(scratch, cell->given ? cell->text : NULL);
    }
}

static void add_cells(struct str *scratch, const struct row *row, const enum column *columns,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_cell(scratch, row, columns[i]);
}

/*
 * Ids are those of one source, and the next source may count from 1 again: with its time an id is
 * one event's alone. Without an id, a preset's key stands in for it, or else the whole record, as
 * it is written. An answer's touchpoint counts as the file names it, so that a better mapping finds
 * the same row.
 */
static void add_identity(struct identity *identity, const struct record *record,
                         const struct row *row)
{
    static const enum column of_answer[] = { COLUMN_METRIC, COLUMN_ASPECT, COLUMN_KIND };
    const struct plan *plan = identity->plan;
    struct str *scratch = &identity->scratch;
    bool is_answer = plan->as == IMPORT_ANSWERS;
    enum column id = is_answer ? COLUMN_RESPONSE_ID : COLUMN_EVENT_ID;
    if (row->cells[id].given)
        add_part(scratch, row->cells[id].text);
    else if (plan->key_count > 0)
        for (size_t i = 0; i < plan->key_count; i++)
            add_part(scratch, record->fields[plan->key[i]]);
    else
        str_append_bytes(scratch, record->raw, record->raw_length);
    add_cell(scratch, row, COLUMN_TS);
    if (plan->preset != NULL && plan->preset->case_in_key)
        add_cell(scratch, row, COLUMN_CASE_ID);
    if (is_answer) {
        add_part(scratch, row->cells[COLUMN_TOUCHPOINT].raw);
        add_cells(scratch, row, of_answer, ARRAY_LEN(of_answer));
    }
}

static void add_subject(struct identity *identity, const struct row *row)
{
    static const enum column of_path[] = { COLUMN_PATH, COLUMN_PERIOD_START, COLUMN_PERIOD_END };
    static const enum column of_observation[] = {
        COLUMN_METRIC,  COLUMN_TOUCHPOINT,   COLUMN_PERSONA,   COLUMN_CHANNEL,
        COLUMN_CONTEXT, COLUMN_PERIOD_START, COLUMN_PERIOD_END,
    };
    if (identity->plan->as == IMPORT_PATHS)
        add_cells(&identity->scratch, row, of_path, ARRAY_LEN(of_path));
    else
        add_cells(&identity->scratch, row, of_observation, ARRAY_LEN(of_observation));
}

/* Journeys of a path may stand in several rows of a file; each counts. */
static bool is_anonymous(const struct identity *identity, const struct row *row)
{
    if (identity->plan->as == IMPORT_PATHS)
        return true;
    return identity->plan->as == IMPORT_ANSWERS && !row->cells[COLUMN_RESPONSE_ID].given &&
           !row->cells[COLUMN_PERSON_ID].given && !row->cells[COLUMN_CASE_ID].given;
}

static bool is_of_days(enum import_as as)
{
    return as == IMPORT_OBSERVATIONS || as == IMPORT_PATHS;
}

static struct digest make_key(const struct identity *identity, const struct row *row)
{
    const int64_t us_per_ms = 1000;
    int64_t ms = is_of_days(identity->plan->as)
                     ? row->cells[COLUMN_PERIOD_START].time * (TIME_US_PER_DAY / us_per_ms)
                     : row->cells[COLUMN_TS].time / us_per_ms;
    /* Shifted so that times before 1970 sort before those after. */
    uint64_t time = (uint64_t)(ms + (INT64_C(1) << 47));
    struct digest digest = digest_bytes(identity->scratch.text, identity->scratch.length);
    return (struct digest){ .high = time << 16 | (digest.high & 0xffff), .low = digest.low };
}

/* Two people may well have given the same answer: the second one is another row. */
static bool tell_apart(struct identity *identity, struct row *row, struct error *err)
{
    int64_t times;
    if (!keys_count(identity->anonymous, row->key, &times, err))
        return false;
    if (times > 1) {
        str_append_integer(&identity->scratch, times);
        row->key = make_key(identity, row);
    }
    return true;
}

bool identity_set_key(struct identity *identity, const struct record *record, struct row *row,
                      struct error *err)
{
    str_clear(&identity->scratch);
    if (is_of_days(identity->plan->as))
        add_subject(identity, row);
    else
        add_identity(identity, record, row);
    row->key = make_key(identity, row);
    return !is_anonymous(identity, row) || tell_apart(identity, row, err);
}
