/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>
#include <math.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/scene/silos.h>

#include "markup.h"

/* One row of any kind; what a kind has no use for is empty. */
struct row {
    const char *kind, *state;
    const char *owner, *other_owner, *metric, *other_metric, *system;
    const char *stage, *touchpoint, *channel, *persona, *content, *tone, *rhythm;
    double n, value, low, high, p, adjusted;
};

static const struct row blank = {
    .n = NAN, .value = NAN, .low = NAN, .high = NAN, .p = NAN, .adjusted = NAN
};

static void append_row(struct str *out, const struct row *row)
{
    const char *const texts[] = { row->state,   row->owner,        row->other_owner,
                                  row->metric,  row->other_metric, row->system,
                                  row->stage,   row->touchpoint,   row->channel,
                                  row->persona, row->content,      row->tone,
                                  row->rhythm };
    const double figures[] = { row->n, row->value, row->low, row->high, row->p, row->adjusted };
    str_append(out, row->kind);
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        str_append_char(out, ',');
        report_csv_text(out, texts[i]);
    }
    for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
        report_csv_number(out, figures[i]);
    str_append_char(out, '\n');
}

/* ---- Of the map -------------------------------------------------------------------- */

static const char *owner_name(const struct stage_set *set, int owner)
{
    return owner == NONE ? NULL : set->silos->owners[owner].name;
}

static const char *metric_id(const struct stage_set *set, int metric)
{
    return metric == NONE ? NULL : set->journey->metrics[metric].id;
}

static void append_holdings(struct str *out, const struct stage_set *set)
{
    const struct silos *silos = set->silos;
    for (size_t i = 0; i < silos->thing_count; i++)
        for (size_t k = 0; k < silos->owner_count; k++) {
            const struct silo_thing *thing = &silos->things[i];
            struct row row = blank;
            if (thing->held[k] == HOLDING_NONE)
                continue;
            row.kind = "holding";
            row.state = thing->held[k] == HOLDING_HAS ? "has" : "lacks";
            row.owner = silos->owners[k].name;
            row.metric = metric_id(set, thing->metric);
            row.system = thing->system;
            append_row(out, &row);
        }
}

static void append_lack(struct str *out, const struct stage_set *set, const struct silo_lack *lack,
                        int touchpoint)
{
    const struct touchpoint *at = &set->journey->touchpoints[touchpoint];
    struct row row = blank;
    row.kind = "lack";
    row.state = lack_kind_name(lack->kind);
    row.owner = owner_name(set, lack->owner);
    row.other_owner = owner_name(set, lack->holder);
    row.metric = metric_id(set, lack->metric);
    row.stage = set->journey->stages[at->stage].id;
    row.touchpoint = at->id;
    if (lack->systems.count == 0)
        append_row(out, &row);
    for (size_t i = 0; i < lack->systems.count; i++) {
        row.system = lack->systems.items[i];
        append_row(out, &row);
    }
}

static void append_lacks(struct str *out, const struct stage_set *set)
{
    for (size_t i = 0; i < set->silos->lack_count; i++) {
        const struct silo_lack *lack = &set->silos->lacks[i];
        for (size_t k = 0; k < lack->touchpoints.count; k++)
            append_lack(out, set, lack, lack->touchpoints.items[k]);
    }
}

/* A row to each persona that it is for; one without where it is for all. */
static void append_contents(struct str *out, const struct stage_set *set)
{
    const struct journey *journey = set->journey;
    for (size_t i = 0; i < set->contents->count; i++) {
        const struct content_item *item = &set->contents->items[i];
        const struct touchpoint *at = &journey->touchpoints[item->touchpoint];
        const struct indices *personas = &item->content->personas;
        struct row row = blank;
        row.kind = "content";
        row.state = content_status_name(item->content->status);
        row.owner = at->owner;
        row.stage = journey->stages[at->stage].id;
        row.touchpoint = at->id;
        row.content = item->content->title;
        row.tone = item->content->tone;
        row.rhythm = item->content->rhythm;
        if (personas->count == 0)
            append_row(out, &row);
        for (size_t k = 0; k < personas->count; k++) {
            row.persona = journey->personas[personas->items[k]].id;
            append_row(out, &row);
        }
    }
}

/* ---- Of the store ------------------------------------------------------------------ */

static void append_pulls(struct str *out, const struct stage_set *set)
{
    const struct pulls *pulls = set->silo_evidence != NULL ? set->silo_evidence->pulls : NULL;
    for (size_t i = 0; pulls != NULL && i < pulls->count; i++) {
        const struct pull *pull = &pulls->items[i];
        struct row row = blank;
        row.kind = "pull";
        row.state = pull_verdict_name(pull->verdict);
        row.owner = pulls->figures[pull->a].owner;
        row.other_owner = pulls->figures[pull->b].owner;
        row.metric = metric_id(set, pulls->figures[pull->a].metric);
        row.other_metric = metric_id(set, pulls->figures[pull->b].metric);
        row.n = pull->test.changes.n;
        row.value = pull->test.oriented;
        row.p = pull->test.p;
        row.adjusted = pull->adjusted;
        append_row(out, &row);
    }
}

/* The value is the share of all cases that cross it. */
static void append_crossings(struct str *out, const struct stage_set *set)
{
    const struct silo_evidence *evidence = set->silo_evidence;
    const struct crossings *crossings = evidence != NULL ? evidence->crossings : NULL;
    for (size_t i = 0; crossings != NULL && i < crossings->count; i++) {
        const struct crossing *at = &crossings->items[i];
        struct estimate share =
            proportion_estimate((double)at->cases, (double)crossings->cases, CONFIDENCE_95);
        struct row row = blank;
        row.kind = "handover";
        row.state = at->seams > 0 ? "on_the_map" : "not_on_the_map";
        row.owner = owner_name(set, at->from);
        row.other_owner = owner_name(set, at->to);
        row.n = (double)crossings->cases;
        row.value = share.value;
        row.low = share.interval.low;
        row.high = share.interval.high;
        append_row(out, &row);
        row.kind = "passes";
        row.value = (double)at->passes;
        row.low = row.high = NAN;
        append_row(out, &row);
    }
}

static void append_stage(struct str *out, const struct stage_set *set,
                         const struct consistency_row *found)
{
    const struct journey *journey = set->journey;
    struct row row = blank;
    row.kind = "stage";
    row.state = agreement_name(found->agreement);
    row.stage = journey->stages[found->stage].id;
    row.touchpoint = found->touchpoint == NONE ? NULL : journey->touchpoints[found->touchpoint].id;
    row.n = (double)found->count;
    row.value = found->test.tau;
    row.p = found->test.p;
    row.adjusted = found->adjusted;
    append_row(out, &row);
    row.kind = "channel";
    row.state = NULL;
    row.p = row.adjusted = NAN;
    for (size_t i = 0; i < found->count; i++) {
        row.channel = journey->channels[found->channels[i].channel].id;
        row.n = (double)found->channels[i].n;
        row.value = found->channels[i].score;
        row.low = found->channels[i].lo;
        row.high = found->channels[i].hi;
        append_row(out, &row);
    }
}

void report_csv_silos(struct str *out, const struct stage_set *set)
{
    const struct silo_evidence *evidence = set->silo_evidence;
    str_append(out, "kind,state,owner,other_owner,metric,other_metric,system,stage,touchpoint,"
                    "channel,persona,content,tone,rhythm,n,value,low,high,p,p_adjusted\n");
    append_pulls(out, set);
    append_lacks(out, set);
    append_crossings(out, set);
    for (size_t i = 0;
         evidence != NULL && evidence->consistency != NULL && i < evidence->consistency->count; i++)
        append_stage(out, set, &evidence->consistency->items[i]);
    append_holdings(out, set);
    append_contents(out, set);
}
