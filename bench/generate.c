/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "generate.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <stellwerk/base/array.h>

/* ---- Chance --------------------------------------------------------------------------------- */

/* Steele, Lea and Flood's SplitMix64 (OOPSLA 2014). */
static uint64_t chance_state;

static uint64_t chance(void)
{
    uint64_t z = chance_state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static size_t below(size_t limit)
{
    return (size_t)(chance() % limit);
}

static bool one_in(size_t times)
{
    return below(times) == 0;
}

#define ANY(words) ((words)[below(ARRAY_LEN(words))])

/* ---- Words ---------------------------------------------------------------------------------- */

static const char *const personas[] = { "anna", "helga", "murat", "ines" };
static const char *const contexts[] = { "hurried", "relaxed" };
static const char *const channels[] = { "web", "app", "mail", "paper", "phone", "branch" };
static const char *const metrics[] = { "visits", "dwell", "solved", "wait", "csat", "nps" };
static const char *const owners[] = { "Vertrieb", "Betrieb", "Service", "Marketing" };
static const char *const systems[] = { "crm", "ticketing", "website", "payment", "telephony" };
static const char *const media[] = { "owned", "paid", "earned" };
static const char *const grades[] = { "observed", "inferred", "assumed" };
static const char *const statuses[] = { "idea", "planned", "running", "done" };
static const char *const hurdles[] = { "status_quo", "time", "practice", "budget", "technology" };

static const char *const nouns[] = {
    "Antrag",   "Rechnung", "Bestätigung", "Rückruf",   "Vertrag", "Lieferung",  "Gespräch",
    "Formular", "Angebot",  "Mahnung",     "Kündigung", "Termin",  "Beschwerde", "Gutschrift",
};
static const char *const actions[] = {
    "öffnet die Mail und sucht die Nummer", "vergleicht drei Angebote",
    "ruft an, wartet und legt auf",         "füllt das Formular zum zweiten Mal aus",
    "druckt die zweite Seite im Büro",      "fragt am Schalter nach dem Stand",
};
static const char *const thoughts[] = {
    "Das hatte ich doch schon einmal angegeben.",
    "Schneller als gedacht.",
    "Wen frage ich jetzt?",
    "Zwei Briefe, zwei Termine: welcher gilt?",
    "So einfach kann es sein.",
    "Und wo steht, was es kostet?",
};
static const char *const pains[] = {
    "Medienbruch",
    "kein Ansprechpartner",
    "zweite Mail, zweiter Ausdruck",
    "lange Wartezeit",
};
static const char *const gains[] = {
    "alles auf einer Seite",
    "freundliche Antwort",
    "Daten sind gespeichert",
};

/* ---- A map ---------------------------------------------------------------------------------- */

static void add_head(struct str *out)
{
    str_append(out, "# Made up by the benchmark.\n"
                    "stellwerk: 1\n"
                    "title: Vom ersten Kontakt zum laufenden Vertrag\n"
                    "kind: as-is\n"
                    "phase: pilot\n"
                    "language: de\n"
                    "owner: Journey Management\n"
                    "\n"
                    "personas:\n");
    for (size_t i = 0; i < ARRAY_LEN(personas); i++)
        str_printf(out,
                   "  %s:\n"
                   "    name: Person %c\n"
                   "    role: Kundin seit %zu Jahren\n"
                   "    share: 0.25\n"
                   "    goals: [ohne Rückfrage fertig werden, wissen was es kostet]\n"
                   "    quote: \"Ein Mal sagen muss reichen.\"\n",
                   personas[i], (char)('A' + i), 2 + 3 * i);
    str_append(out, "\ncontexts:\n"
                    "  hurried: {label: unter Zeitdruck}\n"
                    "  relaxed: {label: ohne Zeitdruck}\n"
                    "\nchannels:\n"
                    "  web: {label: Web, medium: digital}\n"
                    "  app: {label: App, medium: digital}\n"
                    "  mail: {label: E-Mail, medium: digital}\n"
                    "  paper: {label: Brief, medium: paper}\n"
                    "  phone: {label: Telefon, medium: phone}\n"
                    "  branch: {label: Filiale, medium: place}\n"
                    "handovers: [[web, app], [app, web]]\n");
}

static void add_metrics(struct str *out)
{
    str_append(out, "\nmetrics:\n"
                    "  visits: {label: Besuche, type: count, min_n: 1}\n"
                    "  dwell: {label: Verweildauer, type: mean, of: value, unit: s, "
                    "anchors: {0: 100, 60: 60, 300: 0}}\n"
                    "  solved: {label: gelöst, type: proportion, hit: {outcome: solved}, "
                    "anchors: {0: 0, 1: 100}}\n"
                    "  wait: {label: Wartezeit, type: median, of: value, unit: s, "
                    "anchors: {0: 100, 120: 50, 600: 0}}\n"
                    "  csat: {label: Zufriedenheit, type: csat, variant: mean}\n"
                    "  nps: {label: Weiterempfehlung, type: nps}\n");
}

/* A list of some of the words, in flow style. */
static void add_some(struct str *out, const char *key, const char *const *words, size_t count,
                     bool quoted)
{
    size_t first = below(count), wanted = 1 + below(3);
    str_printf(out, "        %s: [", key);
    for (size_t i = 0; i < wanted && i < count; i++) {
        const char *word = words[(first + i) % count];
        str_printf(out, quoted ? "%s\"%s\"" : "%s%s", i > 0 ? ", " : "", word);
    }
    str_append(out, "]\n");
}

#define ADD_SOME(out, key, words, quoted) add_some(out, key, words, ARRAY_LEN(words), quoted)

static void add_actions(struct str *out)
{
    str_append(out, "        actions:\n");
    for (size_t i = 0, wanted = 1 + below(3); i < wanted; i++)
        str_printf(out, "          - \"%s\"\n", ANY(actions));
}

static void add_quotes(struct str *out)
{
    str_append(out, "        quotes:\n");
    for (size_t i = 0, wanted = 1 + below(2); i < wanted; i++)
        str_printf(out,
                   "          - {text: \"%s\", source: Umfrage,\n"
                   "             date: 2026-%02zu-%02zu, persona: %s}\n",
                   ANY(thoughts), 1 + below(9), 1 + below(28), ANY(personas));
}

static void add_estimates(struct str *out)
{
    size_t adequate = 40 + below(25), score = 25 + below(65);
    str_printf(out, "        expectation:\n          all: {adequate: %zu, desired: %zu}\n",
               adequate, adequate + 25);
    for (size_t i = 0; i < 2; i++)
        str_printf(out, "          %s: {adequate: %zu, desired: %zu, evidence: %s}\n", personas[i],
                   adequate + 5 * i, adequate + 25 + 5 * i, ANY(grades));
    str_printf(out, "        experience:\n          all: {score: %zu, evidence: %s}\n", score,
               ANY(grades));
    str_printf(out, "          %s@%s: {score: %zu, note: \"%s\"}\n", ANY(personas), ANY(contexts),
               score / 2, ANY(actions));
}

static void add_aspects(struct str *out)
{
    str_append(out, "        aspects:\n");
    for (size_t i = 0, wanted = 2 + below(2); i < wanted; i++)
        str_printf(out,
                   "          - {id: aspect-%zu, title: %s, level: functional, importance: %zu,\n"
                   "             expectation: %zu, experience: %zu}\n",
                   i, ANY(nouns), 1 + below(5), 50 + below(40), 20 + below(70));
}

static void add_opportunities(struct str *out, size_t index)
{
    str_append(out, "        opportunities:\n");
    for (size_t i = 0, wanted = 1 + below(2); i < wanted; i++)
        str_printf(out,
                   "          - {id: idea-%zu-%zu, title: \"%s ohne Rückfrage\", impact: %zu,\n"
                   "             effort: %zu, status: %s, hurdle: %s, owner: %s, votes: %zu}\n",
                   index, i, ANY(nouns), 1 + below(5), 1 + below(5), ANY(statuses), ANY(hurdles),
                   ANY(owners), below(12));
}

static void add_touchpoint(struct str *out, size_t index)
{
    str_printf(out,
               "      - id: touchpoint-%zu\n"
               "        title: %s %zu\n"
               "        channel: %s           # wie heute\n"
               "        media: %s\n"
               "        owner: %s\n"
               "        importance: %zu\n"
               "        moment_of_truth: %s\n",
               index, ANY(nouns), index, ANY(channels), ANY(media), ANY(owners), 1 + below(5),
               one_in(5) ? "true" : "false");
    ADD_SOME(out, "systems", systems, false);
    add_actions(out);
    ADD_SOME(out, "thoughts", thoughts, true);
    if (one_in(2))
        add_quotes(out);
    ADD_SOME(out, "pains", pains, true);
    ADD_SOME(out, "gains", gains, false);
    str_printf(
        out,
        "        promise: {score: %zu, claim: in drei Schritten fertig, source: Startseite}\n"
        "        standard: %zu\n",
        75 + below(20), 70 + below(15));
    add_estimates(out);
    if (one_in(3))
        add_aspects(out);
    str_append(out, "        metrics: [");
    for (size_t i = 0; i < ARRAY_LEN(metrics); i++)
        str_printf(out, i > 0 ? ", %s" : "%s", metrics[i]);
    str_append(out, "]\n");
    if (one_in(3))
        add_opportunities(out, index);
}

void generate_map(struct str *out, size_t touchpoints, size_t bytes)
{
    const size_t in_a_stage = 6;
    chance_state = 1;
    add_head(out);
    add_metrics(out);
    str_append(out, "\nstages:\n");
    for (size_t i = 0; i < touchpoints && out->length < bytes; i++) {
        if (i % in_a_stage == 0)
            str_printf(out, "\n  - id: stage-%zu\n    title: Phase %zu\n    touchpoints:\n",
                       i / in_a_stage, i / in_a_stage);
        add_touchpoint(out, i);
    }
}

/* ---- Events --------------------------------------------------------------------------------- */

enum { EVENT_TOUCHPOINTS = 12, EVENTS_OF_A_CASE = 6 };

static const char event_header[] =
    "event_id,ts,person_id,case_id,session_id,activity,touchpoint,channel,persona,context,owner,"
    "outcome,value,currency,cost,campaign,source,medium,variant\n";

static void print_event(size_t row)
{
    static const char *const outcomes[] = { "solved", "solved", "open", "" };
    static const char *const mediums[] = { "cpc", "organic", "mail" };
    size_t number = row / EVENTS_OF_A_CASE;
    size_t touchpoint = (number + row % EVENTS_OF_A_CASE * 2) % EVENT_TOUCHPOINTS;
    time_t at = (time_t)(1735689600 + row * 31 + below(1800)); /* from 2025-01-01 on */
    struct tm fields;
    char ts[32];
    gmtime_r(&at, &fields);
    strftime(ts, sizeof(ts), "%Y-%m-%dT%H:%M:%SZ", &fields);
    printf("e%08zu,%s,p%06zu,c%07zu,s%07zu,step-%zu,touchpoint-%zu,%s,%s,%s,%s,%s,%zu.%02zu,EUR,"
           "%zu.%zu,spring,search,%s,\n",
           row, ts, number % 50000, number, number * 2 + row % 2, touchpoint, touchpoint,
           channels[touchpoint % ARRAY_LEN(channels)], personas[number % ARRAY_LEN(personas)],
           contexts[number % ARRAY_LEN(contexts)], owners[touchpoint % ARRAY_LEN(owners)],
           ANY(outcomes), below(300), below(100), below(3), below(10), ANY(mediums));
}

void generate_events(size_t rows)
{
    chance_state = 2;
    fputs(event_header, stdout);
    for (size_t i = 0; i < rows; i++)
        print_event(i);
}
