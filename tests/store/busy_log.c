/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "busy_log.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/str.h>

#include "store/little_map.h"

static const char *const places[] = { "search", "platform", "platform", "" };
static const char *const personas[] = { "anna", "helga", "" };
static const char *const contexts[] = { "hurried", "relaxed", "" };

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

static void add_time(struct str *text, unsigned hour)
{
    str_printf(text, "2026-%02u-%02uT%02u:00:00Z", 1 + hour / 24 / 28, 1 + hour / 24 % 28,
               hour % 24);
}

/* Touchpoint, persona, context. */
static void add_words(struct str *text, unsigned *seed)
{
    const char *place = places[next_random(seed) % 4], *persona = personas[next_random(seed) % 3];
    str_printf(text, "%s,%s,%s", place, persona, contexts[next_random(seed) % 3]);
}

void import_busy_log(unsigned days)
{
    static const char *const activities[] = { "banner", "buy", "call", "pay" };
    struct str text;
    unsigned seed = 20261128;
    str_init(&text);
    str_append(&text, "event_id,ts,case_id,person_id,activity,touchpoint,persona,context,value\n");
    for (int i = 0; i < 900; i++) {
        unsigned who = next_random(&seed) % 60;
        str_printf(&text, "e%d,", i);
        add_time(&text, next_random(&seed) % (days * 24));
        if (who < 40)
            str_printf(&text, ",x%u,p%u,", who, who);
        else
            str_printf(&text, ",,x%u,", who - 40);
        str_printf(&text, "%s,", activities[next_random(&seed) % 4]);
        add_words(&text, &seed);
        str_printf(&text, ",%u\n", next_random(&seed) % 50);
    }
    import_text(text.text);
    str_finish(&text);
}

void import_busy_answers(unsigned days)
{
    static const char *const kinds[] = { "experience", "experience", "", "expectation" };
    struct str text;
    unsigned seed = 1984;
    str_init(&text);
    str_append(&text, "response_id,ts,metric,kind,touchpoint,persona,context,value,scale_min,"
                      "scale_max\n");
    for (int i = 0; i < 600; i++) {
        str_printf(&text, "r%d,", i);
        add_time(&text, next_random(&seed) % (days * 24));
        str_printf(&text, ",m,%s,", kinds[next_random(&seed) % 4]);
        add_words(&text, &seed);
        str_printf(&text, ",%u,0,10\n", next_random(&seed) % 11);
    }
    import_text(text.text);
    str_finish(&text);
}

double ask_number(const char *sql)
{
    const char *answer = fixture_ask(&fixture, sql);
    return answer[0] != '\0' ? atof(answer) : NAN;
}
