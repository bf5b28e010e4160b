/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/near.h>

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/base/utf8.h>

/* Words are keys and ids; what is longer than this was not mistyped but is something else. */
enum { LETTERS_MAX = 64 };

struct letters {
    uint32_t items[LETTERS_MAX];
    size_t count;
};

static bool letters_read(struct letters *letters, const char *word)
{
    letters->count = 0;
    while (*word != '\0') {
        if (letters->count == LETTERS_MAX)
            return false;
        size_t bytes;
        uint32_t letter = utf8_decode(word, &bytes);
        letters->items[letters->count++] = letter < 128 ? (uint32_t)tolower((int)letter) : letter;
        word += bytes;
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * Optimal string alignment distance, row by row. rows[0] is being filled, rows[1] is the row of one
 * letter of `a` less and rows[2] of two, which a transposition looks back to.
 */
static size_t distance(const struct letters *a, const struct letters *b)
{
    size_t space[3][LETTERS_MAX + 1];
    size_t *rows[3] = { space[0], space[1], space[2] };
    for (size_t j = 0; j <= b->count; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a->count; i++) {
        size_t *oldest = rows[2];
        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        rows[0][0] = i;
        for (size_t j = 1; j <= b->count; j++) {
            bool same = a->items[i - 1] == b->items[j - 1];
            size_t cost = rows[1][j - 1] + !same;
            cost = least(cost, least(rows[1][j], rows[0][j - 1]) + 1);
            if (i > 1 && j > 1 && a->items[i - 1] == b->items[j - 2] &&
                a->items[i - 2] == b->items[j - 1])
                cost = least(cost, rows[2][j - 2] + 1);
            rows[0][j] = cost;
        }
    }
    return rows[0][b->count];
}

void near_init(struct near *near, const char *wanted)
{
    *near = (struct near){ .wanted = wanted, .distance = SIZE_MAX };
}

void near_offer(struct near *near, const char *known)
{
    struct letters a, b;
    if (near->distance == 0)
        return;
    if (!letters_read(&a, near->wanted) || !letters_read(&b, known))
        return;
    size_t longer = a.count > b.count ? a.count : b.count;
    size_t shorter = least(a.count, b.count);
    size_t allowed = least(longer / 3, near->distance - 1);
    if (longer - shorter > allowed)
        return;
    size_t found = distance(&a, &b);
    if (found > allowed)
        return;
    near->best = known;
    near->distance = found;
}
