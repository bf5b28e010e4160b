/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/contacts.h>

#include <math.h>
#include <string.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/insight/ratio.h>

/* ---- What is asked of a map again and again ------------------------------------------ */

struct ground {
    const struct journey *journey;
    const int *fates; /* NULL: all kept */
    size_t channels;
    bool *breaks;                                                  /* channels × channels */
    enum { MEDIUM_UNKNOWN, MEDIUM_DIGITAL, MEDIUM_OTHER } * media; /* of each channel */
};

static struct ground ground_of(struct arena *arena, const struct journey *journey, const int *fates)
{
    size_t count = journey->channel_count;
    struct ground ground = { .journey = journey, .fates = fates, .channels = count };
    ground.breaks = arena_array(arena, count * count, sizeof(*ground.breaks));
    ground.media = arena_array(arena, count, sizeof(*ground.media));
    for (size_t i = 0; i < count; i++) {
        const char *medium = journey->channels[i].medium;
        if (medium != NULL)
            ground.media[i] = strcmp(medium, "digital") == 0 ? MEDIUM_DIGITAL : MEDIUM_OTHER;
        for (size_t k = 0; k < count; k++)
            ground.breaks[i * count + k] = journey_media_break(journey, (int)i, (int)k);
    }
    return ground;
}

static int fate_of(const struct ground *ground, int touchpoint)
{
    return ground->fates != NULL ? ground->fates[touchpoint] : FATE_KEPT;
}

static bool is_break(const struct ground *ground, int from, int to)
{
    return from != NONE && to != NONE &&
           ground->breaks[(size_t)from * ground->channels + (size_t)to];
}

static bool has_medium(const struct ground *ground, int channel, int medium)
{
    return channel != NONE && (int)ground->media[channel] == medium;
}

/* ---- One row of contacts --------------------------------------------------------------- */

struct walk {
    const struct ground *ground;
    /* Of each touchpoint: the number of the row, and of the contact in it, in which something was
     * last done there; the row 0 is before all rows. */
    size_t *done_in, *done_at;
    size_t row;
    /* Of the row at hand: */
    size_t contacts, repeated, breaks;
    int at, channel; /* where the last contact was */
    double time;     /* between contacts, of all cases of the row together */
    double waiting;  /* since the last one */
    bool digital, other, digital_first;
};

/* What comes next to a contact at the same place, and is done there for the first time in it. */
static bool joins(const struct walk *walk, int touchpoint, int at)
{
    bool done =
        walk->done_in[touchpoint] == walk->row && walk->done_at[touchpoint] == walk->contacts;
    return walk->contacts > 0 && walk->at == at && !done;
}

static void see_medium(struct walk *walk)
{
    if (has_medium(walk->ground, walk->channel, MEDIUM_OTHER)) {
        if (!walk->other)
            walk->digital_first = walk->digital;
        walk->other = true;
    }
    walk->digital |= has_medium(walk->ground, walk->channel, MEDIUM_DIGITAL);
}

static void begin_contact(struct walk *walk, int touchpoint, int at, int channel)
{
    const struct touchpoint *begun = &walk->ground->journey->touchpoints[touchpoint];
    if (walk->contacts++ > 0) {
        walk->breaks += is_break(walk->ground, walk->channel, channel);
        walk->time += walk->waiting;
    }
    walk->repeated += walk->done_in[touchpoint] == walk->row && !begun->repeatable;
    walk->at = at;
    walk->channel = channel;
    see_medium(walk);
}

static void step(struct walk *walk, const struct contact *contact)
{
    int touchpoint = contact->touchpoint, fate = fate_of(walk->ground, touchpoint);
    if (fate == FATE_REMOVED)
        return;
    int at = fate == FATE_KEPT ? touchpoint : fate;
    int channel =
        fate == FATE_KEPT ? contact->channel : walk->ground->journey->touchpoints[at].channel;
    if (!joins(walk, touchpoint, at))
        begin_contact(walk, touchpoint, at, channel);
    walk->done_in[touchpoint] = walk->row;
    walk->done_at[touchpoint] = walk->contacts;
    walk->waiting = contact->wait;
}

static void walk_row(struct walk *walk, const struct contact_row *row)
{
    walk->row++;
    walk->contacts = walk->repeated = walk->breaks = 0;
    walk->at = walk->channel = NONE;
    walk->time = walk->waiting = 0;
    walk->digital = walk->other = walk->digital_first = false;
    for (size_t i = 0; i < row->count; i++)
        step(walk, &row->contacts[i]);
}

/* ---- All of them ------------------------------------------------------------------------ */

struct sums {
    struct moments contacts, breaks;
    struct pairs repeated; /* per contact */
    uint64_t *histogram;   /* cases with so many contacts */
    size_t most;
    uint64_t in_all, none, single, other, digital_first;
    double time;
};

static void add(struct sums *sums, const struct walk *walk, uint64_t cases)
{
    double n = (double)cases, a = (double)walk->repeated, b = (double)walk->contacts;
    const struct pairs pairs = {
        .groups = n,
        .a = n * a,
        .b = n * b,
        .aa = n * a * a,
        .ab = n * a * b,
        .bb = n * b * b,
    };
    moments_merge(&sums->contacts, (struct moments){ .n = n, .mean = b });
    moments_merge(&sums->breaks, (struct moments){ .n = n, .mean = (double)walk->breaks });
    pairs_merge(&sums->repeated, &pairs);
    sums->histogram[walk->contacts] += cases;
    sums->in_all += walk->contacts * cases;
    sums->none += walk->contacts == 0 ? cases : 0;
    sums->single += walk->contacts == 1 ? cases : 0;
    sums->other += walk->other ? cases : 0;
    sums->digital_first += walk->digital_first ? cases : 0;
    sums->time += walk->time;
}

static size_t longest(const struct contacts *contacts)
{
    size_t most = 0;
    for (size_t i = 0; i < contacts->count; i++)
        if (contacts->rows[i].count > most)
            most = contacts->rows[i].count;
    return most;
}

static double median_of(struct arena *arena, const struct sums *sums)
{
    struct bin *bins = arena_array(arena, sums->most + 1, sizeof(*bins));
    size_t count = 0;
    for (size_t i = 0; i <= sums->most; i++)
        if (sums->histogram[i] > 0)
            bins[count++] = (struct bin){ .value = (double)i, .count = sums->histogram[i] };
    return bins_quantile(bins, count, 0.5);
}

static struct contact_figures figures_of(struct arena *arena, const struct sums *sums,
                                         uint64_t cases)
{
    double n = (double)cases;
    return (struct contact_figures){
        .per_case = mean_estimate(sums->contacts, CONFIDENCE_95),
        .median = median_of(arena, sums),
        .single = proportion_estimate((double)sums->single, n, CONFIDENCE_95),
        .repeated = ratio_estimate(&sums->repeated, CONFIDENCE_95),
        .digital_first =
            proportion_estimate((double)sums->digital_first, (double)sums->other, CONFIDENCE_95),
        .breaks = mean_estimate(sums->breaks, CONFIDENCE_95),
        .time = cases > 0 ? sums->time / n : NAN,
        .contacts = sums->in_all,
        .none = sums->none,
    };
}

struct contact_figures contact_figures_of(struct arena *arena, const struct journey *journey,
                                          const struct contacts *contacts, const int *fates)
{
    size_t touchpoints = journey->touchpoint_count;
    struct ground ground = ground_of(arena, journey, fates);
    struct walk walk = {
        .ground = &ground,
        .done_in = arena_array(arena, touchpoints, sizeof(*walk.done_in)),
        .done_at = arena_array(arena, touchpoints, sizeof(*walk.done_at)),
    };
    struct sums sums = { .most = longest(contacts) };
    sums.histogram = arena_array(arena, sums.most + 1, sizeof(*sums.histogram));
    for (size_t i = 0; i < contacts->count; i++) {
        walk_row(&walk, &contacts->rows[i]);
        add(&sums, &walk, contacts->rows[i].cases);
    }
    return figures_of(arena, &sums, contacts->cases);
}

/* ---- Touchpoint by touchpoint ------------------------------------------------------------ */

/* n log2(n / total), which is 0 for none. */
static double surprise(double n, double total)
{
    return n > 0 ? n * log2(n / total) : 0;
}

/* Of a table of two by two: rows met or not, columns completed or not. */
static double information_of(const double cells[2][2])
{
    double rows[2] = { cells[0][0] + cells[0][1], cells[1][0] + cells[1][1] };
    double columns[2] = { cells[0][0] + cells[1][0], cells[0][1] + cells[1][1] };
    double total = rows[0] + rows[1];
    double whole = -surprise(columns[0], total) - surprise(columns[1], total), left = 0;
    if (!(whole > 0))
        return NAN;
    for (int i = 0; i < 2; i++)
        left -= surprise(cells[i][0], rows[i]) + surprise(cells[i][1], rows[i]);
    return fmin(1, fmax(0, 1 - left / whole));
}

/* Of each touchpoint: cases that were here and completed. */
static uint64_t *count_present(struct arena *arena, const struct journey *journey,
                               const struct contacts *contacts, struct contact_count *counts)
{
    uint64_t *completed = arena_array(arena, journey->touchpoint_count, sizeof(*completed));
    size_t *met_in = arena_array(arena, journey->touchpoint_count, sizeof(*met_in));
    for (size_t i = 0; i < contacts->count; i++) {
        const struct contact_row *row = &contacts->rows[i];
        for (size_t k = 0; k < row->count; k++) {
            int touchpoint = row->contacts[k].touchpoint;
            counts[touchpoint].contacts += row->cases;
            if (met_in[touchpoint] == i + 1)
                continue;
            met_in[touchpoint] = i + 1;
            counts[touchpoint].present += row->cases;
            completed[touchpoint] += row->completed ? row->cases : 0;
        }
    }
    return completed;
}

struct contact_count *contact_counts_new(struct arena *arena, const struct journey *journey,
                                         const struct contacts *contacts)
{
    struct contact_count *counts = arena_array(arena, journey->touchpoint_count, sizeof(*counts));
    const uint64_t *completed = count_present(arena, journey, contacts, counts);
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        double here = (double)counts[i].present, done = (double)completed[i];
        double absent = (double)(contacts->cases - counts[i].present);
        double absent_done = (double)contacts->completed - done;
        const double cells[2][2] = { { done, here - done }, { absent_done, absent - absent_done } };
        counts[i].information = (int)i == contacts->goal ? NAN : information_of(cells);
    }
    return counts;
}
