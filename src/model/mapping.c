/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/mapping.h>

const char *import_as_name(enum import_as as)
{
    static const char *const names[] = {
        [IMPORT_UNSET] = "",
        [IMPORT_EVENTS] = "events",
        [IMPORT_ANSWERS] = "answers",
        [IMPORT_OBSERVATIONS] = "observations",
    };
    return names[as];
}
