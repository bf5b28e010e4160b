/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A log in which everything happens, for figures that are asked once more in plain SQL.
 *
 * 900 events of 60 cases on full hours, so that many are at one instant; a third of the cases is
 * known by its person alone, under an id that a case has, too; and some rows have no touchpoint,
 * persona or context. Beside them 600 answers "m" on 0..10, about expectations in part.
 */

#ifndef STELLWERK_TESTS_STORE_BUSY_LOG_H
#define STELLWERK_TESTS_STORE_BUSY_LOG_H

/* Over so many days from 2026-01-01; months have 28. */
void import_busy_log(unsigned days);
void import_busy_answers(unsigned days);

/* What every question starts from: events with their instant and the key of their case. */
#define LOG                                                                                     \
    "WITH log AS MATERIALIZED (SELECT event.id, ts, value,"                                     \
    " coalesce('case ' || case_id, 'person ' || person_id) AS k,"                               \
    " (SELECT text FROM word WHERE id = activity) AS activity,"                                 \
    " (SELECT text FROM word WHERE id = touchpoint) AS touchpoint,"                             \
    " (SELECT text FROM word WHERE id = persona) AS persona,"                                   \
    " (SELECT text FROM word WHERE id = context) AS context,"                                   \
    " date(ts / 1e6, 'unixepoch') AS day FROM event) "

/* The number that a question has for an answer; NAN for none. */
double ask_number(const char *sql);

#endif
