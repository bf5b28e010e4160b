/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options of the command line, in tables: usage, help and the manual page come from the same rows.
 *
 * The habits are git's: options and operands in any order, `--name=value` or `--name value`,
 * `-o value` or `-ovalue`, `--` ends the options, `-` is an operand. `--help` and `--lang` are
 * understood by every command.
 */
#ifndef STELLWERK_CLI_OPTIONS_H
#define STELLWERK_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <stellwerk/model/words.h>

enum option_kind {
    OPTION_FLAG, /* a bool: true when given */
    OPTION_TEXT, /* a const char *, borrowed from argv */
    OPTION_TEXTS, /* a struct option_texts: may be given several times */
    OPTION_INT,  /* an int, 1 or more */
    OPTION_WORD  /* an int: the index of one of `words` */
};

#define OPTION_TEXTS_MAX 64

struct option_texts {
    const char *items[OPTION_TEXTS_MAX]; /* borrowed from argv */
    size_t count;
};

struct option_row {
    const char *name; /* without dashes */
    char letter;      /* '\0': none */
    enum option_kind kind;
    const char *argument;      /* N_(), stands for the value in help: "FILE"; NULL: the words */
    const struct words *words; /* OPTION_WORD */
    const char *help;          /* N_(), a sentence without a full stop */
    size_t offset;             /* of the value in the command's own struct */
};

struct usage {
    const char *name;     /* "report" */
    const char *operands; /* N_(), "MAP..." */
    const char *summary;  /* N_() */
    const char *details;  /* N_(), paragraphs; NULL */
    const struct option_row *options;
    size_t option_count;
    const struct option_row *shared; /* those that it has in common with others, behind these */
    size_t shared_count;
    size_t least, most; /* how many operands; most 0: any number */
    bool separated;     /* `--` is an operand and ends nothing; so is a number behind a dash */
};

struct operands {
    char **items; /* the operands, moved to the front of argv */
    size_t count;
};

/* A subcommand. `run` gets what its options came to, in the struct that they fill, and returns the
 * program's exit status. */
struct subcommand {
    const struct usage *usage;
    size_t size;          /* of that struct */
    const void *defaults; /* what it holds to begin with; NULL: zeros */
    int (*run)(void *values, const struct operands *operands);
};

/* Runs it with what is behind its name. Returns the exit status: 0, too, where help was asked for,
 * and 2 where the options are wrong, which is said on standard error. */
int subcommand_run(const struct subcommand *subcommand, int argc, char **argv);

/* The value of `--lang` anywhere before `--`, which the caller obeys before anything is printed. */
const char *options_language(int argc, char **argv);

/* The rows of a command one after the other; NULL behind the last. */
const struct option_row *usage_option(const struct usage *usage, size_t index);

void usage_help(const struct usage *usage, FILE *out);

/* The command's place in a list of commands: how it is called, and its summary. */
void usage_summary(const struct usage *usage, FILE *out);

/* One line on standard error that says what is wrong and where to look; returns 2. */
[[gnu::format(printf, 2, 3)]] int usage_wrong(const struct usage *usage, const char *format, ...);

#endif
