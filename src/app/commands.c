/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one table of commands, sorted by name. What they run is in commands_*.c. */

#include "commands.h"

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

const struct command commands[] = {
    {
        .name = "accept", .group = GROUP_LINE,
        .help = N_("does what the line says, or takes the row"), .run = line_accept,
    },
    {
        .name = "add", .group = GROUP_LINE, .help = N_("adds an item to the list of the row"),
        .run = form_add,
    },
    {
        .name = "arrange", .group = GROUP_PORTFOLIO,
        .usage = N_("name|score|weakest|review|open|age|phase|next|previous"),
        .help = N_("puts the maps in another order"), .arguments = { ARGUMENT_ARRANGE },
        .least = 1, .run = portfolio_arrange,
    },
    {
        .name = "assign", .group = GROUP_METRICS, .usage = N_("TOUCHPOINT ACTIVITY"),
        .help = N_("gives events of that name a touchpoint, in the map and in the store"),
        .arguments = { ARGUMENT_TOUCHPOINT, ARGUMENT_TEXT }, .least = 2, .free = true,
        .run = metrics_assign,
    },
    {
        .name = "benchmark", .group = GROUP_REDUCTION, .usage = N_("CONTACTS|none"),
        .help = N_("sets how many contacts a case should take at most"),
        .arguments = { ARGUMENT_TEXT }, .least = 1, .run = reduction_benchmark,
    },
    {
        .name = "bind", .group = GROUP_PROGRAM, .usage = N_("KEY COMMAND..."),
        .help = N_("lets a key run a command"), .arguments = { ARGUMENT_KEY, ARGUMENT_COMMAND },
        .least = 2, .free = true, .config = true, .run = program_bind,
    },
    {
        .name = "board", .group = GROUP_BOARD, .usage = N_("status|hurdle|plane|next|previous"),
        .help = N_("shows opportunities by status, by hurdle, or impact against effort"),
        .arguments = { ARGUMENT_BOARD }, .least = 1, .run = board_show,
    },
    {
        .name = "bootstrap", .group = GROUP_PATHS,
        .help = N_("draws journeys anew for intervals of credit; Esc stops it"),
        .run = paths_bootstrap,
    },
    {
        .name = "by", .group = GROUP_METRICS,
        .usage = N_("auto|day|week|month|quarter|next|previous"),
        .help = N_("chooses what a mark of the chart stands for"),
        .arguments = { ARGUMENT_UNIT }, .least = 1, .run = lens_unit,
    },
    {
        .name = "cancel", .group = GROUP_PROGRAM,
        .help = N_("closes what is open, one thing at a time"), .run = program_cancel,
    },
    {
        .name = "carry", .group = GROUP_EDIT, .usage = N_("left|right"),
        .help = N_("moves the touchpoint by one place, over the border of its stage, too"),
        .arguments = { ARGUMENT_SIDE }, .least = 1, .run = change_carry,
    },
    {
        .name = "carry-stage", .group = GROUP_EDIT, .usage = N_("left|right"),
        .help = N_("moves the whole stage by one place"), .arguments = { ARGUMENT_SIDE },
        .least = 1, .run = change_carry_stage,
    },
    {
        .name = "case", .group = GROUP_PATHS, .usage = N_("ID|picked|next|previous"),
        .help = N_("opens a case as a story"), .arguments = { ARGUMENT_TEXT }, .least = 1,
        .free = true, .run = paths_case,
    },
    {
        .name = "cells", .group = GROUP_EDIT,
        .help = N_("points at the cells of the touchpoint, to type into them"), .run = form_cells,
    },
    {
        .name = "channel", .group = GROUP_METRICS, .usage = N_("ID|all|next|previous"),
        .help = N_("chooses the channel that metrics are of"),
        .arguments = { ARGUMENT_CHANNEL }, .least = 1, .run = lens_channel,
    },
    {
        .name = "choose", .group = GROUP_LINE, .help = N_("switches the row on or off"),
        .run = line_choose,
    },
    {
        .name = "command", .group = GROUP_PROGRAM, .usage = N_("[TEXT]"),
        .help = N_("opens the line for commands"), .arguments = { ARGUMENT_COMMAND },
        .free = true, .run = line_open,
    },
    {
        .name = "compare", .group = GROUP_PATHS,
        .usage = N_("persona|context|channel|variant|period|next|previous"),
        .help = N_("chooses by what cases are compared"), .arguments = { ARGUMENT_SEGMENT },
        .least = 1, .run = paths_compare,
    },
    {
        .name = "complete", .group = GROUP_LINE,
        .help = N_("completes the word, then goes through what fits"), .run = line_complete,
    },
    {
        .name = "complete-back", .group = GROUP_LINE, .help = N_("goes back through what fits"),
        .run = line_complete_back,
    },
    {
        .name = "conflicts", .group = GROUP_FILE,
        .help = N_("shows the edits that do not go with what others wrote"),
        .run = save_conflicts,
    },
    {
        .name = "context", .group = GROUP_LENS, .usage = N_("ID|all|next|previous"),
        .help = N_("chooses the situation that customers are in"),
        .arguments = { ARGUMENT_CONTEXT }, .least = 1, .run = lens_context,
    },
    {
        .name = "copy", .alias = "yank", .group = GROUP_FILE,
        .help = N_("copies the selected touchpoint's line to the clipboard"), .run = file_copy,
    },
    {
        .name = "delete", .group = GROUP_EDIT, .usage = N_("ADDRESS"),
        .help = N_("takes a thing or an item away: delete ticket.pains.2"),
        .arguments = { ARGUMENT_THING }, .least = 1, .run = change_operation,
    },
    {
        .name = "detail", .group = GROUP_SHOW, .usage = N_("[on|off|toggle]"),
        .help = N_("opens everything known of the selected touchpoint"),
        .arguments = { ARGUMENT_SWITCH }, .run = show_detail,
    },
    {
        .name = "discard", .group = GROUP_FILE,
        .help = N_("throws away the edits that a crash left"), .run = save_discard,
    },
    {
        .name = "down", .group = GROUP_MOVE, .help = N_("goes a row down, or scrolls the lanes"),
        .run = move_down,
    },
    {
        .name = "drag", .group = GROUP_EDIT,
        .usage = N_("[experience|desired|adequate|promise|standard]"),
        .help = N_("moves a point of the curve up and down"), .arguments = { ARGUMENT_HANDLE },
        .run = drag_start,
    },
    {
        .name = "drag-finer", .group = GROUP_LINE, .usage = N_("up|down"),
        .help = N_("moves the point by one"), .arguments = { ARGUMENT_TEXT }, .least = 1,
        .run = drag_finer,
    },
    {
        .name = "drag-handle", .group = GROUP_LINE, .usage = N_("next|previous"),
        .help = N_("takes up another point of the touchpoint"), .arguments = { ARGUMENT_TEXT },
        .least = 1, .run = drag_handle,
    },
    {
        .name = "drag-unset", .group = GROUP_LINE, .help = N_("takes the point away"),
        .run = drag_unset,
    },
    {
        .name = "earlier", .group = GROUP_LENS, .help = N_("goes to the period before"),
        .run = lens_earlier,
    },
    {
        .name = "edit", .group = GROUP_FILE,
        .help = N_("opens the map in your editor at the selected touchpoint"), .run = file_edit,
    },
    {
        .name = "everywhere", .group = GROUP_METRICS, .usage = N_("[on|off|toggle]"),
        .help = N_("lists the metrics of all touchpoints"), .arguments = { ARGUMENT_SWITCH },
        .run = show_everywhere,
    },
    {
        .name = "filter", .group = GROUP_GAPS, .usage = N_("all|KIND=NAME[, KIND=NAME...]"),
        .help = N_("lists only some gaps: by stage, channel, owner, media, evidence"),
        .arguments = { ARGUMENT_FILTER }, .least = 1, .free = true, .run = gaps_filter,
    },
    {
        .name = "filters", .group = GROUP_GAPS,
        .help = N_("lists what the gaps can be filtered by, to choose from"), .run = gaps_filters,
    },
    {
        .name = "first", .group = GROUP_MOVE, .help = N_("goes to the first touchpoint or row"),
        .run = move_first,
    },
    {
        .name = "form", .group = GROUP_EDIT, .usage = N_("[ADDRESS]"),
        .help = N_("opens everything that the touchpoint or opportunity says, to be edited"),
        .arguments = { ARGUMENT_THING }, .run = form_show,
    },
    {
        .name = "form-step", .group = GROUP_LINE, .usage = N_("next|previous"),
        .help = N_("goes to the form of the touchpoint beside it"),
        .arguments = { ARGUMENT_TEXT }, .least = 1, .run = form_step,
    },
    {
        .name = "goto", .group = GROUP_MOVE, .usage = N_("TOUCHPOINT"),
        .help = N_("goes to a touchpoint by its id"), .arguments = { ARGUMENT_TOUCHPOINT },
        .least = 1, .run = move_goto,
    },
    {
        .name = "help", .group = GROUP_PROGRAM, .help = N_("shows the keys and commands"),
        .run = show_help,
    },
    {
        .name = "insert", .group = GROUP_EDIT, .usage = N_("ADDRESS [VALUE] [PLACE]"),
        .help = N_("adds a thing or an item: insert ticket.pains \"too loud\""),
        .arguments = { ARGUMENT_THING }, .least = 1, .free = true, .run = change_operation,
    },
    {
        .name = "interrupt", .group = GROUP_PROGRAM,
        .help = N_("cancels, and says how to leave"), .run = program_interrupt,
    },
    {
        .name = "lane", .group = GROUP_SHOW, .usage = N_("NAME [on|off|toggle]"),
        .help = N_("shows or hides a lane"), .arguments = { ARGUMENT_LANE, ARGUMENT_SWITCH },
        .least = 1, .config = true, .run = show_lane,
    },
    {
        .name = "lanes", .group = GROUP_SHOW, .help = N_("lists the lanes to show or hide them"),
        .run = show_lanes,
    },
    {
        .name = "last", .group = GROUP_MOVE, .help = N_("goes to the last touchpoint or row"),
        .run = move_last,
    },
    {
        .name = "later", .group = GROUP_LENS, .help = N_("goes to the period after"),
        .run = lens_later,
    },
    {
        .name = "left", .group = GROUP_MOVE, .help = N_("goes to the touchpoint before"),
        .run = move_left,
    },
    {
        .name = "line-clear", .group = GROUP_LINE,
        .help = N_("erases everything before the cursor"), .run = line_clear,
    },
    {
        .name = "line-delete", .group = GROUP_LINE,
        .help = N_("erases the character at the cursor"), .run = line_delete,
    },
    {
        .name = "line-end", .group = GROUP_LINE, .help = N_("moves the cursor to the end"),
        .run = line_end,
    },
    {
        .name = "line-erase", .group = GROUP_LINE,
        .help = N_("erases the character before the cursor"), .run = line_erase,
    },
    {
        .name = "line-erase-word", .group = GROUP_LINE,
        .help = N_("erases the word before the cursor"), .run = line_erase_word,
    },
    {
        .name = "line-left", .group = GROUP_LINE, .help = N_("moves the cursor left"),
        .run = line_left,
    },
    {
        .name = "line-newer", .group = GROUP_LINE,
        .help = N_("brings back the line typed after"), .run = line_newer,
    },
    {
        .name = "line-older", .group = GROUP_LINE,
        .help = N_("brings back the line typed before"), .run = line_older,
    },
    {
        .name = "line-right", .group = GROUP_LINE, .help = N_("moves the cursor right"),
        .run = line_right,
    },
    {
        .name = "line-start", .group = GROUP_LINE, .help = N_("moves the cursor to the start"),
        .run = line_start,
    },
    {
        .name = "live", .group = GROUP_FILE, .usage = N_("[on|off|toggle]"),
        .help = N_("saves every edit at once, for two at one map"),
        .arguments = { ARGUMENT_SWITCH }, .run = save_live,
    },
    {
        .name = "look", .group = GROUP_METRICS, .usage = N_("TOUCHPOINT METRIC"),
        .help = N_("shows a metric over time"),
        .arguments = { ARGUMENT_TOUCHPOINT, ARGUMENT_METRIC }, .least = 2, .run = metrics_look,
    },
    {
        .name = "metric", .group = GROUP_SHOW, .usage = N_("ID|all|next|previous"),
        .help = N_("chooses the metric of the lanes trend and n"),
        .arguments = { ARGUMENT_METRIC }, .least = 1, .run = show_metric,
    },
    {
        .name = "metrics", .group = GROUP_SHOW, .help = N_("lists the metrics to choose one"),
        .run = show_metrics,
    },
    {
        .name = "mine", .group = GROUP_LINE, .help = N_("decides the conflict for the own edit"),
        .run = save_mine,
    },
    {
        .name = "move", .group = GROUP_EDIT, .usage = N_("ADDRESS PLACE"),
        .help = N_("puts it somewhere else: move ticket after platform"),
        .arguments = { ARGUMENT_THING, ARGUMENT_TEXT }, .least = 2, .free = true,
        .run = change_operation,
    },
    {
        .name = "narrow", .group = GROUP_LINE, .usage = N_("KIND=NAME"),
        .help = N_("adds to the filter, or takes from it"), .arguments = { ARGUMENT_FILTER },
        .least = 1, .free = true, .run = gaps_narrow,
    },
    {
        .name = "new", .group = GROUP_EDIT, .usage = N_("KIND TITLE"),
        .help = N_("makes a touchpoint, stage, persona, … of its title"),
        .arguments = { ARGUMENT_KIND }, .least = 2, .free = true, .run = change_new,
    },
    {
        .name = "open", .group = GROUP_PORTFOLIO, .help = N_("opens the selected map"),
        .run = portfolio_open,
    },
    {
        .name = "overlay", .group = GROUP_SHOW, .usage = N_("[on|off|toggle]"),
        .help = N_("lays the measured figures over the estimates"),
        .arguments = { ARGUMENT_SWITCH }, .config = true, .run = show_overlay,
    },
    {
        .name = "page-down", .group = GROUP_MOVE, .help = N_("goes a screenful on"),
        .run = move_page_down,
    },
    {
        .name = "page-up", .group = GROUP_MOVE, .help = N_("goes a screenful back"),
        .run = move_page_up,
    },
    {
        .name = "palette", .group = GROUP_PROGRAM,
        .help = N_("finds a command by typing a part of what it does"), .run = show_palette,
    },
    {
        .name = "period", .group = GROUP_LENS,
        .usage = N_("all|quarter|month|week|day|FROM..TO|next|previous"),
        .help = N_("chooses the time that figures are of"), .arguments = { ARGUMENT_PERIOD },
        .least = 1, .run = lens_period,
    },
    {
        .name = "persona", .group = GROUP_LENS, .usage = N_("ID|all|next|previous"),
        .help = N_("chooses through whose eyes the map is seen"),
        .arguments = { ARGUMENT_PERSONA }, .least = 1, .run = lens_persona,
    },
    {
        .name = "picture", .group = GROUP_GAPS,
        .usage = N_("list|importance|opportunity|next|previous"),
        .help = N_("shows the gaps as a list or as a plot"), .arguments = { ARGUMENT_PICTURE },
        .least = 1, .run = gaps_picture,
    },
    {
        .name = "portfolio", .group = GROUP_PORTFOLIO,
        .help = N_("goes back from the map to all maps of its folder"), .run = portfolio_back,
    },
    {
        .name = "quit", .alias = "q", .group = GROUP_PROGRAM, .help = N_("leaves"),
        .run = save_quit,
    },
    {
        .name = "quit!", .alias = "q!", .group = GROUP_FILE,
        .help = N_("leaves and throws away what is not saved"), .bare = true,
        .run = save_abandon,
    },
    {
        .name = "redo", .group = GROUP_EDIT, .help = N_("does again what was undone"),
        .run = change_redo,
    },
    {
        .name = "redraw", .group = GROUP_PROGRAM, .help = N_("draws the whole screen anew"),
        .run = program_redraw,
    },
    {
        .name = "reload", .group = GROUP_FILE, .help = N_("reads the map and measures again"),
        .bare = true, .run = file_reload,
    },
    {
        .name = "remove", .group = GROUP_EDIT, .help = N_("takes the selected touchpoint away"),
        .run = change_remove,
    },
    {
        .name = "rename", .group = GROUP_EDIT, .usage = N_("ADDRESS ID"),
        .help = N_("gives a thing another id; what refers to it follows"),
        .arguments = { ARGUMENT_THING, ARGUMENT_TEXT }, .least = 2, .run = change_operation,
    },
    {
        .name = "restore", .group = GROUP_FILE,
        .help = N_("takes up the edits that a crash left"), .run = save_restore,
    },
    {
        .name = "right", .group = GROUP_MOVE, .help = N_("goes to the next touchpoint"),
        .run = move_right,
    },
    {
        .name = "rows", .group = GROUP_METRICS, .usage = N_("[older|newer]"),
        .help = N_("shows the answers and events behind the mark"),
        .arguments = { ARGUMENT_TEXT }, .run = metrics_rows_show,
    },
    {
        .name = "search", .group = GROUP_MOVE, .usage = N_("[TEXT]"),
        .help = N_("finds a touchpoint by any of its texts"), .arguments = { ARGUMENT_TEXT },
        .free = true, .run = search_start,
    },
    {
        .name = "search-next", .group = GROUP_MOVE,
        .help = N_("goes to the next touchpoint found"), .run = search_next,
    },
    {
        .name = "search-previous", .group = GROUP_MOVE,
        .help = N_("goes to the touchpoint found before"), .run = search_previous,
    },
    {
        .name = "set", .group = GROUP_PROGRAM, .usage = N_("NAME VALUE | ADDRESS VALUE"),
        .help = N_("changes a setting, or the map: set ticket.standard 80"),
        .arguments = { ARGUMENT_SETTING, ARGUMENT_VALUE }, .least = 1, .free = true,
        .config = true, .run = program_set,
    },
    {
        .name = "shared", .group = GROUP_PORTFOLIO,
        .help = N_("shows the touchpoints that several maps have, or the maps again"),
        .run = portfolio_shared,
    },
    {
        .name = "slice", .group = GROUP_METRICS, .usage = N_("DAY|first|last|next|previous"),
        .help = N_("goes along the marks of the chart"), .arguments = { ARGUMENT_SLICE },
        .least = 1, .run = metrics_slice_choose,
    },
    {
        .name = "sort", .group = GROUP_GAPS,
        .usage = N_("priority|journey|gap|importance|concern|opportunity|next|previous"),
        .help = N_("puts the list of gaps in another order"), .arguments = { ARGUMENT_SORT },
        .least = 1, .run = gaps_sort,
    },
    {
        .name = "stage-next", .group = GROUP_MOVE, .help = N_("goes to the next stage"),
        .run = move_stage_next,
    },
    {
        .name = "stage-previous", .group = GROUP_MOVE, .help = N_("goes to the stage before"),
        .run = move_stage_previous,
    },
    {
        .name = "suspend", .group = GROUP_PROGRAM,
        .help = N_("goes to the background; `fg` comes back"), .run = program_suspend,
    },
    {
        .name = "take-away", .group = GROUP_LINE, .help = N_("takes away what the row says"),
        .run = form_remove,
    },
    {
        .name = "theirs", .group = GROUP_LINE,
        .help = N_("decides the conflict for what the file says"), .run = save_theirs,
    },
    {
        .name = "theme", .group = GROUP_SHOW, .usage = N_("dark|light|toggle"),
        .help = N_("chooses colours for a dark or a light terminal"),
        .arguments = { ARGUMENT_THEME }, .least = 1, .bare = true, .run = show_theme,
    },
    {
        .name = "unassigned", .group = GROUP_METRICS,
        .help = N_("lists events on no touchpoint, to give them one"), .usage = N_("[ACTIVITY]"),
        .arguments = { ARGUMENT_TEXT }, .free = true, .run = metrics_unassigned,
    },
    {
        .name = "undo", .group = GROUP_EDIT, .help = N_("takes the last edit back"),
        .run = change_undo,
    },
    {
        .name = "unset", .group = GROUP_EDIT, .usage = N_("ADDRESS"),
        .help = N_("takes a field away: unset ticket.standard"),
        .arguments = { ARGUMENT_THING }, .least = 1, .run = change_operation,
    },
    {
        .name = "up", .group = GROUP_MOVE, .help = N_("goes a row up, or scrolls the lanes"),
        .run = move_up,
    },
    {
        .name = "view", .group = GROUP_SHOW, .usage = N_("NAME"),
        .help = N_("shows another view"), .arguments = { ARGUMENT_VIEW }, .least = 1,
        .run = show_view,
    },
    {
        .name = "what-if", .group = GROUP_REDUCTION, .usage = N_("remove|left|right|none|apply"),
        .help = N_("shows the journey without the touchpoint, or with it merged; does it"),
        .arguments = { ARGUMENT_WHAT_IF }, .least = 1, .run = reduction_what_if,
    },
    {
        .name = "write", .alias = "w", .group = GROUP_FILE, .usage = N_("[FILE]"),
        .help = N_("saves the map, or a copy of it"), .arguments = { ARGUMENT_TEXT },
        .free = true, .run = save_write,
    },
    {
        .name = "write-quit", .alias = "wq", .group = GROUP_FILE,
        .help = N_("saves the map and leaves"), .run = save_write_quit,
    },
};

const size_t command_count = ARRAY_LEN(commands);
