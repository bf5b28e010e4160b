/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every suite of the test binary, a line each, sorted: FLOOR_MODULE_suite() is in
 * tests/FLOOR/test_MODULE.c.
 */

#ifndef STELLWERK_TESTS_SUITES_H
#define STELLWERK_TESTS_SUITES_H

#include <check.h>

Suite *app_command_suite(void);
Suite *app_history_suite(void);
Suite *app_keymap_suite(void);
Suite *app_prompt_suite(void);
Suite *app_scripts_suite(void);
Suite *app_session_suite(void);
Suite *app_watch_suite(void);
Suite *app_worker_suite(void);
Suite *base_arena_suite(void);
Suite *base_diag_suite(void);
Suite *base_diff_suite(void);
Suite *base_error_suite(void);
Suite *base_file_suite(void);
Suite *base_i18n_suite(void);
Suite *base_locale_suite(void);
Suite *base_memory_suite(void);
Suite *base_near_suite(void);
Suite *base_period_suite(void);
Suite *base_sanitise_suite(void);
Suite *base_str_suite(void);
Suite *base_time_suite(void);
Suite *base_utf8_suite(void);
Suite *insight_complete_suite(void);
Suite *insight_composite_suite(void);
Suite *insight_distribution_suite(void);
Suite *insight_estimate_suite(void);
Suite *insight_experiment_suite(void);
Suite *insight_gap_suite(void);
Suite *insight_heterogeneity_suite(void);
Suite *insight_importance_suite(void);
Suite *insight_kpi_suite(void);
Suite *insight_mean_suite(void);
Suite *insight_multiple_suite(void);
Suite *insight_proportion_suite(void);
Suite *insight_quantile_suite(void);
Suite *insight_rank_suite(void);
Suite *insight_reading_suite(void);
Suite *insight_staleness_suite(void);
Suite *insight_survey_suite(void);
Suite *insight_survival_suite(void);
Suite *insight_trend_suite(void);
Suite *mapfile_edit_suite(void);
Suite *mapfile_edit_property_suite(void);
Suite *mapfile_explain_suite(void);
Suite *mapfile_form_suite(void);
Suite *mapfile_form_build_suite(void);
Suite *mapfile_form_typing_suite(void);
Suite *mapfile_library_suite(void);
Suite *mapfile_lint_suite(void);
Suite *mapfile_mapping_suite(void);
Suite *mapfile_metrics_suite(void);
Suite *mapfile_operation_suite(void);
Suite *mapfile_reader_suite(void);
Suite *mapfile_reading_suite(void);
Suite *mapfile_save_suite(void);
Suite *mapfile_schema_suite(void);
Suite *mapfile_source_suite(void);
Suite *mapfile_value_suite(void);
Suite *mapfile_yaml_suite(void);
Suite *model_anchors_suite(void);
Suite *model_figures_suite(void);
Suite *model_journey_suite(void);
Suite *model_lens_suite(void);
Suite *model_sample_suite(void);
Suite *model_words_suite(void);
Suite *report_json_suite(void);
Suite *report_text_suite(void);
Suite *scene_columns_suite(void);
Suite *scene_curve_suite(void);
Suite *scene_detail_suite(void);
Suite *scene_lanes_suite(void);
Suite *scene_map_suite(void);
Suite *scene_panel_suite(void);
Suite *scene_rows_suite(void);
Suite *scene_scene_suite(void);
Suite *scene_summary_suite(void);
Suite *scene_theme_suite(void);
Suite *scene_wording_suite(void);
Suite *store_cases_suite(void);
Suite *store_csv_suite(void);
Suite *store_import_suite(void);
Suite *store_info_suite(void);
Suite *store_map_query_suite(void);
Suite *store_measure_suite(void);
Suite *store_metric_suite(void);
Suite *store_plan_suite(void);
Suite *store_real_suite(void);
Suite *store_row_reader_suite(void);
Suite *store_slices_suite(void);
Suite *store_store_suite(void);
Suite *tui_screen_suite(void);
Suite *tui_terminal_suite(void);
Suite *tui_wire_suite(void);

#endif
