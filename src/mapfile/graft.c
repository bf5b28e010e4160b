/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The tree of a text that is another one but for a few lines: only these are parsed, and what they
 * say is grafted onto a copy of the other tree.
 *
 * Lines that are whole items of one block list can be read by themselves: what stands above them
 * tells the parser no more than the column of their dash, as long as none of them begins left of
 * it. That is so where nothing points from one place of the text to another, so texts with anchors,
 * aliases or tags are not for grafting.
 */

#include <stellwerk/mapfile/yaml.h>

#include <string.h>

enum {
    SLAB_NODES = 128,
    WORDS = 512,
    PIECE = 256, /* bytes that are compared at once */
};

/* Bytes `begin`..`end` of the old text, which became `length` others. */
struct change {
    size_t begin, end, length;
};

/* Items of a block list that hold all of a change, and the lines they own. */
struct stock {
    const struct yaml_node *list, *first, *behind; /* `behind` the last of them; NULL */
    size_t depth;                                  /* of the list; the root has 0 */
    size_t column;                                 /* of their dashes */
    size_t begin, end;                             /* bytes of the old text */
    size_t first_index, end_index;                 /* and characters */
};

struct graft {
    struct arena *arena, *nodes;
    const char *file;
    const struct yaml_tree *old;
    struct change change;
    size_t change_index; /* characters before the change */
    struct stock stock;
    struct yaml_tree shoot; /* what the new lines say */
    uint32_t longer;        /* characters that the new text has more, and lines: */
    uint32_t more_lines;    /* both wrap around where it has less */
    struct yaml_node *slab; /* copies are taken from the arena by the slab; here is the next */
    size_t slab_left;
    struct {
        const char *old, *new;
    } words[WORDS]; /* texts that many nodes share: keys */
};

/* ---- Lines ----------------------------------------------------------------------------------- */

static const char *line_begin(const char *text, const char *at)
{
    while (at > text && at[-1] != '\n')
        at--;
    return at;
}

static const char *next_line(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline != NULL ? newline + 1 : end;
}

/* The first byte of a line that is no space. */
static const char *line_content(const char *line, const char *end)
{
    while (line < end && *line == ' ')
        line++;
    return line;
}

/* Nothing but a comment stands there. */
static bool is_idle(const char *content, const char *end)
{
    return content == end || *content == '\n' || *content == '#' ||
           (*content == '\r' && content + 1 < end && content[1] == '\n');
}

static bool is_dash(const char *content, const char *end)
{
    return content < end && *content == '-' &&
           (content + 1 == end || strchr(" \r\n", content[1]) != NULL);
}

/* The first line behind `line` that does not belong to an item whose dash is in that column. */
static const char *item_end(const char *line, const char *end, size_t column)
{
    for (line = next_line(line, end); line < end; line = next_line(line, end)) {
        const char *content = line_content(line, end);
        if ((size_t)(content - line) <= column && !is_idle(content, end))
            break;
    }
    return line;
}

/* All lines are of items whose dashes are in that column; the first begins one. */
static bool are_items(const char *line, const char *end, size_t column)
{
    bool first = true;
    for (; line < end; line = next_line(line, end)) {
        const char *content = line_content(line, end);
        size_t indent = (size_t)(content - line);
        bool dash = indent == column && is_dash(content, end);
        if (first ? !dash : indent <= column && !dash && !is_idle(content, end))
            return false;
        first = false;
    }
    return !first;
}

/* ---- Where the change is --------------------------------------------------------------------- */

/* The last child that begins before the change, else the first; NULL. */
static const struct yaml_node *child_at(const struct graft *graft, const struct yaml_node *node)
{
    const struct yaml_node *child = node->first;
    while (child != NULL && child->next != NULL && child->next->begin <= graft->change_index)
        child = child->next;
    return child;
}

static size_t new_length(const struct graft *graft)
{
    const struct change *change = &graft->change;
    return graft->stock.end - graft->stock.begin - (change->end - change->begin) + change->length;
}

/* Sets where the lines of the first item begin, if its dash is the first thing in its own line. */
static bool find_begin(struct graft *graft)
{
    const struct source *source = &graft->old->source;
    struct stock *stock = &graft->stock;
    const char *node = source->text + source_byte(source, stock->first->begin);
    const char *line = line_begin(source->text, node), *content = line_content(line, node);
    stock->begin = (size_t)(line - source->text);
    stock->column = (size_t)(content - line);
    stock->first_index = stock->first->begin - (size_t)(node - line);
    return is_dash(content, node) && line_content(content + 1, node) == node;
}

/* As many items as hold all of the change, and one more where it leaves nothing of them. */
static const struct yaml_node *find_last(struct graft *graft)
{
    const struct source *source = &graft->old->source;
    struct stock *stock = &graft->stock;
    const struct yaml_node *last = NULL;
    const char *end = source->text + source->length;
    stock->end = stock->begin;
    stock->behind = stock->first;
    do {
        last = stock->behind;
        const char *behind = item_end(source->text + stock->end, end, stock->column);
        stock->end = (size_t)(behind - source->text);
        stock->behind = last->next;
    } while (stock->behind != NULL &&
             (stock->end < graft->change.end || new_length(graft) == 0));
    stock->end_index = source_index_from(source, stock->end, stock->first_index, stock->begin);
    return last;
}

/* Sets the stock that begins with an item. False where its lines cannot be read by themselves,
 * before the change or after it. */
static bool take_stock(struct graft *graft, const struct yaml_node *list,
                       const struct yaml_node *item, size_t depth, const char *text)
{
    struct stock *stock = &graft->stock;
    *stock = (struct stock){ .list = list, .first = item, .depth = depth };
    if (!find_begin(graft) || graft->change.begin < stock->begin)
        return false;
    const struct yaml_node *last = find_last(graft);
    if (stock->end < graft->change.end || last->end > stock->end_index ||
        (stock->behind != NULL && stock->behind->begin < stock->end_index))
        return false;
    const char *lines = text + stock->begin, *end = lines + new_length(graft);
    bool whole = stock->end == graft->old->source.length || (end > lines && end[-1] == '\n');
    return whole && are_items(lines, end, stock->column);
}

/* Finds the innermost list whose items hold all of the change. */
static bool find_stock(struct graft *graft, const struct yaml_node *node, size_t depth,
                       const char *text)
{
    if (node->kind == YAML_TEXT || node->style == YAML_FLOW)
        return false;
    const struct yaml_node *child = child_at(graft, node);
    return child != NULL && (find_stock(graft, child, depth + 1, text) ||
                             (node->kind == YAML_LIST &&
                              take_stock(graft, node, child, depth, text)));
}

/* ---- What the new lines say ------------------------------------------------------------------ */

static size_t height(const struct yaml_node *node)
{
    size_t most = 0;
    if (node->kind == YAML_TEXT)
        return 0;
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
        size_t own = height(child);
        most = own > most ? own : most;
    }
    return most + 1;
}

/* Reads the new lines of the stock by themselves. */
static bool read_shoot(struct graft *graft, const char *text)
{
    const struct stock *stock = &graft->stock;
    struct yaml_tree *shoot = &graft->shoot;
    struct diag_list findings;
    size_t length = new_length(graft);
    const char *lines = arena_strndup(graft->nodes, text + stock->begin, length);
    diag_list_init(&findings, graft->nodes);
    return yaml_read(graft->arena, graft->nodes, graft->file, lines, length, shoot,
                     &findings) &&
           findings.count == 0 && !shoot->linked && shoot->root->kind == YAML_LIST &&
           stock->depth + height(shoot->root) <= YAML_DEPTH_MAX;
}

/* Moves what was read by itself to where it stands. */
static void settle(struct yaml_node *node, uint32_t characters, uint32_t lines)
{
    node->begin += characters;
    node->end += characters;
    node->line += lines;
    if (node->kind != YAML_TEXT)
        for (struct yaml_node *child = node->first; child != NULL; child = child->next)
            settle(child, characters, lines);
}

/* ---- What has not changed -------------------------------------------------------------------- */

static struct yaml_node *node_new(struct graft *graft)
{
    if (graft->slab_left == 0) {
        graft->slab = arena_array(graft->nodes, SLAB_NODES, sizeof(*graft->slab));
        graft->slab_left = SLAB_NODES;
    }
    graft->slab_left--;
    return graft->slab++;
}

/* Nodes that share a text mostly do so soon after one another. */
static const char *copy_text(struct graft *graft, const struct yaml_node *node)
{
    size_t place = ((uintptr_t)node->text >> 3) % WORDS;
    if (graft->words[place].old != node->text) {
        graft->words[place].old = node->text;
        graft->words[place].new = arena_strndup(graft->arena, node->text, node->count);
    }
    return graft->words[place].new;
}

static struct yaml_node *copy_children(struct graft *graft, const struct yaml_node *node,
                                       uint32_t *end);

/* All but `next`. */
static struct yaml_node *copy_node(struct graft *graft, const struct yaml_node *node)
{
    struct yaml_node *copy = node_new(graft);
    *copy = *node;
    copy->next = NULL;
    if (node->begin >= graft->stock.end_index) {
        copy->begin += graft->longer;
        copy->end += graft->longer;
        copy->line += graft->more_lines;
    }
    if (node->kind == YAML_TEXT) {
        copy->text = copy_text(graft, node);
        return copy;
    }
    uint32_t end = copy->end;
    copy->first = copy_children(graft, node, &end);
    if (node->style == YAML_BLOCK)
        copy->end = end;
    if (node == graft->stock.list)
        for (const struct yaml_node *item = graft->stock.first; item != graft->stock.behind;
             item = item->next)
            copy->count--;
    if (node == graft->stock.list)
        copy->count += graft->shoot.root->count;
    return copy;
}

/* Sets `*end` to the end of the last child, where there is one. */
static struct yaml_node *copy_children(struct graft *graft, const struct yaml_node *node,
                                       uint32_t *end)
{
    struct yaml_node *first = NULL, **place = &first;
    const struct yaml_node *child = node->first;
    while (child != NULL) {
        if (child == graft->stock.first) {
            *place = graft->shoot.root->first;
            child = graft->stock.behind;
        } else {
            *place = copy_node(graft, child);
            child = child->next;
        }
        for (; *place != NULL; place = &(*place)->next)
            *end = (*place)->end;
    }
    return first;
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* From the first byte that differs to the last. */
static struct change compare(const struct source *old, const struct source *new)
{
    size_t shorter = old->length < new->length ? old->length : new->length, head = 0, tail = 0;
    while (head + PIECE <= shorter && memcmp(old->text + head, new->text + head, PIECE) == 0)
        head += PIECE;
    while (head < shorter && old->text[head] == new->text[head])
        head++;
    const char *old_end = old->text + old->length, *new_end = new->text + new->length;
    while (tail + PIECE <= shorter - head &&
           memcmp(old_end - tail - PIECE, new_end - tail - PIECE, PIECE) == 0)
        tail += PIECE;
    while (tail < shorter - head && old_end[-1 - (ptrdiff_t)tail] == new_end[-1 - (ptrdiff_t)tail])
        tail++;
    return (struct change){
        .begin = head, .end = old->length - tail, .length = new->length - tail - head
    };
}

/* False, and nobody knows, where the new text must be read whole to tell. */
static bool graft(struct arena *arena, struct arena *nodes, const struct yaml_tree *old,
                  struct yaml_tree *out)
{
    const struct source *source = &out->source;
    struct graft graft = {
        .arena = arena,
        .nodes = nodes,
        .file = source->file,
        .old = old,
        .change = compare(&old->source, source),
    };
    graft.change_index = source_index_from(&old->source, graft.change.begin, 0, 0);
    if (!find_stock(&graft, old->root, 0, source->text) || !read_shoot(&graft, source->text))
        return false;
    uint32_t begin = (uint32_t)graft.stock.first_index;
    settle(graft.shoot.root, begin, source_line(source, begin) - 1);
    graft.longer = (uint32_t)(source->characters - old->source.characters);
    graft.more_lines = (uint32_t)(source->line_count - old->source.line_count);
    out->root = copy_node(&graft, old->root);
    out->steps = graft.shoot.steps;
    return true;
}

bool yaml_read_next(struct arena *arena, struct arena *nodes, const char *file,
                    const struct yaml_tree *known, const char *text, size_t length,
                    struct yaml_tree *out, struct diag_list *findings)
{
    struct diag_list own;
    diag_list_init(&own, nodes);
    *out = (struct yaml_tree){ 0 };
    if (known != NULL && known->root != NULL && !known->linked && !known->source.odd_breaks &&
        source_init(nodes, file, text, length, &out->source, &own) && own.count == 0 &&
        graft(arena, nodes, known, out))
        return true;
    return yaml_read(arena, nodes, file, text, length, out, findings);
}
