/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Runs every suite. Check's own variables help: CK_RUN_SUITE=base_arena runs one suite,
 * CK_FORK=no keeps all in one process for a debugger, CK_VERBOSITY=verbose names every test. With
 * an argument such as 1/2 it runs a share of the suites: the first of two.
 */

#include <config.h>

#include "suites.h"
#include "support.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

typedef Suite *suite_maker(void);

/* Sorted, as in suites.h; NULL ends it. */
static suite_maker *const makers[] = {
    app_absurd_suite,
    app_command_suite,
    app_delta_suite,
    app_document_suite,
    app_history_suite,
    app_journal_suite,
    app_keymap_suite,
    app_live_suite,
    app_metrics_suite,
    app_mouse_suite,
    app_paths_suite,
    app_portfolio_suite,
    app_prompt_suite,
    app_scripts_suite,
    app_session_suite,
    app_watch_suite,
    app_whatif_suite,
    app_worker_suite,
    base_arena_suite,
    base_decimal_suite,
    base_diag_suite,
    base_diff_suite,
    base_error_suite,
    base_file_suite,
    base_i18n_suite,
    base_locale_suite,
    base_memory_suite,
    base_near_suite,
    base_period_suite,
    base_sanitise_suite,
    base_str_suite,
    base_time_suite,
    base_utf8_suite,
    insight_attribution_suite,
    insight_attribution_property_suite,
    insight_board_suite,
    insight_budget_suite,
    insight_chain_suite,
    insight_change_suite,
    insight_complete_suite,
    insight_composite_suite,
    insight_consistency_suite,
    insight_contents_suite,
    insight_contacts_suite,
    insight_contrast_suite,
    insight_conversions_suite,
    insight_crossings_suite,
    insight_distribution_suite,
    insight_estimate_suite,
    insight_experiment_suite,
    insight_gap_suite,
    insight_heterogeneity_suite,
    insight_importance_suite,
    insight_kpi_suite,
    insight_mean_suite,
    insight_multiple_suite,
    insight_outcome_suite,
    insight_paths_suite,
    insight_paths_logs_suite,
    insight_paths_merge_suite,
    insight_promises_suite,
    insight_portfolio_suite,
    insight_proportion_suite,
    insight_pulls_suite,
    insight_quantile_suite,
    insight_rank_suite,
    insight_ranking_suite,
    insight_ratio_suite,
    insight_reading_suite,
    insight_silos_suite,
    insight_segments_suite,
    insight_reduction_suite,
    insight_staleness_suite,
    insight_survey_suite,
    insight_survival_suite,
    insight_trend_suite,
    insight_trial_suite,
    mapfile_edit_suite,
    mapfile_explain_suite,
    mapfile_form_suite,
    mapfile_form_build_suite,
    mapfile_form_typing_suite,
    mapfile_library_suite,
    mapfile_lint_suite,
    mapfile_mapping_suite,
    mapfile_metrics_suite,
    mapfile_operation_suite,
    mapfile_queries_suite,
    mapfile_reader_suite,
    mapfile_reading_suite,
    mapfile_save_suite,
    mapfile_schema_suite,
    mapfile_source_suite,
    mapfile_value_suite,
    mapfile_yaml_suite,
    model_anchors_suite,
    model_figures_suite,
    model_follow_suite,
    model_journey_suite,
    model_lens_suite,
    model_sample_suite,
    model_words_suite,
    report_json_suite,
    report_page_suite,
    report_text_suite,
    scene_answers_suite,
    scene_change_suite,
    scene_columns_suite,
    scene_curve_suite,
    scene_detail_suite,
    scene_gaps_suite,
    scene_lanes_suite,
    scene_map_suite,
    scene_metrics_suite,
    scene_opportunities_suite,
    scene_panel_suite,
    scene_paths_suite,
    scene_personas_suite,
    scene_plane_suite,
    scene_portfolio_suite,
    scene_reduction_suite,
    scene_promises_suite,
    scene_rows_suite,
    scene_scene_suite,
    scene_silos_suite,
    scene_story_suite,
    scene_summary_suite,
    scene_theme_suite,
    scene_wording_suite,
    store_arms_suite,
    store_bins_suite,
    store_keyed_suite,
    store_long_sum_suite,
    store_bulk_suite,
    store_case_money_suite,
    store_case_sequences_suite,
    store_cases_suite,
    store_csv_plain_suite,
    store_costs_suite,
    store_csv_suite,
    store_cut_suite,
    store_derived_suite,
    store_errand_suite,
    store_event_places_suite,
    store_event_plans_suite,
    store_import_suite,
    store_index_suite,
    store_info_suite,
    store_map_query_suite,
    store_measure_suite,
    store_metric_suite,
    store_packed_rows_suite,
    store_paths_suite,
    store_plan_suite,
    store_read_while_writing_suite,
    store_real_suite,
    store_rollup_suite,
    store_rollup_figures_suite,
    store_row_reader_suite,
    store_sequence_shares_suite,
    store_sequences_suite,
    store_series_suite,
    store_slices_suite,
    store_source_suite,
    store_store_suite,
    store_story_suite,
    store_times_suite,
    store_unassigned_suite,
    store_types_suite,
    store_upkeep_suite,
    store_validate_suite,
    store_voices_suite,
    store_waits_suite,
    store_worth_suite,
    store_warehouse_suite,
    NULL,
};

#ifdef HAVE_VTERM

/* The suites of terminal_test_sources. */
static suite_maker *const terminal_makers[] = {
    tui_mouse_suite,
    tui_screen_suite,
    tui_terminal_suite,
    tui_wire_suite,
    NULL,
};

#else

START_TEST(terminal)
{
    skip_report(__func__, "libvterm is missing");
}
END_TEST

/* Stands for all that only a terminal shows, so that leaving it out is counted. */
static Suite *tui_absent_suite(void)
{
    Suite *suite = suite_create("tui_absent");
    TCase *tests = tcase_create("absent");
    tcase_add_test(tests, terminal);
    suite_add_tcase(suite, tests);
    return suite;
}

static suite_maker *const terminal_makers[] = {
    tui_absent_suite,
    NULL,
};

#endif

#ifdef HAVE_FYAML

/* The suites of witness_test_sources. */
static suite_maker *const witness_makers[] = {
    mapfile_edit_property_suite,
    NULL,
};

#else

START_TEST(edits_before_a_witness)
{
    skip_report(__func__, "libfyaml is missing");
}
END_TEST

static Suite *mapfile_absent_suite(void)
{
    Suite *suite = suite_create("mapfile_absent");
    TCase *tests = tcase_create("absent");
    tcase_add_test(tests, edits_before_a_witness);
    suite_add_tcase(suite, tests);
    return suite;
}

static suite_maker *const witness_makers[] = {
    mapfile_absent_suite,
    NULL,
};

#endif

/* Every so many of the suites, from which one on, and how many there were so far. */
struct share {
    size_t part, parts, seen;
};

static void add_suites(SRunner *runner, suite_maker *const *maker, struct share *share)
{
    for (; *maker != NULL; maker++)
        if (share->seen++ % share->parts == share->part - 1)
            srunner_add_suite(runner, (*maker)());
}

static bool read_share(const char *text, struct share *out)
{
    return sscanf(text, "%zu/%zu", &out->part, &out->parts) == 2 && out->part >= 1 &&
           out->part <= out->parts;
}

int main(int argc, char **argv)
{
    struct share share = { .part = 1, .parts = 1 };
    if (argc > 2 || (argc == 2 && !read_share(argv[1], &share))) {
        fprintf(stderr, "Usage: %s [PART/PARTS]\n", argv[0]);
        return EXIT_FAILURE;
    }
    test_locale();
    SRunner *runner = srunner_create(NULL);
    add_suites(runner, makers, &share);
    add_suites(runner, terminal_makers, &share);
    add_suites(runner, witness_makers, &share);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
