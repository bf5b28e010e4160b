/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the benchmark begins. bench/run calls it, a suite at a time, and knows what each takes. */

#include "benches.h"
#include "generate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/locale.h>

int bench_fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_FAILURE;
}

static int make_map(int argc, char **argv)
{
    (void)argc;
    struct str map;
    str_init(&map);
    if (strcmp(argv[0], "touchpoints") == 0)
        generate_map(&map, strtoul(argv[1], NULL, 10), SIZE_MAX);
    else
        generate_map(&map, SIZE_MAX, strtoul(argv[1], NULL, 10));
    fwrite(map.text, 1, map.length, stdout);
    str_finish(&map);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int make_events(int argc, char **argv)
{
    (void)argc;
    generate_events(strtoul(argv[0], NULL, 10));
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static const struct command {
    const char *name;
    const char *operands;
    int least; /* operands */
    int (*run)(int argc, char **argv);
} commands[] = {
    { .name = "edit", .operands = "(MAP MILLISECONDS)...", .least = 2, .run = bench_edit },
    { .name = "events", .operands = "ROWS", .least = 1, .run = make_events },
    { .name = "frame", .operands = "", .least = 0, .run = bench_frame },
    { .name = "import",
      .operands = "STELLWERK CSV ROWS ROUNDS FOLDER by-time|mixed [SCRIPT]",
      .least = 6,
      .run = bench_import },
    { .name = "map", .operands = "touchpoints|bytes N", .least = 2, .run = make_map },
    { .name = "measure", .operands = "(NAME MAP STORE)...", .least = 3, .run = bench_measure },
    { .name = "paths", .operands = "MAP STORE [SCRIPT DUCKDB]", .least = 2, .run = bench_paths },
    { .name = "rollup",
      .operands = "ROWS MAP STORE [SCRIPT DUCKDB]",
      .least = 3,
      .run = bench_rollup },
    { .name = "screen",
      .operands = "[--show|--first] STELLWERK MAP STORE REPOSITORY [vim|tig|sqlite3]...",
      .least = 4,
      .run = bench_screen },
    { .name = "yaml", .operands = "MAP...", .least = 1, .run = bench_yaml },
};

int main(int argc, char **argv)
{
    if (!locale_init(NULL))
        return bench_fail("there is no such locale");
    for (size_t i = 0; argc > 1 && i < ARRAY_LEN(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0 && argc - 2 >= commands[i].least)
            return commands[i].run(argc - 2, argv + 2);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        fprintf(stderr, "%s %s %s\n", argv[0], commands[i].name, commands[i].operands);
    return EXIT_FAILURE;
}
