/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys of the portfolio and of the Reduction view: tables of keys.c alone, which would be too long
 * with them.
 */
#ifndef STELLWERK_SRC_APP_KEYS_MAPS_H
#define STELLWERK_SRC_APP_KEYS_MAPS_H

#include <stellwerk/app/keymap.h>
#include <stellwerk/base/i18n.h>

static const struct binding portfolio_keys[] = {
    { .key = "Enter", .command = "open", .hint = N_("open"), .priority = 92 },
    { .key = "Down", .command = "down", .hint = N_("map"), .priority = 88 },
    { .key = "s", .command = "arrange next", .hint = N_("sort"), .priority = 86 },
    { .key = "v", .command = "shared", .hint = N_("touchpoints"), .priority = 84 },
    { .key = "r", .command = "reload", .hint = N_("read again"), .priority = 70 },
    { .key = ":", .command = "command", .hint = N_("command"), .priority = 60 },
    { .key = "S", .command = "arrange previous" },
    { .key = "T", .command = "theme toggle" },
    { .key = "C-p", .command = "palette" },
    { .key = "F1", .command = "help" },
    { .key = "Esc", .command = "cancel" },
    { .key = "C-c", .command = "interrupt" },
};

static const struct binding reduction_keys[] = {
    { .key = "Down", .command = "down", .hint = N_("touchpoint"), .priority = 82 },
    { .key = "x", .command = "what-if remove", .hint = N_("without"), .priority = 92 },
    { .key = "<", .command = "what-if left" },
    { .key = ">", .command = "what-if right", .hint = N_("merge"), .priority = 90 },
    { .key = "=", .command = "what-if apply", .hint = N_("do it"), .priority = 88 },
    { .key = "-", .command = "what-if none", .hint = N_("clear"), .priority = 86 },
    { .key = "b", .command = "command benchmark ", .hint = N_("benchmark"), .priority = 84 },
    { .key = "Enter", .command = "detail toggle", .hint = N_("open"), .priority = 74 },
    { .key = "u", .command = "undo", .hint = N_("undo"), .priority = 78 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 72 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 70 },
    { .key = "1", .command = "view map", .hint = N_("map"), .priority = 80 },
    { .key = "Space", .command = "what-if remove" },
    { .key = "X", .command = "what-if remove" },
    { .key = "Del", .command = "what-if remove" },
};

#endif
