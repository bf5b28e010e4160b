/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Help: keys, commands and settings, read off the tables. Private to app/.
 */
#ifndef STELLWERK_APP_HELP_H
#define STELLWERK_APP_HELP_H

#include <stellwerk/app/state.h>
#include <stellwerk/scene/panel.h>

struct help {
    struct list_row *rows;
    size_t count, capacity;
};

/* As this person's keys are; key names as words where `ascii`, and what each command takes where
 * `wide`. */
struct help help_rows(const struct session *session, struct arena *arena, bool ascii, int columns);

#endif
