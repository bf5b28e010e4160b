/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The desk: the session that a person works in, and, where they came from a folder, the session
 * that holds it.
 *
 *     desk_create()                 a map, or a folder
 *     desk_session()                who takes keys and is drawn
 *     desk_open() | desk_back()     REQUEST_OPEN and REQUEST_BACK of that session
 *
 * A map that is opened from a folder is a session of its own; the folder's goes on reading
 * meanwhile, and is as it was when the person comes back.
 */
#ifndef STELLWERK_APP_DESK_H
#define STELLWERK_APP_DESK_H

#include <stellwerk/app/session.h>

struct desk;

/* `options` say either a map, which `revision` was read of and is taken over, or a folder, where
 * it is NULL. Fails as session_create() does. */
[[nodiscard]] struct desk *desk_create(const struct session_options *options,
                                       struct revision *revision, struct error *err);
void desk_destroy(struct desk *desk); /* NULL is fine */

struct session *desk_session(const struct desk *desk);

/* Opens a map of the folder. Where it cannot be read any more the folder's session says so. */
void desk_open(struct desk *desk, const char *map);

/* Closes the map. */
void desk_back(struct desk *desk);

#endif
