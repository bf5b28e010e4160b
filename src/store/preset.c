/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preset.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/near.h>
#include <stellwerk/store/import.h>

/*
 * XES event logs written as CSV (IEEE 1849 attribute names, a case's attributes behind "case:").
 * The owner is the group before the person: a silo is a department, not who happened to be on duty.
 */
static const struct preset_column xes_columns[] = {
    { .column = COLUMN_TS, .sources = { "time:timestamp" } },
    { .column = COLUMN_CASE_ID, .sources = { "case:concept:name" } },
    { .column = COLUMN_ACTIVITY, .sources = { "concept:name" } },
    { .column = COLUMN_OWNER, .sources = { "org:group", "org:role", "org:resource" } },
    { .column = COLUMN_CHANNEL, .sources = { "channel", "case:channel" } },
    { .column = COLUMN_OUTCOME, .sources = { "outcome", "case:outcome" } },
    { .column = COLUMN_VALUE, .sources = { "cost:total" } },
    { .column = COLUMN_CURRENCY, .sources = { "cost:currency" } },
};

static const struct preset presets[] = {
    {
        .name = "xes",
        .as = IMPORT_EVENTS,
        .signature = { "case:concept:name", "concept:name", "time:timestamp" },
        .columns = xes_columns,
        .column_count = ARRAY_LEN(xes_columns),
        .lower_channels = true,
    },
};

const struct preset *preset_at(size_t index)
{
    return index < ARRAY_LEN(presets) ? &presets[index] : NULL;
}

const char *import_preset_name(size_t index)
{
    const struct preset *preset = preset_at(index);
    return preset != NULL ? preset->name : NULL;
}

const struct preset *preset_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(presets); i++)
        if (strcmp(presets[i].name, name) == 0)
            return &presets[i];
    return NULL;
}

const char *preset_near(const char *name)
{
    struct near near;
    near_init(&near, name);
    for (size_t i = 0; i < ARRAY_LEN(presets); i++)
        near_offer(&near, presets[i].name);
    return near.best;
}
