/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duck.h"

#include <stdio.h>

/* Paths are those of the build folder, and statements are ours: neither has a quote that ends the
 * other's. */
bool duck_time(const struct duck *duck, const char *sql, int rounds, struct series *out)
{
    char command[2048];
    double ms;
    if (duck->script == NULL || sql == NULL)
        return true;
    int length = snprintf(command, sizeof(command), "node '%s' time '%s' 2 %d \"%s\"", duck->script,
                          duck->database, rounds, sql);
    if (length < 0 || (size_t)length >= sizeof(command))
        return false;
    FILE *answers = popen(command, "r");
    if (answers == NULL)
        return false;
    while (fscanf(answers, "%lf", &ms) == 1)
        series_add(out, ms);
    return pclose(answers) == 0;
}
