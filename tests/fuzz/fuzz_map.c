/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libFuzzer's way into the readers of mapfile/: `make fuzz` builds and runs it.
 *
 * Whatever the bytes are, reading ends soon, touches no memory that is not its own, tells a place
 * for everything it refuses, and what it returns keeps the promises of the headers.
 */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/mapfile/mapping.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/mapfile/yaml.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_findings(const struct diag_list *findings, bool refused)
{
    assert(!refused || findings->errors > 0);
    for (size_t i = 0; i < findings->count; i++)
        assert(findings->items[i].pos.line > 0 && findings->items[i].pos.column > 0);
}

/* Nodes stand in the order of the text, within their parents. */
static void check_node(const struct yaml_tree *tree, const struct yaml_node *node, size_t depth)
{
    assert(depth <= YAML_DEPTH_MAX);
    assert(node->begin <= node->end && node->end <= tree->source.characters);
    struct pos pos = yaml_pos(tree, node);
    struct pos same = source_pos(&tree->source, node->begin);
    assert(pos.line == same.line && pos.column == same.column);
    if (node->kind == YAML_TEXT)
        assert(strlen(node->text) == node->count);
    if (node->kind == YAML_ALIAS)
        assert(node->target->anchored);
    if (node->kind != YAML_LIST && node->kind != YAML_PAIRS)
        return;
    uint32_t at = node->begin;
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
        assert(child->begin >= at && child->end <= node->end);
        at = child->begin;
        check_node(tree, child, depth + 1);
    }
}

static void check_tree(struct arena *arena, const char *text, size_t size)
{
    struct diag_list findings;
    diag_list_init(&findings, arena);
    struct yaml_tree tree;
    bool fine = yaml_read(arena, arena, "map.yaml", text, size, &tree, &findings);
    check_findings(&findings, !fine);
    if (fine && tree.root != NULL)
        check_node(&tree, tree.root, 0);
}

static void check_score(double score)
{
    assert(isnan(score) || (score >= 0 && score <= 100));
}

static void check_touchpoint(const struct journey *journey, const struct touchpoint *touchpoint)
{
    assert(touchpoint->id != NULL && touchpoint->title != NULL);
    assert(touchpoint->stage >= 0 && (size_t)touchpoint->stage < journey->stage_count);
    assert(touchpoint->channel < (int)journey->channel_count);
    check_score(touchpoint->standard);
    for (size_t i = 0; i < touchpoint->expectation_count; i++) {
        const struct expectation *expectation = &touchpoint->expectations[i];
        assert(expectation->adequate <= expectation->desired);
        assert(expectation->scope.persona < (int)journey->persona_count);
        assert(expectation->scope.context < (int)journey->context_count);
    }
    for (size_t i = 0; i < touchpoint->experience_count; i++)
        assert(touchpoint->experiences[i].score >= 0 && touchpoint->experiences[i].score <= 100);
    for (size_t i = 0; i < touchpoint->metrics.count; i++)
        assert(touchpoint->metrics.items[i] >= 0 &&
               (size_t)touchpoint->metrics.items[i] < journey->metric_count);
    for (size_t i = 0; i < touchpoint->quote_count; i++)
        assert(touchpoint->quotes[i].text != NULL);
}

static void check_metric(const struct metric *metric)
{
    assert(metric->id != NULL && metric->label != NULL && metric->type < METRIC_TYPE_COUNT);
    assert(metric->anchors.count != 1);
    for (size_t i = 1; i < metric->anchors.count; i++)
        assert(metric->anchors.items[i - 1].raw < metric->anchors.items[i].raw);
}

static void check_map(struct arena *arena, const char *text, size_t size)
{
    struct diag_list findings;
    diag_list_init(&findings, arena);
    struct journey *journey;
    bool fine = map_read_text(arena, "/nowhere/map.yaml", text, size, &journey, &findings);
    check_findings(&findings, !fine);
    assert(fine == (journey != NULL));
    if (!fine)
        return;
    size_t counted = 0;
    for (size_t i = 0; i < journey->stage_count; i++)
        counted += journey->stages[i].count;
    assert(counted == journey->touchpoint_count);
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        check_touchpoint(journey, &journey->touchpoints[i]);
    for (size_t i = 0; i < journey->metric_count; i++)
        check_metric(&journey->metrics[i]);
}

static void check_mapping(struct arena *arena, const char *text, size_t size)
{
    struct diag_list findings;
    diag_list_init(&findings, arena);
    struct import_mapping *mapping;
    bool fine = mapping_read_text(arena, "mapping.yaml", text, size, &mapping, &findings);
    check_findings(&findings, !fine);
    for (size_t i = 0; fine && i < mapping->unpivot_count; i++)
        assert(mapping->unpivot[i].column != NULL && mapping->unpivot[i].metric != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    struct arena arena;
    arena_init(&arena);
    check_tree(&arena, text, size);
    check_map(&arena, text, size);
    check_mapping(&arena, text, size);
    arena_finish(&arena);
    free(text);
    return 0;
}
