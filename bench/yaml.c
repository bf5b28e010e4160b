/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A map's text into the model, beside libyaml's parser alone: a loop that takes the events of the
 * same bytes and throws them away. The difference is what stellwerk adds: the look through the
 * text, a tree with places, the schema, references, lints, the model.
 */

#include "benches.h"
#include "clock.h"
#include "figure.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yaml.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/mapfile/source.h>

struct text {
    const char *path, *bytes;
    size_t length;
};

/* False where the map is not as good as it is meant to be. */
typedef bool reading(const struct text *text, size_t *touchpoints);

static bool read_model(const struct text *text, size_t *touchpoints)
{
    struct arena arena = { 0 };
    struct diag_list findings;
    struct journey *journey;
    diag_list_init(&findings, &arena);
    bool fine = map_read_text(&arena, text->path, text->bytes, text->length, &journey, &findings);
    if (findings.count > 0)
        fprintf(stderr, "bench: %s:%u: %s\n", text->path, findings.items[0].pos.line,
                findings.items[0].text);
    *touchpoints = fine ? journey->touchpoint_count : 0;
    arena_finish(&arena);
    return fine && findings.errors == 0;
}

static bool read_events(const struct text *text, size_t *touchpoints)
{
    (void)touchpoints;
    yaml_parser_t parser;
    yaml_event_t event;
    bool done = false;
    if (!yaml_parser_initialize(&parser))
        return false;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text->bytes, text->length);
    while (!done && yaml_parser_parse(&parser, &event)) {
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return done;
}

static const struct way {
    const char *program;
    reading *read;
} ways[] = {
    { .program = "stellwerk", .read = read_model },
    { .program = "libyaml, events alone", .read = read_events },
};

/* ---- Time ----------------------------------------------------------------------------------- */

/* Small maps are read several times over, so that the clock has something to measure. */
static bool time_reading(const struct way *way, const struct text *text, size_t *touchpoints,
                         struct series *series)
{
    size_t times = 1 + 500000 / (text->length + 1);
    double start = clock_cpu_ms();
    for (size_t i = 0; i < times; i++)
        if (!way->read(text, touchpoints))
            return false;
    series_add(series, (clock_cpu_ms() - start) / (double)times);
    return true;
}

/* ---- Memory --------------------------------------------------------------------------------- */

/* The peak of a process that does nothing else, in MB; 0 on failure. */
static double peak_memory(const struct way *way, const struct text *text)
{
    struct rusage usage;
    int status;
    pid_t child = fork();
    if (child == 0) {
        size_t touchpoints;
        _exit(way->read(text, &touchpoints) ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
        return 0;
    return (double)usage.ru_maxrss / 1024;
}

/* ---- A map ---------------------------------------------------------------------------------- */

static bool measure(const struct text *text)
{
    const int rounds = 11;
    const size_t large = 1000000; /* bytes; the bar is for what takes time */
    struct series time[ARRAY_LEN(ways)], memory[ARRAY_LEN(ways)];
    char what[128];
    size_t touchpoints = 0;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        time[i] = (struct series){ .program = ways[i].program };
        memory[i] = (struct series){ .program = ways[i].program };
        series_add(&memory[i], peak_memory(&ways[i], text));
    }
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < ARRAY_LEN(ways); i++)
            if (!time_reading(&ways[i], text, &touchpoints, &time[i]))
                return false;

    snprintf(what, sizeof(what), "read a map of %.0f kB, %zu touchpoints",
             (double)text->length / 1000, touchpoints);
    figure_print(&(struct figure){ .suite = "yaml",
                                   .what = what,
                                   .unit = "ms of processor",
                                   .series = time,
                                   .series_count = ARRAY_LEN(time),
                                   .bar = text->length > large ? BAR_RATIO : BAR_NONE,
                                   .limit = 1.25 });
    figure_print(&(struct figure){ .suite = "yaml",
                                   .what = what,
                                   .unit = "MB at the peak",
                                   .series = memory,
                                   .series_count = ARRAY_LEN(memory) });
    return true;
}

/*
 * glibc gives the end of its heap back to the system when much of it is free, until it has once
 * given back a large piece. Left to itself, the usual map would be measured with hundreds of system
 * calls and page faults or with none, as a large map was read before it or not.
 */
static void keep_memory(void)
{
#ifdef M_TRIM_THRESHOLD
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

int bench_yaml(int argc, char **argv)
{
    keep_memory();
    for (int i = 0; i < argc; i++) {
        struct arena arena = { 0 };
        struct error err;
        struct text text = { .path = argv[i] };
        error_init(&err);
        bool good = file_read(&arena, text.path, SOURCE_MAX, &text.bytes, &text.length, &err) &&
                    measure(&text);
        arena_finish(&arena);
        if (!good)
            return bench_fail("cannot read '%s': %s", argv[i], err.text);
    }
    return EXIT_SUCCESS;
}
