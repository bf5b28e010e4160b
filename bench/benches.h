/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The suites of the benchmark. Each takes its own words of the command line and prints figures;
 * they return the program's exit status.
 */
#ifndef STELLWERK_BENCH_BENCHES_H
#define STELLWERK_BENCH_BENCHES_H

int bench_edit(int argc, char **argv);
int bench_yaml(int argc, char **argv);
int bench_import(int argc, char **argv);
int bench_screen(int argc, char **argv);
int bench_measure(int argc, char **argv);
int bench_paths(int argc, char **argv);
int bench_rollup(int argc, char **argv);
int bench_frame(int argc, char **argv);

/* Says on standard error what went wrong; returns the status of a failure. */
[[gnu::format(printf, 1, 2)]] int bench_fail(const char *format, ...);

#endif
