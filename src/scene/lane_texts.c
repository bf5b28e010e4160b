/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/lanes.h>

#include <math.h>

#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

static void add_texts(struct writing *writing, struct style style, struct texts texts)
{
    for (size_t i = 0; i < texts.count; i++)
        writing_add(writing, style, texts.items[i]);
}

static const struct touchpoint *touchpoint_at(const struct stage_set *set, int touchpoint)
{
    return &set->journey->touchpoints[touchpoint];
}

void lane_write_channel(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    int channel = touchpoint_at(set, touchpoint)->channel;
    if (channel == NONE)
        return;
    const char *title = channel_title(&set->journey->channels[channel]);
    if (!set->readings->items[touchpoint].media_break)
        writing_add(writing, style_ink(INK_TEXT), title);
    else
        writing_add(
            writing, style_ink(INK_BAD),
            arena_printf(writing->arena, "%s %s", glyph(writing->medium, GLYPH_BREAK), title));
}

void lane_write_actions(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    add_texts(writing, style_ink(INK_DIM), touchpoint_at(set, touchpoint)->actions);
}

void lane_write_thoughts(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    add_texts(writing, style_ink(INK_TEXT), touchpoint_at(set, touchpoint)->thoughts);
}

void lane_write_quotes(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = touchpoint_at(set, touchpoint);
    for (size_t i = 0; i < at->quote_count; i++) {
        const struct quote *quote = &at->quotes[i];
        if (quote->persona != NONE && set->lens.persona != NONE &&
            quote->persona != set->lens.persona)
            continue;
        writing_add(writing, style_ink(INK_TEXT), wording_quoted(writing->arena, quote->text));
        if (quote->source != NULL)
            writing_add(writing, style_ink(INK_DIM),
                        arena_printf(writing->arena, "— %s", quote->source));
    }
}

void lane_write_pains(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    add_texts(writing, style_ink(INK_BAD), touchpoint_at(set, touchpoint)->pains);
}

void lane_write_gains(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    add_texts(writing, style_ink(INK_GOOD), touchpoint_at(set, touchpoint)->gains);
}

void lane_write_promise(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    writing_add(writing, style_ink(INK_PROMISE), touchpoint_at(set, touchpoint)->promise.claim);
}

void lane_write_owner(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    writing_add(writing, style_ink(INK_DIM), touchpoint_at(set, touchpoint)->owner);
}

void lane_write_systems(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    add_texts(writing, style_ink(INK_DIM), touchpoint_at(set, touchpoint)->systems);
}

void lane_write_backstage(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    add_texts(writing, style_ink(INK_DIM), touchpoint_at(set, touchpoint)->backstage);
}

void lane_write_content(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = touchpoint_at(set, touchpoint);
    for (size_t i = 0; i < at->content_count; i++) {
        const struct content *content = &at->contents[i];
        bool live = content->status == CONTENT_NONE || content->status == CONTENT_LIVE;
        const char *text = live ? content->title
                                : arena_printf(writing->arena, "%s (%s)", content->title,
                                               content_word(content->status));
        enum ink ink = content->status == CONTENT_MISSING ? INK_BAD : INK_TEXT;
        writing_add(writing, style_ink(ink), text);
    }
}

void lane_write_metrics(struct writing *writing, const struct stage_set *set, int touchpoint)
{
    struct indices metrics = touchpoint_at(set, touchpoint)->metrics;
    for (size_t i = 0; i < metrics.count; i++) {
        const struct metric *metric = &set->journey->metrics[metrics.items[i]];
        const struct measure *measure = figures_find(set->figures, touchpoint, metrics.items[i]);
        double value = measure == NULL || measure->status > MEASURE_SMALL ? NAN : measure->value;
        writing_add(writing, style_ink(isnan(value) ? INK_DIM : INK_TEXT),
                    arena_printf(writing->arena, "%s %s",
                                 wording_value(writing->arena, metric, measure, value),
                                 metric_title(metric)));
    }
}

void lane_write_opportunities(struct writing *writing, const struct stage_set *set,
                                int touchpoint)
{
    const struct touchpoint *at = touchpoint_at(set, touchpoint);
    for (size_t i = 0; i < at->opportunity_count; i++) {
        const struct opportunity *opportunity = &at->opportunities[i];
        if (opportunity->status == STATUS_DROPPED)
            continue;
        writing_add(writing, style_ink(INK_GOOD),
                    arena_printf(writing->arena, "%s (%s)", opportunity->title,
                                 opportunity_word(opportunity->status)));
    }
}
