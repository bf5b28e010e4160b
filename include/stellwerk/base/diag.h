/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Findings: everything a reader or a check has to say about an input, in the order of its text.
 *
 * Lints append and go on, so that a person sees every problem at once. A finding has a stable
 * snake_case `code` for programs and a translated sentence for people.
 */
#ifndef STELLWERK_BASE_DIAG_H
#define STELLWERK_BASE_DIAG_H

#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>

enum severity {
    SEVERITY_NOTE,    /* worth knowing; never makes a check fail */
    SEVERITY_WARNING, /* makes `check --strict` fail */
    SEVERITY_ERROR,
};

struct diag {
    enum severity severity;
    struct pos pos;
    struct pos other; /* the second place of a duplicate or a conflict; line 0: there is none */
    const char *code; /* "unknown_key"; static */
    const char *text; /* one sentence without a full stop, not sanitised */
};

/* Findings that a list keeps: a file that is all wrong must not fill memory. */
#define DIAG_MAX 10000

struct diag_list {
    struct arena *arena; /* where texts and the array live */
    struct diag *items;
    size_t count, capacity;
    size_t errors, warnings; /* all of them, those that were not kept too */
    size_t dropped;          /* findings over DIAG_MAX, not kept */
    struct diag spare;       /* stands in for those */
};

void diag_list_init(struct diag_list *list, struct arena *arena);

/* Appends a finding; what it returns may be filled in further until the next one is added. */
[[gnu::format(printf, 5, 6)]] struct diag *diag_add(struct diag_list *list, enum severity severity,
                                                    struct pos pos, const char *code,
                                                    const char *format, ...);

/* Sorts by file, line, column, keeping the order of what stands at one place. */
void diag_list_sort(struct diag_list *list);

/* "error", "warning", "note": the fixed word of the output format. */
const char *severity_name(enum severity severity);

#endif
