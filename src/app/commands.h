/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the rows of the command table run, by the file they are in. Private to app/.
 */
#ifndef STELLWERK_APP_COMMANDS_H
#define STELLWERK_APP_COMMANDS_H

#include <stellwerk/app/command.h>

/* commands_move.c: what a motion moves depends on what is open */
command_run move_left, move_right, move_up, move_down, move_first, move_last, move_page_up,
    move_page_down, move_stage_next, move_stage_previous, move_goto;

/* commands_lens.c */
command_run lens_persona, lens_context, lens_period, lens_earlier, lens_later, lens_channel,
    lens_unit;

/* commands_show.c */
command_run show_view, show_overlay, show_detail, show_lane, show_lanes, show_metric, show_metrics,
    show_theme, show_help, show_palette, show_everywhere;

/* commands_gaps.c */
command_run gaps_sort, gaps_picture, gaps_filter, gaps_narrow, gaps_filters;

/* commands_portfolio.c */
command_run portfolio_arrange, portfolio_shared, portfolio_open, portfolio_back;

/* commands_reduction.c */
command_run reduction_what_if, reduction_benchmark;

/* commands_board.c */
command_run board_show;

/* commands_metrics.c */
command_run metrics_look, metrics_slice_choose, metrics_rows_show, metrics_unassigned,
    metrics_assign;

/* commands_paths.c */
command_run paths_case, paths_compare, paths_bootstrap;

/* commands_search.c */
command_run search_start, search_next, search_previous;

/* commands_file.c */
command_run file_edit, file_reload, file_copy;

/* commands_change.c */
command_run change_operation, change_undo, change_redo, change_remove, change_carry,
    change_carry_stage, change_new;

/* commands_form.c */
command_run form_show, form_cells, form_remove, form_add, form_step;

/* commands_drag.c */
command_run drag_start, drag_handle, drag_finer, drag_unset;

/* commands_save.c */
command_run save_write, save_quit, save_back, save_write_quit, save_abandon, save_live,
    save_conflicts, save_mine, save_theirs, save_restore, save_discard;

/* commands_program.c */
command_run program_bind, program_set, program_redraw, program_suspend, program_cancel,
    program_interrupt;

/* commands_line.c */
command_run line_open, line_left, line_right, line_start, line_end, line_erase, line_delete,
    line_erase_word, line_clear, line_older, line_newer, line_accept, line_choose;

/* commands_complete.c */
command_run line_complete, line_complete_back;

#endif
