/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Copies a reason with 'name' for every name in quotes and N for every number. */
static void generalise(const char *reason, char out[REASON_BYTES])
{
    size_t length = 0;
    bool in_name = false;
    for (const char *c = reason; *c != '\0' && length + 2 < REASON_BYTES; c++) {
        bool quote = *c == '\'';
        bool digit = isdigit((unsigned char)*c);
        if (quote)
            in_name = !in_name;
        else if (in_name || (digit && length > 0 && out[length - 1] == 'N'))
            continue;
        out[length++] = digit ? 'N' : *c == '\n' ? ' ' : *c;
    }
    memset(out + length, 0, REASON_BYTES - length);
}

void tally_refusal(struct tally *tally, const char *reason)
{
    char text[REASON_BYTES];
    size_t at = 0;
    tally->refused++;
    generalise(reason, text);
    while (at < tally->reason_count && strcmp(tally->reasons[at].text, text) != 0)
        at++;
    if (at == REASONS_MAX)
        return;
    if (at == tally->reason_count)
        memcpy(tally->reasons[tally->reason_count++].text, text, sizeof(text));
    tally->reasons[at].count++;
}

void tally_print(const struct tally *tally, const char *what)
{
    printf("%s: %zu operations: %zu carried out and proved (%zu of them by the lines that changed, "
           "%zu undone to the byte), %zu refused; %zu documents that libyaml and libfyaml do not "
           "read alike\n",
           what, tally->tried, tally->done, tally->grafted, tally->undone, tally->refused,
           tally->unlike);
    for (size_t i = 0; i < tally->reason_count; i++)
        printf("%7zu  %s\n", tally->reasons[i].count, tally->reasons[i].text);
    fflush(stdout);
}
