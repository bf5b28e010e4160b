/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The selected row, for sheet.c and sheet_field.c.
 */
#ifndef STELLWERK_SRC_APP_SHEET_ROW_H
#define STELLWERK_SRC_APP_SHEET_ROW_H

#include <stellwerk/app/sheet.h>

/* NULL where the form is gone or empty. */
const struct form_row *sheet_row(struct session *session);

/* Selects the row of an address; of the two of a list the one that adds. */
void sheet_go_to(struct session *session, const char *address, bool adding);

#endif
