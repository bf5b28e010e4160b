/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the worker reads of cases. Private to app/.
 */
#ifndef STELLWERK_SRC_APP_EVIDENCE_ORDER_H
#define STELLWERK_SRC_APP_EVIDENCE_ORDER_H

#include <stellwerk/app/order.h>
#include <stellwerk/report/evidence.h>

/* Carries out an order for paths, credit, lanes, contacts or a case. `wish` says how it is
 * cancelled and watched; all else is of the order. What goes wrong is said in what is read. */
void evidence_look_up(struct store *store, const struct order *order, struct evidence_wish *wish,
                      struct lookup *lookup);

#endif
