/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/keymap.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

#include "keys_maps.h"

/* TRANSLATORS: the words in these tables stand behind a key in the bottom line: one short word
 * each. */
static const struct binding normal_keys[] = {
    { .key = "Enter", .command = "detail toggle", .hint = N_("open"), .priority = 90 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 80 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 70 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 65 },
    { .key = "[", .command = "earlier" },
    { .key = "]", .command = "later" },
    { .key = "m", .command = "overlay toggle", .hint = N_("measured"), .priority = 60 },
    { .key = "M", .command = "metrics", .hint = N_("metric"), .priority = 25 },
    { .key = "v", .command = "lanes", .hint = N_("lanes"), .priority = 40 },
    { .key = "/", .command = "search", .hint = N_("search"), .priority = 50 },
    { .key = "e", .command = "form", .hint = N_("edit"), .priority = 75 },
    { .key = "i", .command = "cells", .hint = N_("cells"), .priority = 43 },
    { .key = "d", .command = "drag", .hint = N_("drag"), .priority = 42 },
    { .key = "a", .command = "command new touchpoint ", .hint = N_("add"), .priority = 38 },
    { .key = "u", .command = "undo", .hint = N_("undo"), .priority = 36 },
    { .key = "C-s", .command = "write", .hint = N_("save"), .priority = 34 },
    { .key = "E", .command = "edit", .hint = N_("editor"), .priority = 35 },
    { .key = ":", .command = "command", .hint = N_("command"), .priority = 45 },
    { .key = "?", .command = "help", .hint = N_("help"), .priority = 100 },
    { .key = "q", .command = "quit", .hint = N_("quit"), .priority = 95 },
    { .key = "C-p", .command = "palette", .hint = N_("palette"), .priority = 37 },
    { .key = "T", .command = "theme toggle", .hint = N_("theme"), .priority = 10 },
    { .key = "o", .command = "form map" },
    { .key = "C-r", .command = "redo" },
    { .key = "U", .command = "redo" },
    { .key = "A", .command = "command new stage " },
    { .key = "<", .command = "carry left" },
    { .key = ">", .command = "carry right" },
    { .key = "{", .command = "carry-stage left" },
    { .key = "}", .command = "carry-stage right" },
    { .key = "Del", .command = "remove" },
    { .key = "X", .command = "remove" },
    { .key = "1", .command = "view map" },
    { .key = "2", .command = "view gaps", .hint = N_("gaps"), .priority = 44 },
    { .key = "3", .command = "view personas", .hint = N_("personas"), .priority = 39 },
    { .key = "4", .command = "view metrics", .hint = N_("over time"), .priority = 41 },
    { .key = "5", .command = "view paths", .hint = N_("paths"), .priority = 33 },
    { .key = "6", .command = "view attribution", .hint = N_("credit"), .priority = 32 },
    { .key = "7", .command = "view silos", .hint = N_("silos"), .priority = 31 },
    { .key = "0", .command = "view promises", .hint = N_("promises"), .priority = 28 },
    { .key = "8", .command = "view opportunities", .hint = N_("board"), .priority = 30 },
    { .key = "R", .command = "view reduction", .hint = N_("reduction"), .priority = 29 },
    { .key = "C", .command = "context previous" },
    { .key = "P", .command = "persona previous" },
    { .key = "W", .command = "period previous" },
    { .key = "BS", .command = "portfolio", .hint = N_("maps"), .priority = 77 },
    { .key = "Left", .command = "left" },
    { .key = "h", .command = "left" },
    { .key = "Right", .command = "right" },
    { .key = "l", .command = "right" },
    { .key = "Up", .command = "up" },
    { .key = "k", .command = "up" },
    { .key = "Down", .command = "down" },
    { .key = "j", .command = "down" },
    { .key = "Home", .command = "first" },
    { .key = "g", .command = "first" },
    { .key = "End", .command = "last" },
    { .key = "G", .command = "last" },
    { .key = "PgUp", .command = "page-up" },
    { .key = "PgDn", .command = "page-down" },
    { .key = "Tab", .command = "stage-next" },
    { .key = "S-Tab", .command = "stage-previous" },
    { .key = "n", .command = "search-next" },
    { .key = "N", .command = "search-previous" },
    { .key = "y", .command = "copy" },
    { .key = "r", .command = "reload" },
    { .key = "Esc", .command = "cancel" },
    { .key = "C-c", .command = "interrupt" },
    { .key = "F1", .command = "help" },
    { .key = "WheelUp", .command = "left" },
    { .key = "WheelDown", .command = "right" },
};

static const struct binding detail_keys[] = {
    { .key = "Esc", .command = "cancel", .hint = N_("close"), .priority = 100 },
    { .key = "Down", .command = "down", .hint = N_("scroll"), .priority = 90 },
    { .key = "Right", .command = "right", .hint = N_("next"), .priority = 80 },
    { .key = "e", .command = "form", .hint = N_("edit"), .priority = 85 },
    { .key = "E", .command = "edit", .hint = N_("editor"), .priority = 70 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 60 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 55 },
    { .key = "?", .command = "help", .hint = N_("help"), .priority = 95 },
    { .key = "q", .command = "cancel" },
};

static const struct binding gaps_keys[] = {
    { .key = "Enter", .command = "detail toggle", .hint = N_("why"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("gap"), .priority = 86 },
    { .key = "s", .command = "sort next", .hint = N_("sort"), .priority = 84 },
    { .key = "f", .command = "filters", .hint = N_("filter"), .priority = 82 },
    { .key = "v", .command = "picture next", .hint = N_("plot"), .priority = 81 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 72 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 64 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 70 },
    { .key = "e", .command = "form", .hint = N_("edit"), .priority = 66 },
    { .key = "1", .command = "view map", .hint = N_("map"), .priority = 80 },
    { .key = "S", .command = "sort previous" },
    { .key = "F", .command = "filter all" },
    { .key = "V", .command = "picture previous" },
};

static const struct binding personas_keys[] = {
    { .key = "Enter", .command = "detail toggle", .hint = N_("open"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("difference"), .priority = 88 },
    { .key = "Right", .command = "right", .hint = N_("touchpoint"), .priority = 78 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 76 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 72 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 70 },
};

static const struct binding board_keys[] = {
    { .key = "Enter", .command = "detail toggle", .hint = N_("open"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("next"), .priority = 88 },
    { .key = "s", .command = "board next", .hint = N_("board"), .priority = 86 },
    { .key = "e", .command = "form", .hint = N_("edit"), .priority = 82 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 72 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 64 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 70 },
    { .key = "S", .command = "board previous" },
};

static const struct binding page_keys[] = {
    { .key = "Down", .command = "down", .hint = N_("scroll"), .priority = 90 },
    { .key = "PgDn", .command = "page-down", .hint = N_("page"), .priority = 88 },
    { .key = "Space", .command = "page-down" },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 76 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 72 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 74 },
    { .key = "Enter", .command = "detail toggle", .hint = N_("touchpoint"), .priority = 70 },
};

static const struct binding promises_keys[] = {
    { .key = "Enter", .command = "detail toggle", .hint = N_("touchpoint"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("claim"), .priority = 88 },
    { .key = "e", .command = "form", .hint = N_("edit"), .priority = 74 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 76 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 70 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 72 },
    { .key = "Space", .command = "page-down" },
};

static const struct binding metrics_keys[] = {
    { .key = "Left", .command = "slice previous" },
    { .key = "Right", .command = "slice next", .hint = N_("time"), .priority = 88 },
    { .key = "Down", .command = "down", .hint = N_("metric"), .priority = 86 },
    { .key = "Enter", .command = "rows", .hint = N_("rows"), .priority = 90 },
    { .key = "Tab", .command = "right", .hint = N_("touchpoint"), .priority = 85 },
    { .key = "b", .command = "by next", .hint = N_("unit"), .priority = 74 },
    { .key = "t", .command = "everywhere toggle", .hint = N_("all"), .priority = 72 },
    { .key = "f", .command = "channel next", .hint = N_("channel"), .priority = 68 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 64 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 62 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 70 },
    { .key = "d", .command = "command period ", .hint = N_("dates"), .priority = 66 },
    { .key = "s", .command = "unassigned", .hint = N_("assign"), .priority = 60 },
    { .key = "1", .command = "view map", .hint = N_("map"), .priority = 80 },
    { .key = "B", .command = "by previous" },
    { .key = "F", .command = "channel previous" },
    { .key = "S-Tab", .command = "left" },
    { .key = "h", .command = "slice previous" },
    { .key = "l", .command = "slice next" },
    { .key = "Home", .command = "slice first" },
    { .key = "g", .command = "slice first" },
    { .key = "End", .command = "slice last" },
    { .key = "G", .command = "slice last" },
};

static const struct binding paths_keys[] = {
    { .key = "Enter", .command = "case picked", .hint = N_("case"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("way"), .priority = 88 },
    { .key = "b", .command = "compare next", .hint = N_("compare"), .priority = 84 },
    { .key = "f", .command = "channel next", .hint = N_("channel"), .priority = 68 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 76 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 72 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 70 },
    { .key = "6", .command = "view attribution", .hint = N_("credit"), .priority = 60 },
    { .key = "1", .command = "view map", .hint = N_("map"), .priority = 80 },
    { .key = "B", .command = "compare previous" },
    { .key = "F", .command = "channel previous" },
    { .key = "Space", .command = "page-down" },
};

static const struct binding case_keys[] = {
    { .key = "Esc", .command = "cancel", .hint = N_("back"), .priority = 95 },
    { .key = "Down", .command = "down", .hint = N_("scroll"), .priority = 86 },
    { .key = "n", .command = "case next", .hint = N_("next"), .priority = 90 },
    { .key = "N", .command = "case previous", .hint = N_("previous"), .priority = 84 },
    { .key = "1", .command = "view map", .hint = N_("map"), .priority = 80 },
    { .key = "?", .command = "help", .hint = N_("help"), .priority = 100 },
    { .key = "Enter", .command = "cancel" },
    { .key = "q", .command = "cancel" },
    { .key = "Space", .command = "page-down" },
};

static const struct binding credits_keys[] = {
    { .key = "b", .command = "bootstrap", .hint = N_("intervals"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("scroll"), .priority = 86 },
    { .key = "f", .command = "channel next", .hint = N_("channel"), .priority = 68 },
    { .key = "p", .command = "persona next", .hint = N_("persona"), .priority = 76 },
    { .key = "c", .command = "context next", .hint = N_("context"), .priority = 72 },
    { .key = "w", .command = "period next", .hint = N_("period"), .priority = 70 },
    { .key = "5", .command = "view paths", .hint = N_("paths"), .priority = 60 },
    { .key = "1", .command = "view map", .hint = N_("map"), .priority = 80 },
    { .key = "F", .command = "channel previous" },
    { .key = "Space", .command = "page-down" },
};

static const struct binding rows_keys[] = {
    { .key = "Esc", .command = "cancel", .hint = N_("close"), .priority = 100 },
    { .key = "Down", .command = "down", .hint = N_("scroll"), .priority = 90 },
    { .key = "Right", .command = "slice next", .hint = N_("time"), .priority = 85 },
    { .key = "n", .command = "rows older", .hint = N_("older"), .priority = 80 },
    { .key = "N", .command = "rows newer", .hint = N_("newer"), .priority = 75 },
    { .key = "Left", .command = "slice previous" },
    { .key = "h", .command = "slice previous" },
    { .key = "l", .command = "slice next" },
    { .key = "Space", .command = "page-down" },
    { .key = "Enter", .command = "cancel" },
};

static const struct binding help_keys[] = {
    { .key = "Esc", .command = "cancel", .hint = N_("close"), .priority = 100 },
    { .key = "Down", .command = "down", .hint = N_("scroll"), .priority = 90 },
    { .key = "Space", .command = "page-down" },
    { .key = "?", .command = "cancel" },
    { .key = "F1", .command = "cancel" },
};

static const struct binding list_keys[] = {
    { .key = "Enter", .command = "accept", .hint = N_("done"), .priority = 100 },
    { .key = "Space", .command = "choose", .hint = N_("choose"), .priority = 95 },
    { .key = "Esc", .command = "cancel", .hint = N_("close"), .priority = 90 },
    { .key = "v", .command = "cancel" },
};

static const struct binding palette_keys[] = {
    { .key = "Enter", .command = "accept", .hint = N_("run"), .priority = 100 },
    { .key = "Esc", .command = "cancel", .hint = N_("close"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("choose"), .priority = 80 },
    { .key = "Up", .command = "up" },
    { .key = "Tab", .command = "down" },
    { .key = "S-Tab", .command = "up" },
    { .key = "C-n", .command = "down" },
    { .key = "C-p", .command = "up" },
    { .key = "PgDn", .command = "page-down" },
    { .key = "PgUp", .command = "page-up" },
};

static const struct binding command_keys[] = {
    { .key = "Enter", .command = "accept", .hint = N_("run"), .priority = 100 },
    { .key = "Tab", .command = "complete", .hint = N_("complete"), .priority = 90 },
    { .key = "S-Tab", .command = "complete-back" },
    { .key = "Up", .command = "line-older", .hint = N_("older"), .priority = 50 },
    { .key = "C-p", .command = "line-older" },
    { .key = "Down", .command = "line-newer" },
    { .key = "C-n", .command = "line-newer" },
    { .key = "Esc", .command = "cancel", .hint = N_("close"), .priority = 80 },
};

static const struct binding search_keys[] = {
    { .key = "Enter", .command = "accept", .hint = N_("keep"), .priority = 100 },
    { .key = "Down", .command = "search-next", .hint = N_("next"), .priority = 90 },
    { .key = "C-n", .command = "search-next" },
    { .key = "Up", .command = "search-previous" },
    { .key = "C-p", .command = "search-previous" },
    { .key = "Esc", .command = "cancel", .hint = N_("back"), .priority = 80 },
};

static const struct binding cell_keys[] = {
    { .key = "Enter", .command = "accept", .hint = N_("edit"), .priority = 100 },
    { .key = "Down", .command = "down", .hint = N_("lane"), .priority = 90 },
    { .key = "Right", .command = "right", .hint = N_("next"), .priority = 85 },
    { .key = "Esc", .command = "cancel", .hint = N_("done"), .priority = 95 },
    { .key = "e", .command = "form", .hint = N_("form"), .priority = 70 },
    { .key = "u", .command = "undo", .hint = N_("undo"), .priority = 65 },
    { .key = "C-s", .command = "write", .hint = N_("save"), .priority = 63 },
    { .key = "i", .command = "accept" },
    { .key = "Up", .command = "up" },
    { .key = "j", .command = "down" },
    { .key = "k", .command = "up" },
};

static const struct binding form_keys[] = {
    { .key = "Enter", .command = "accept", .hint = N_("edit"), .priority = 100 },
    { .key = "Down", .command = "down", .hint = N_("rows"), .priority = 60 },
    { .key = "Right", .command = "right", .hint = N_("unfold"), .priority = 80 },
    { .key = "a", .command = "add", .hint = N_("add"), .priority = 75 },
    { .key = "Del", .command = "take-away", .hint = N_("take away"), .priority = 70 },
    { .key = ">", .command = "carry right", .hint = N_("move"), .priority = 50 },
    { .key = "u", .command = "undo", .hint = N_("undo"), .priority = 65 },
    { .key = "C-s", .command = "write", .hint = N_("save"), .priority = 63 },
    { .key = "Tab", .command = "form-step next", .hint = N_("next"), .priority = 55 },
    { .key = "Esc", .command = "cancel", .hint = N_("back"), .priority = 95 },
    { .key = "?", .command = "help", .hint = N_("help"), .priority = 40 },
    { .key = "e", .command = "accept" },
    { .key = "Space", .command = "accept" },
    { .key = "Left", .command = "left" },
    { .key = "h", .command = "left" },
    { .key = "l", .command = "right" },
    { .key = "x", .command = "take-away" },
    { .key = "<", .command = "carry left" },
    { .key = "S-Tab", .command = "form-step previous" },
    { .key = "U", .command = "redo" },
    { .key = "C-r", .command = "redo" },
    { .key = "E", .command = "edit" },
    { .key = ":", .command = "command" },
};

static const struct binding field_keys[] = {
    { .key = "Enter", .command = "accept", .hint = N_("done"), .priority = 100 },
    { .key = "Tab", .command = "complete", .hint = N_("choose"), .priority = 90 },
    { .key = "Esc", .command = "cancel", .hint = N_("back"), .priority = 95 },
    { .key = "S-Tab", .command = "complete-back" },
    { .key = "Down", .command = "complete" },
    { .key = "Up", .command = "complete-back" },
};

static const struct binding drag_keys[] = {
    { .key = "Up", .command = "up", .hint = N_("5 up"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("down"), .priority = 88 },
    { .key = "+", .command = "drag-finer up", .hint = N_("1 up"), .priority = 70 },
    { .key = "-", .command = "drag-finer down", .hint = N_("down"), .priority = 69 },
    { .key = "Tab", .command = "drag-handle next", .hint = N_("other point"), .priority = 89 },
    { .key = "Right", .command = "right", .hint = N_("next"), .priority = 60 },
    { .key = "Del", .command = "drag-unset", .hint = N_("take away"), .priority = 40 },
    { .key = "Enter", .command = "accept", .hint = N_("keep"), .priority = 100 },
    { .key = "Esc", .command = "cancel", .hint = N_("put back"), .priority = 95 },
    { .key = "k", .command = "up" },
    { .key = "j", .command = "down" },
    { .key = "PgUp", .command = "page-up" },
    { .key = "PgDn", .command = "page-down" },
    { .key = "WheelUp", .command = "drag-finer up" },
    { .key = "WheelDown", .command = "drag-finer down" },
    { .key = "S-Tab", .command = "drag-handle previous" },
    { .key = "Left", .command = "left" },
    { .key = "h", .command = "left" },
    { .key = "l", .command = "right" },
    { .key = "d", .command = "accept" },
    { .key = "q", .command = "accept" },
    { .key = "u", .command = "undo" },
    { .key = "C-r", .command = "redo" },
    { .key = "p", .command = "persona next" },
    { .key = "c", .command = "context next" },
    { .key = "C-c", .command = "cancel" },
};

static const struct binding conflict_keys[] = {
    { .key = "m", .command = "mine", .hint = N_("mine"), .priority = 100 },
    { .key = "t", .command = "theirs", .hint = N_("theirs"), .priority = 99 },
    { .key = "Esc", .command = "cancel", .hint = N_("later"), .priority = 90 },
    { .key = "Down", .command = "down", .hint = N_("next"), .priority = 80 },
};

/* ---- What several modes have ------------------------------------------------------------ */

/* To the views that most others are read beside. */
static const struct binding way_keys[] = {
    { .key = "1", .command = "view map", .hint = N_("map"), .priority = 80 },
    { .key = "2", .command = "view gaps", .hint = N_("gaps"), .priority = 60 },
};

static const struct binding leave_keys[] = {
    { .key = "?", .command = "help", .hint = N_("help"), .priority = 100 },
    { .key = "q", .command = "quit", .hint = N_("quit"), .priority = 95 },
};

/* Where the wheel goes through rows and not through touchpoints. */
static const struct binding wheel_keys[] = {
    { .key = "WheelUp", .command = "up" },
    { .key = "WheelDown", .command = "down" },
};

static const struct binding close_keys[] = {
    { .key = "q", .command = "cancel" },
    { .key = "C-c", .command = "cancel" },
};

/* Whatever line is typed. */
static const struct binding line_keys[] = {
    { .key = "Left", .command = "line-left" },
    { .key = "Right", .command = "line-right" },
    { .key = "C-b", .command = "line-left" },
    { .key = "C-f", .command = "line-right" },
    { .key = "Home", .command = "line-start" },
    { .key = "C-a", .command = "line-start" },
    { .key = "End", .command = "line-end" },
    { .key = "C-e", .command = "line-end" },
    { .key = "BS", .command = "line-erase" },
    { .key = "Del", .command = "line-delete" },
    { .key = "C-d", .command = "line-delete" },
    { .key = "C-w", .command = "line-erase-word" },
    { .key = "C-u", .command = "line-clear" },
    { .key = "C-c", .command = "cancel" },
};

/* Wherever there are rows to go through. */
static const struct binding scroll_keys[] = {
    { .key = "Down", .command = "down" },
    { .key = "j", .command = "down" },
    { .key = "WheelDown", .command = "down" },
    { .key = "Up", .command = "up" },
    { .key = "k", .command = "up" },
    { .key = "WheelUp", .command = "up" },
    { .key = "PgDn", .command = "page-down" },
    { .key = "PgUp", .command = "page-up" },
    { .key = "Home", .command = "first" },
    { .key = "g", .command = "first" },
    { .key = "End", .command = "last" },
    { .key = "G", .command = "last" },
};

static const struct binding common_keys[] = {
    { .key = "C-s", .command = "write" },
    { .key = "C-l", .command = "redraw" },
    { .key = "C-z", .command = "suspend" },
};

#define LAYER(keys) { (keys), ARRAY_LEN(keys), false }
#define SHOWN(keys) { (keys), ARRAY_LEN(keys), true }

const struct key_layer key_layers[MODE_COUNT][KEY_LAYERS] = {
    [MODE_NORMAL] = { SHOWN(normal_keys), LAYER(common_keys) },
    [MODE_DETAIL] = { SHOWN(detail_keys), LAYER(wheel_keys), LAYER(normal_keys),
                      LAYER(common_keys) },
    [MODE_GAPS] = { SHOWN(gaps_keys), SHOWN(leave_keys), LAYER(wheel_keys), LAYER(normal_keys),
                    LAYER(common_keys) },
    [MODE_PROMISES] = { SHOWN(promises_keys), SHOWN(way_keys), SHOWN(leave_keys), LAYER(wheel_keys),
                        LAYER(normal_keys), LAYER(common_keys) },
    [MODE_BOARD] = { SHOWN(board_keys), SHOWN(way_keys), SHOWN(leave_keys), LAYER(wheel_keys),
                     LAYER(normal_keys), LAYER(common_keys) },
    [MODE_PERSONAS] = { SHOWN(personas_keys), SHOWN(way_keys), SHOWN(leave_keys), LAYER(wheel_keys),
                        LAYER(normal_keys), LAYER(common_keys) },
    [MODE_PORTFOLIO] = { SHOWN(portfolio_keys), SHOWN(leave_keys), LAYER(scroll_keys),
                         LAYER(common_keys) },
    [MODE_REDUCTION] = { SHOWN(reduction_keys), SHOWN(leave_keys), LAYER(normal_keys),
                         LAYER(common_keys) },
    [MODE_METRICS] = { SHOWN(metrics_keys), SHOWN(leave_keys), LAYER(wheel_keys),
                       LAYER(normal_keys), LAYER(common_keys) },
    [MODE_PAGE] = { SHOWN(page_keys), SHOWN(way_keys), SHOWN(leave_keys), LAYER(wheel_keys),
                    LAYER(normal_keys), LAYER(common_keys) },
    [MODE_PATHS] = { SHOWN(paths_keys), SHOWN(leave_keys), LAYER(wheel_keys), LAYER(normal_keys),
                     LAYER(common_keys) },
    [MODE_CASE] = { SHOWN(case_keys), LAYER(wheel_keys), LAYER(normal_keys), LAYER(common_keys) },
    [MODE_CREDITS] = { SHOWN(credits_keys), SHOWN(leave_keys), LAYER(wheel_keys),
                       LAYER(normal_keys), LAYER(common_keys) },
    [MODE_ROWS] = { SHOWN(rows_keys), LAYER(close_keys), LAYER(scroll_keys), LAYER(common_keys) },
    [MODE_HELP] = { SHOWN(help_keys), LAYER(close_keys), LAYER(scroll_keys), LAYER(common_keys) },
    [MODE_LIST] = { SHOWN(list_keys), LAYER(close_keys), LAYER(scroll_keys), LAYER(common_keys) },
    [MODE_PALETTE] = { SHOWN(palette_keys), LAYER(wheel_keys), LAYER(line_keys),
                       LAYER(common_keys) },
    [MODE_COMMAND] = { SHOWN(command_keys), LAYER(line_keys), LAYER(common_keys) },
    [MODE_CELL] = { SHOWN(cell_keys), LAYER(close_keys), LAYER(normal_keys), LAYER(common_keys) },
    [MODE_FORM] = { SHOWN(form_keys), LAYER(close_keys), LAYER(scroll_keys), LAYER(common_keys) },
    [MODE_FIELD] = { SHOWN(field_keys), LAYER(line_keys), LAYER(common_keys) },
    [MODE_DRAG] = { SHOWN(drag_keys), LAYER(common_keys) },
    [MODE_CONFLICT] = { SHOWN(conflict_keys), LAYER(close_keys), LAYER(scroll_keys),
                        LAYER(common_keys) },
    [MODE_SEARCH] = { SHOWN(search_keys), LAYER(line_keys), LAYER(common_keys) },
};
