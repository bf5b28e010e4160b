/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/mapping.h>

#include <stellwerk/base/array.h>

static const char *const import_kinds[] = {
    [IMPORT_UNSET] = "",
    [IMPORT_EVENTS] = "events",
    [IMPORT_ANSWERS] = "answers",
    [IMPORT_OBSERVATIONS] = "observations",
    [IMPORT_PATHS] = "paths",
};

const struct words import_as_words = { .items = import_kinds, .count = ARRAY_LEN(import_kinds) };

const char *import_as_name(enum import_as as)
{
    return words_get(&import_as_words, (int)as);
}
