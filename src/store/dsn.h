/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a warehouse is named: a data source of odbc.ini, or a connection string, and what of it may
 * be shown and kept. Private to store/.
 *
 * A connection string is KEY=VALUE pairs with semicolons between them; a value with one of
 * []{}(),;?*=!@ in it stands in braces, where a closing brace is doubled. Only what says where the
 * warehouse is is ever shown: a password hides in more keys than anybody lists.
 */
#ifndef STELLWERK_SRC_STORE_DSN_H
#define STELLWERK_SRC_STORE_DSN_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/str.h>

/* The connection string: of a data source "DSN=…", with the password (NULL: none) behind it unless
 * it has one itself. */
void dsn_connection(const char *dsn, const char *password, struct str *out);

/* "shop", or "Driver=…;Server=…;Database=…". */
const char *dsn_public_name(struct arena *arena, const char *dsn);

/* Puts stars for a password of the connection string wherever a text repeats it. */
void dsn_hide(const char *connection, char *text);

#endif
