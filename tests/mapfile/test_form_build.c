/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A map with every key of the format, made of an empty one by nothing but what is typed into forms.
 */
#include "suites.h"
#include "support.h"

#include <string.h>

#include <stellwerk/base/array.h>

#include "form_map.h"

static const char empty[] = "stellwerk: 1\ntitle: Neu\nstages: []\n";

/* What is typed into which row of which form: that which adds, where there is one, for `+`. */
static const struct {
    const char *form, *row, *typed;
} steps[] = {
    { "map", "map.title", "Die Reise" },
    { "map", "map.kind", "to-be" },
    { "map", "map.phase", "pilot" },
    { "map", "map.language", "de" },
    { "map", "map.owner", "Journey Management" },
    { "map", "map.reviewed", "2026-11-01" },
    { "map", "map.review_every", "90d" },
    { "map", "map.store", "reise.db" },
    { "map", "+map.contexts", "In Eile" },
    { "context/in-eile", "context/in-eile.label", "muss den Anschluss erreichen" },
    { "map", "+map.personas", "Anna" },
    { "persona/anna", "persona/anna.name", "Anna Berg" },
    { "persona/anna", "persona/anna.role", "Reisende: viel unterwegs" },
    { "persona/anna", "persona/anna.share", "0.3" },
    { "persona/anna", "+persona/anna.goals", "pünktlich sein" },
    { "persona/anna", "+persona/anna.goals", "12:30" },
    { "persona/anna", "persona/anna.needs", "[Ruhe, \"no\"]" },
    { "persona/anna", "persona/anna.quote", "\"Die Zeit?\" # nein" },
    { "map", "+map.channels", "Web" },
    { "map", "+map.channels", "Öffentlicher Schalter" },
    { "channel/web", "channel/web.label", "Netz" },
    { "channel/web", "channel/web.medium", "digital" },
    { "map", "+map.handovers", "[web, oeffentlicher-schalter]" },
    { "map", "+map.metrics", "Verspätung" },
    { "metric/verspaetung", "metric/verspaetung.type", "mean" },
    { "metric/verspaetung", "metric/verspaetung.from", "event" },
    { "metric/verspaetung", "metric/verspaetung.of", "delay_minutes" },
    { "metric/verspaetung", "+metric/verspaetung.where", "activity: arrive" },
    { "metric/verspaetung", "+metric/verspaetung.where", "line: [S1, \"2\"]" },
    { "metric/verspaetung", "metric/verspaetung.unit", "min" },
    { "metric/verspaetung", "+metric/verspaetung.anchors", "{0: 100, 30: 0}" },
    { "metric/verspaetung", "+metric/verspaetung.anchors", "2.5: 75" },
    { "metric/verspaetung", "+metric/verspaetung.contexts", "in-eile: {anchors: {0: 100, 10: 0}}" },
    { "metric/verspaetung", "+metric/verspaetung.contexts.in-eile.anchors", "5 50" },
    { "metric/verspaetung", "metric/verspaetung.aspect", "speed" },
    { "metric/verspaetung", "metric/verspaetung.owner", "Betrieb" },
    { "metric/verspaetung", "metric/verspaetung.min_n", "50" },
    { "metric/verspaetung", "metric/verspaetung.fresh", "30d" },
    { "metric/verspaetung", "metric/verspaetung.half_life", "30d" },
    { "map", "+map.metrics", "Antwort" },
    { "metric/antwort", "metric/antwort.type", "csat" },
    { "metric/antwort", "metric/antwort.answer", "zufrieden" },
    { "metric/antwort", "metric/antwort.variant", "top2" },
    { "map", "+map.metrics", "Neun von zehn" },
    { "metric/neun-von-zehn", "metric/neun-von-zehn.quantile", "0.9" },
    { "metric/neun-von-zehn", "metric/neun-von-zehn.type", "quantile" },
    { "map", "+map.metrics", "Apdex" },
    { "metric/apdex", "metric/apdex.threshold", "4" },
    { "metric/apdex", "metric/apdex.type", "apdex" },
    { "map", "+map.metrics", "Anteil" },
    { "metric/anteil", "+metric/anteil.hit", "outcome: printed" },
    { "metric/anteil", "metric/anteil.type", "proportion" },
    { "map", "+map.metrics", "Öffnungen" },
    { "metric/oeffnungen", "metric/oeffnungen.numerator", "open" },
    { "metric/oeffnungen", "+metric/oeffnungen.numerator.activity", "click" },
    { "metric/oeffnungen", "metric/oeffnungen.numerator.of", "value" },
    { "metric/oeffnungen", "+metric/oeffnungen.numerator.where", "medium: mail" },
    { "metric/oeffnungen", "metric/oeffnungen.denominator", "{activity: send}" },
    { "metric/oeffnungen", "metric/oeffnungen.type", "ratio" },
    { "map", "+map.metrics", "Abbruch" },
    { "metric/abbruch", "metric/abbruch.first.activity", "cart" },
    { "metric/abbruch", "metric/abbruch.then.activity", "[pay, reserve]" },
    { "metric/abbruch", "metric/abbruch.within", "24h" },
    { "metric/abbruch", "metric/abbruch.type", "dropout" },
    { "map", "+map.metrics", "Eigene" },
    { "metric/eigene", "metric/eigene.query", "select 1 as value" },
    { "metric/eigene", "metric/eigene.type", "sql" },
    { "metric/eigene", "metric/eigene.label", "Eigene Zahl" },
    { "map", "+map.stages", "Buchung" },
    { "stage/buchung", "stage/buchung.title", "Buchung & mehr" },
    { "stage/buchung", "+stage/buchung.touchpoints", "Ticket erhalten" },
    { "ticket-erhalten", "ticket-erhalten", "ticket" },
    { "ticket", "ticket.title", "Ticket" },
    { "ticket", "ticket.channel", "web" },
    { "ticket", "ticket.media", "owned" },
    { "ticket", "ticket.owner", "Vertrieb" },
    { "ticket", "+ticket.systems", "crm" },
    { "ticket", "ticket.importance", "4.5" },
    { "ticket", "ticket.moment_of_truth", "true" },
    { "ticket", "ticket.optional", "false" },
    { "ticket", "ticket.repeatable", "true" },
    { "ticket", "+ticket.actions", "druckt" },
    { "ticket", "+ticket.thoughts", "Warum?" },
    { "ticket", "+ticket.quotes", "Bitte: ausdrucken!" },
    { "ticket", "ticket.quotes.1.source", "Mail" },
    { "ticket", "ticket.quotes.1.date", "2026-10-02" },
    { "ticket", "ticket.quotes.1.persona", "anna" },
    { "ticket", "+ticket.pains", "last" },
    { "ticket", "+ticket.gains", "[x" },
    { "ticket", "+ticket.backstage", "{x}" },
    { "ticket", "+ticket.activities", "print" },
    { "ticket", "ticket.promise", "90" },
    { "ticket", "ticket.promise.claim", "alles digital" },
    { "ticket", "ticket.promise.source", "TV" },
    { "ticket", "ticket.promise.media", "paid" },
    { "ticket", "ticket.standard", "80" },
    { "ticket", "+ticket.expectation", "all 70" },
    { "ticket", "ticket.expectation.all.adequate", "60" },
    { "ticket", "ticket.expectation.all.evidence", "observed" },
    { "ticket", "ticket.expectation.all.note", "gefragt" },
    { "ticket", "+ticket.expectation", "anna@in-eile: {score: 90}" },
    { "ticket", "+ticket.experience", "anna: 50" },
    { "ticket", "ticket.experience.anna.evidence", "assumed" },
    { "ticket", "ticket.experience.anna.note", "geraten" },
    { "ticket", "+ticket.aspects", "Speed" },
    { "ticket", "ticket.aspects.speed.level", "functional" },
    { "ticket", "ticket.aspects.speed.importance", "3" },
    { "ticket", "ticket.aspects.speed.expectation", "80" },
    { "ticket", "ticket.aspects.speed.experience", "35" },
    { "ticket", "+ticket.metrics", "verspaetung" },
    { "ticket", "+ticket.content", "Buchungsmail" },
    { "ticket", "ticket.content.1.format", "email" },
    { "ticket", "ticket.content.1.tone", "sachlich" },
    { "ticket", "ticket.content.1.rhythm", "einmalig" },
    { "ticket", "ticket.content.1.volume", "kurz" },
    { "ticket", "+ticket.content.1.for", "anna" },
    { "ticket", "ticket.content.1.status", "live" },
    { "ticket", "+ticket.opportunities", "Handyticket" },
    { "ticket", "ticket.opportunities.handyticket.impact", "4" },
    { "ticket", "ticket.opportunities.handyticket.effort", "2" },
    { "ticket", "ticket.opportunities.handyticket.status", "planned" },
    { "ticket", "ticket.opportunities.handyticket.hurdle", "status_quo" },
    { "ticket", "ticket.opportunities.handyticket.owner", "Vertrieb" },
    { "ticket", "ticket.opportunities.handyticket.due", "2027-01-31" },
    { "ticket", "ticket.opportunities.handyticket.votes", "7" },
    { "ticket", "ticket.opportunities.handyticket.expects", "{metric: verspaetung, to: 5}" },
    { "ticket", "ticket.opportunities.handyticket.expects.from", "61" },
    { "ticket", "ticket.opportunities.handyticket.experiment",
      "{metric: verspaetung, a: alt, b: neu}" },
    { "ticket", "ticket.opportunities.handyticket.experiment.share", "0.3" },
    { "ticket", "ticket.opportunities.handyticket.experiment.since", "2026-07-01" },
    { "ticket", "ticket.opportunities.handyticket.experiment.until", "2026-08-31" },
    { "map", "map.benchmark", "6" },
    { "map", "map.benchmark.contacts", "4.5" },
    { "map", "+map.routes", "Kurz" },
    { "route/kurz", "route/kurz.title", "Kurzer Weg" },
    { "route/kurz", "route/kurz.persona", "anna" },
    { "route/kurz", "+route/kurz.through", "ticket" },
    { "map", "+map.budgets", "{touchpoint: ticket, gap: -30}" },
    { "map", "+map.budgets", "{all: true, gap: -60}" },
};

static const struct form_row *row_of(const struct form *form, const char *address)
{
    if (*address == '+')
        return form_map_row(form, address + 1, FORM_ADD);
    for (size_t i = 0; i < form->count; i++)
        if (form->rows[i].role != FORM_ADD && strcmp(form->rows[i].address, address) == 0)
            return &form->rows[i];
    ck_abort_msg("the form of %s has no row %s", form->address, address);
}

static struct form_map build(void)
{
    struct form_map map = form_map_of("map.yaml", empty, strlen(empty)), after;
    struct operation operation;
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        struct form form = form_map_form(&map, steps[i].form);
        const struct form_row *row = row_of(&form, steps[i].row);
        ck_assert_msg(form_operation(&form_map_arena, map.journey, row, steps[i].typed, &operation,
                                     &form_map_error),
                      "%s '%s': %s", steps[i].row, steps[i].typed, form_map_error.text);
        form_map_must_apply(&map, &operation, &after);
        map = after;
    }
    return map;
}

/* ---- What has come to be there --------------------------------------------------------------- */

struct there {
    const struct shape *shape;
    const struct field *field;
};

static struct there there[400];
static size_t there_count;

static bool is_there(const struct shape *shape, const struct field *field)
{
    for (size_t i = 0; i < there_count; i++)
        if (there[i].shape == shape && there[i].field == field)
            return true;
    return false;
}

static void collect(const struct form_map *map, const char *address)
{
    struct form form = form_map_form(map, address);
    for (size_t i = 0; i < form.count; i++) {
        const struct form_row *row = &form.rows[i];
        if (row->role == FORM_LINK)
            collect(map, row->address);
        if (row->field != NULL && !row->item && row->count > 0 &&
            !is_there(row->shape, row->field) && there_count < ARRAY_LEN(there))
            there[there_count++] = (struct there){ row->shape, row->field };
    }
}

static void check_there(const struct shape *shape)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        bool library = strstr(field->key, "_from") != NULL; /* needs the other file */
        if (!shape->bare && !library)
            ck_assert_msg(is_there(shape, field), "%s.%s was never typed", shape->name, field->key);
        if (field->shape != NULL)
            check_there(field->shape);
    }
}

START_TEST(every_key_can_be_made_of_nothing)
{
    struct form_map map = build();
    there_count = 0;
    collect(&map, "map");
    check_there(&map_shape);
}
END_TEST

START_TEST(what_was_typed_is_what_the_map_says)
{
    const struct journey *journey = build().journey;
    const struct touchpoint *touchpoint = &journey->touchpoints[0];
    ck_assert_str_eq(journey->personas[0].quote, "\"Die Zeit?\" # nein");
    ck_assert_str_eq(journey->personas[0].goals.items[1], "12:30");
    ck_assert_str_eq(journey->personas[0].needs.items[1], "no");
    ck_assert_str_eq(journey->channels[1].label, "Öffentlicher Schalter");
    ck_assert_uint_eq(journey->metrics[0].anchors.count, 3);
    ck_assert_double_eq(journey->metrics[0].anchors.items[1].raw, 2.5);
    ck_assert_str_eq(journey->metrics[0].where.items[1].values.items[1], "2");
    ck_assert_uint_eq(journey->metrics[0].context_anchors[0].anchors.count, 3);
    ck_assert_uint_eq(journey->metrics[5].a.where.count, 2);
    ck_assert_str_eq(touchpoint->pains.items[0], "last");
    ck_assert_str_eq(touchpoint->gains.items[0], "[x");
    ck_assert_str_eq(touchpoint->backstage.items[0], "{x}");
    ck_assert_str_eq(touchpoint->quotes[0].text, "Bitte: ausdrucken!");
    ck_assert_double_eq(touchpoint->expectations[0].adequate, 60);
    ck_assert_double_eq(touchpoint->expectations[0].desired, 70);
    ck_assert_int_eq(touchpoint->opportunities[0].votes, 7);
    ck_assert_uint_eq(journey->routes[0].through.count, 1);
}
END_TEST

Suite *mapfile_form_build_suite(void)
{
    Suite *suite = suite_create("mapfile_form_build");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, form_map_start, form_map_finish);
    tcase_add_test(tcase, every_key_can_be_made_of_nothing);
    tcase_add_test(tcase, what_was_typed_is_what_the_map_says);
    suite_add_tcase(suite, tcase);
    return suite;
}
