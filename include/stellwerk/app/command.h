/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one vocabulary: everything that can be done is a row of one table.
 *
 * Keys, the palette, the `:` line, scripts, the configuration, help and completion all come from
 * it. A command line is a command's name and words behind it, parted by spaces: "persona anna".
 */
#ifndef STELLWERK_APP_COMMAND_H
#define STELLWERK_APP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>

struct session;

/* What a word behind a command's name may be: this is what completion offers. */
enum argument {
    ARGUMENT_NONE,
    ARGUMENT_PERSONA,
    ARGUMENT_CONTEXT,
    ARGUMENT_PERIOD,
    ARGUMENT_LANE,
    ARGUMENT_METRIC,
    ARGUMENT_CHANNEL,
    ARGUMENT_UNIT,   /* of slices: auto, day, week, … */
    ARGUMENT_SLICE,  /* a day, first, last, next, previous */
    ARGUMENT_SORT,    /* of the list of gaps */
    ARGUMENT_PICTURE, /* list, importance, opportunity */
    ARGUMENT_BOARD,   /* status, hurdle, plane */
    ARGUMENT_SEGMENT, /* persona, context, …, next, previous */
    ARGUMENT_FILTER,  /* a term of ranking_filter_parse(), all */
    ARGUMENT_ARRANGE, /* the order of maps */
    ARGUMENT_WHAT_IF, /* remove, left, right, none, apply */
    ARGUMENT_TOUCHPOINT,
    ARGUMENT_THING,  /* the address of anything that has an id, and `map` */
    ARGUMENT_VIEW,
    ARGUMENT_SWITCH, /* on, off, toggle */
    ARGUMENT_THEME,
    ARGUMENT_SETTING,
    ARGUMENT_VALUE, /* of the setting before it */
    ARGUMENT_KEY,
    ARGUMENT_COMMAND,
    ARGUMENT_KIND,   /* of things that can be made: touchpoint, stage, … */
    ARGUMENT_SIDE,   /* left, right */
    ARGUMENT_HANDLE, /* of the curve */
    ARGUMENT_TEXT,
    ARGUMENT_COUNT
};

enum command_group {
    GROUP_MOVE,
    GROUP_LENS,
    GROUP_SHOW,
    GROUP_GAPS,
    GROUP_METRICS,
    GROUP_REDUCTION,
    GROUP_BOARD,
    GROUP_PATHS,
    GROUP_PORTFOLIO,
    GROUP_EDIT,
    GROUP_FILE,
    GROUP_PROGRAM,
    GROUP_LINE, /* what keys do while a line is typed or a list is open: not in the palette */
    GROUP_COUNT
};

/* A command line taken apart. */
struct call {
    const struct command *command;
    const char **words; /* behind the name */
    size_t count;
    const char *rest; /* everything behind the name, as typed */
};

typedef bool command_run(struct session *session, const struct call *call, struct error *err);

#define COMMAND_ARGUMENTS 2

struct command {
    const char *name;
    const char *alias; /* a second name; NULL */
    enum command_group group;
    const char *usage; /* N_(): the words behind the name as help writes them; NULL: none */
    const char *help;  /* N_(): what it does, without a full stop */
    enum argument arguments[COMMAND_ARGUMENTS];
    size_t least; /* so many words are needed */
    bool free;    /* any number of words may follow; else no more than `arguments` has */
    bool config;  /* may stand in the configuration */
    bool bare;    /* needs no map, though most of its group do */
    command_run *run;
};

extern const struct command commands[]; /* sorted by name */
extern const size_t command_count;

/* By name or alias; NULL where there is none. */
const struct command *command_find(const char *name);

/* N_(): the heading of a group in help. */
const char *command_group_title(enum command_group group);

/* Takes a line apart. Fails for an unknown command, naming the nearest, and for too few or too many
 * words, naming what is wanted. */
[[nodiscard]] bool command_parse(struct arena *arena, const char *line, struct call *out,
                                 struct error *err);

#endif
