/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/app/order.h>

#include <stdlib.h>

void lookup_destroy(struct lookup *lookup)
{
    if (lookup == NULL)
        return;
    side_figures_finish(&lookup->sides);
    arena_finish(&lookup->arena);
    free(lookup);
}
