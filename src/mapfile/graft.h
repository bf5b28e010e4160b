/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tree of a text that is another one but for a few lines: only these are parsed, and what they
 * say is grafted onto a copy of the other tree. Private to mapfile/.
 *
 * Lines that are whole items of one block list can be read by themselves: what stands above them
 * tells the parser no more than the column of their dash, as long as none of them begins left of
 * it. That is so where nothing points from one place of the text to another, so texts with anchors,
 * aliases or tags are not for grafting.
 */
#ifndef STELLWERK_SRC_MAPFILE_GRAFT_H
#define STELLWERK_SRC_MAPFILE_GRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/mapfile/yaml.h>

/* Bytes `begin`..`end` of the old text, which became `length` others. */
struct graft_change {
    size_t begin, end, length;
};

/*
 * What yaml_read() makes of a new text of `length` bytes, where that is nothing worth a finding.
 * `old` was read without an error. False, and nobody knows, where the new text must be read whole
 * to tell. Memory and what is borrowed are as with yaml_read().
 */
[[nodiscard]] bool graft_read(struct arena *arena, struct arena *nodes, const char *file,
                              const struct yaml_tree *old, struct graft_change change,
                              const char *text, size_t length, struct yaml_tree *out);

#endif
