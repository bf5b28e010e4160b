/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trees of YAML, compared.
 */
#ifndef STELLWERK_TESTS_MAPFILE_TREES_H
#define STELLWERK_TESTS_MAPFILE_TREES_H

#include <stellwerk/mapfile/yaml.h>

/* Node by node, with the places of each; neither is empty. */
bool trees_equal(const struct yaml_tree *a, const struct yaml_tree *b);

#endif
