/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/report/report.h>
#include <stellwerk/scene/silos.h>

#include "scene/fixture.h"
#include "scene/golden.h"

/* Touchpoints and channels of the train's journey. */
enum { SEARCH, BOOK, TICKET, PLATFORM };
enum { WEB, PAPER, STATION };

#define PERIODS 12

static struct fixture *fixture;
static struct arena arena;

static int anna[] = { 0 };
static struct content search[] = {
    { .title = "The time that is yours",
      .format = "TV spot",
      .tone = "warm",
      .rhythm = "daily",
      .status = CONTENT_LIVE },
    { .title = "Fares in plain words",
      .format = "page",
      .tone = "plain",
      .rhythm = "once",
      .personas = { anna, 1 },
      .status = CONTENT_MISSING },
};
static struct content ticket[] = {
    { .title = "Booking mail",
      .format = "mail",
      .tone = "plain",
      .rhythm = "once",
      .personas = { anna, 1 },
      .status = CONTENT_PLANNED },
};

/* A metric of Sales beside the fixture's, which is Research's. */
static struct anchor shares[] = { { 0, 100 }, { 1, 0 } };
static struct metric metrics[2];
static int both[] = { 0, 1 };

static double easy[PERIODS] = { 50, 52, 55, 53, 58, 60, 59, 63, 62, 66, 68, 71 };
static double printed[PERIODS] = { .30, .33, .36, .35, .42, .44, .43, .47, NAN, .50, .53, .55 };
static int at_search[] = { SEARCH, BOOK };
static int at_ticket[] = { TICKET };
static struct key_figure figures[] = {
    { .metric = 0,
      .owner = "Research",
      .touchpoints = { at_search, 2 },
      .direction = 1,
      .values = easy,
      .known = PERIODS },
    { .metric = 1,
      .owner = "Sales",
      .touchpoints = { at_ticket, 1 },
      .direction = -1,
      .values = printed,
      .known = PERIODS - 1 },
    { .metric = 1,
      .owner = "Partner",
      .touchpoints = { at_ticket, 1 },
      .direction = -1,
      .values = printed,
      .known = PERIODS - 1 },
};
static struct pull pairs[] = {
    { .a = 0,
      .b = 1,
      .adjusted = 0.0004,
      .plain_adjusted = 0.0002,
      .verdict = PULL_APART,
      .test = { .changes = { .rho = 0.91, .p = 0.0001, .n = 9 },
                .oriented = -0.91,
                .effective = 9,
                .p = 0.0002 } },
    { .a = 0,
      .b = 2,
      .adjusted = 0.063,
      .plain_adjusted = 0.0012,
      .verdict = PULL_APART_MAYBE,
      .test = { .changes = { .rho = 0.8, .p = 0.0008, .n = 9 },
                .oriented = -0.8,
                .effective = 5,
                .p = 0.06 } },
    { .a = 1,
      .b = 2,
      .adjusted = 0.41,
      .plain_adjusted = 0.41,
      .verdict = PULL_NONE,
      .test = { .changes = { .rho = -0.3, .p = 0.4, .n = 9 },
                .oriented = -0.3,
                .effective = 9,
                .p = 0.4 } },
};
static struct pulls pulls = {
    .unit = PERIOD_WEEK,
    .span = { .kind = PERIOD_CUSTOM, .first = 20600, .last = 20683 },
    .figures = figures,
    .figure_count = ARRAY_LEN(figures),
    .periods = PERIODS,
    .without_direction = 1,
    .too_short = 2,
    .items = pairs,
    .count = ARRAY_LEN(pairs),
    .counts = { [PULL_APART] = 1, [PULL_APART_MAYBE] = 1, [PULL_NONE] = 1 },
};

/* S7 */
static struct channel_score booking[] = {
    { .channel = WEB, .score = 80, .se = 5, .lo = 70.2, .hi = 89.8, .n = 812, .touchpoints = 1 },
    { .channel = PAPER, .score = 60, .se = 5, .lo = 50.2, .hi = 69.8, .n = 64, .touchpoints = 2 },
};
static struct channel_score travel[] = {
    { .channel = STATION, .score = 37, .se = 3, .lo = 31, .hi = 43, .n = 266, .touchpoints = 1 },
};
static struct consistency_row rows[] = {
    { .stage = 0,
      .touchpoint = NONE,
      .channels = booking,
      .count = 2,
      .touchpoints = 3,
      .adjusted = 0.00467773,
      .agreement = AGREEMENT_DIFFERS },
    { .stage = 0,
      .touchpoint = TICKET,
      .channels = booking,
      .count = 2,
      .touchpoints = 1,
      .same_touchpoints = true,
      .adjusted = 0.4,
      .agreement = AGREEMENT_HOLDS },
    { .stage = 1,
      .touchpoint = NONE,
      .channels = travel,
      .count = 1,
      .touchpoints = 1,
      .same_touchpoints = true,
      .adjusted = NAN,
      .agreement = AGREEMENT_UNTESTED },
};
static struct consistency consistency = {
    .items = rows,
    .count = ARRAY_LEN(rows),
    .counts = { [AGREEMENT_DIFFERS] = 1, [AGREEMENT_HOLDS] = 1, [AGREEMENT_UNTESTED] = 1 },
};
/* Owners in the order of the train's journey. */
enum { MARKETING, SALES, OPERATIONS, ON_BOARD };

static struct crossing pairs_of_owners[] = {
    { MARKETING, SALES, .seams = 1, .cases = 428, .passes = 448, .as_designed = 448 },
    { OPERATIONS, ON_BOARD, 1, 375, 428, .as_designed = 428, .unaided = 428 },
    { ON_BOARD, OPERATIONS, 1, 288, 289, .as_designed = 250, .unaided = 200, .unknown = 39 },
    { SALES, MARKETING, 0, 32, 35, .unknown = 35 },
    { SALES, OPERATIONS, 1, .cases = 0 },
};
static struct crossings crossings = {
    .items = pairs_of_owners,
    .count = ARRAY_LEN(pairs_of_owners),
    .all = { NONE, NONE, 4, 470, 1200, .as_designed = 1126, .unaided = 628, .unknown = 74 },
    .cases = 480,
    .per_case = { 2.5, 0.1, 480, { 2.31, 2.69 } },
};
static struct silo_evidence evidence;

static void find(void)
{
    fixture->set.silos = silos_new(&arena, &fixture->journey);
    fixture->set.contents = content_plan_new(&arena, &fixture->journey);
}

static void set_up(void)
{
    fixture = fixture_train();
    arena_init(&arena);
    struct journey *journey = &fixture->journey;
    metrics[0] = journey->metrics[0];
    metrics[1] = (struct metric){ .id = "printed",
                                  .label = "Tickets printed",
                                  .owner = "Sales",
                                  .type = METRIC_PROPORTION,
                                  .anchors = { shares, 2 } };
    journey->metrics = metrics;
    journey->metric_count = ARRAY_LEN(metrics);
    journey->touchpoints[TICKET].metrics = (struct indices){ both, 2 };
    journey->touchpoints[SEARCH].contents = search;
    journey->touchpoints[SEARCH].content_count = ARRAY_LEN(search);
    journey->touchpoints[TICKET].contents = ticket;
    journey->touchpoints[TICKET].content_count = ARRAY_LEN(ticket);
    struct measured_score scores[] = { { 60, 5 }, { 80, 5 } };
    rows[0].test = heterogeneity_of(scores, 2);
    rows[1].test = heterogeneity_of(scores, 2);
    evidence = (struct silo_evidence){
        .pulls = &pulls,
        .consistency = &consistency,
        .crossings = &crossings,
    };
    fixture->set.silo_evidence = &evidence;
    find();
}

static void tear_down(void)
{
    arena_finish(&arena);
    fixture_destroy(fixture);
}

static struct scene *draw(int columns, int rows_shown, struct medium medium)
{
    return silos_draw(&arena, &fixture->set, columns, rows_shown, medium);
}

/* The whole report in one text; lines that were wrapped stay apart. */
static const char *report(int columns)
{
    struct scene *scene = draw(columns, 0, (struct medium){ 0 });
    const char *text = "";
    for (int row = 0; row < scene->rows; row++)
        text = arena_printf(&arena, "%s%s\n", text, row_text(scene, row));
    return text;
}

static void says(const char *text)
{
    const char *whole = report(200);
    if (strstr(whole, text) == NULL)
        ck_abort_msg("it does not say '%s'", text);
}

static void does_not_say(const char *text)
{
    const char *whole = report(200);
    if (strstr(whole, text) != NULL)
        ck_abort_msg("it says '%s'", text);
}

START_TEST(picture_80x24)
{
    golden_styled(draw(80, 24, (struct medium){ 0 }), "silos-80x24");
}
END_TEST

START_TEST(picture_of_the_report)
{
    golden_text(draw(60, 0, (struct medium){ .ascii = true, .mono = true }),
                "silos-report-ascii-60");
    golden_text(draw(80, 0, (struct medium){ 0 }), "silos-report-80");
    golden_text(draw(160, 0, (struct medium){ 0 }), "silos-report-160");
}
END_TEST

START_TEST(it_scrolls_to_its_end)
{
    fixture->set.options.scroll = 1000;
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert_int_eq(scene->rows_below, 0);
    struct scene *whole = draw(80, 0, (struct medium){ 0 });
    const char *last = row_text(whole, whole->rows - 1);
    ck_assert_int_eq(strncmp(row_text(scene, 22), last, strlen(last)), 0);
}
END_TEST

START_TEST(every_width_holds)
{
    for (int columns = VIEW_MIN_COLUMNS; columns <= 200; columns++) {
        struct scene *scene = draw(columns, 0, (struct medium){ 0 });
        ck_assert_int_eq(scene->columns, columns);
        ck_assert_int_gt(scene->rows, 20);
    }
}
END_TEST

START_TEST(without_a_store_it_says_so)
{
    fixture->set.silo_evidence = NULL;
    fixture->set.figures = NULL;
    fixture->journey.store = NULL;
    says("No store: nothing was measured.");
    does_not_say("pulls against each other: one owner's gain");
    fixture->journey.store = "train.db";
    says("What the store tells of this has not been read yet.");
    says("Who has what");
    fixture->set.silo_evidence = &evidence;
    evidence = (struct silo_evidence){ 0 };
    says("The store could not be read.");
}
END_TEST

START_TEST(crossings_are_told_as_far_as_they_are_known)
{
    says("In fact they pass 2.50 times a case (480 cases); 6% of that where the map does not");
    says("A case passes from one owner to the next 2.50 ±0.19 times (480 cases).");
    does_not_say("of all customers");
    evidence.persona_ignored = true;
    says("Of all customers: the store does not know who they are.");
    static struct crossing many[40];
    for (size_t i = 0; i < ARRAY_LEN(many); i++)
        many[i] = (struct crossing){ MARKETING, SALES, .cases = 1, .passes = 1 };
    struct crossings lots = { .items = many, .count = 40, .cases = 1 };
    lots.per_case = estimate_unknown(1);
    lots.per_case.value = 40;
    evidence.crossings = &lots;
    says("and 28 more");
    says("next 40.00 times (1 case).");
    lots = (struct crossings){ .per_case = estimate_unknown(0) };
    says("The store has no case of these");
    does_not_say("In fact they pass");
}
END_TEST

START_TEST(without_owners_there_is_no_matrix)
{
    for (size_t i = 0; i < fixture->journey.touchpoint_count; i++)
        fixture->journey.touchpoints[i].owner = NULL;
    metrics[0].owner = metrics[1].owner = NULL;
    find();
    says("The map names no owners yet");
    does_not_say("Who has what");
    says("Content by touchpoint and persona");
}
END_TEST

START_TEST(one_owner_is_no_silo)
{
    for (size_t i = 0; i < fixture->journey.touchpoint_count; i++)
        fixture->journey.touchpoints[i].owner = "Sales";
    metrics[0].owner = NULL;
    find();
    says("One owner has it all");
    does_not_say("Who has what");
    does_not_say("Customers pass");
    fixture->journey.touchpoints[BOOK].owner = NULL;
    find();
    does_not_say("One owner has it all");
    says("Nobody owns:");
}
END_TEST

START_TEST(forty_owners_are_in_several_tables)
{
    for (size_t i = 0; i < fixture->journey.metric_count; i++)
        metrics[i].owner = "Research";
    static char names[40][24];
    static struct metric many[40];
    for (size_t i = 0; i < ARRAY_LEN(many); i++) {
        snprintf(names[i], sizeof(names[i]), "Department %zu", i);
        many[i] = metrics[0];
        many[i].owner = names[i];
    }
    fixture->journey.metrics = many;
    fixture->journey.metric_count = ARRAY_LEN(many);
    find();
    ck_assert_uint_ge(fixture->set.silos->owner_count, 40);
    const char *text = report(80);
    int tables = 0;
    for (const char *at = text; (at = strstr(at, "Touchpoints ")) != NULL; at++)
        tables++;
    ck_assert_int_gt(tables, 3);
    ck_assert_ptr_nonnull(strstr(text, "39")); /* the last one's name is whole */
}
END_TEST

START_TEST(many_personas_are_named_in_words)
{
    static struct persona many[40];
    for (size_t i = 0; i < ARRAY_LEN(many); i++)
        many[i] = (struct persona){ .id = "p", .name = "Somebody" };
    many[0].name = "Anna Berg";
    fixture->journey.personas = many;
    fixture->journey.persona_count = ARRAY_LEN(many);
    find();
    says("○ Anna Berg");
    says("● all");
}
END_TEST

START_TEST(no_content_is_said_to_be_none)
{
    fixture->journey.touchpoints[SEARCH].content_count = 0;
    fixture->journey.touchpoints[TICKET].content_count = 0;
    find();
    says("The map has no content yet");
    does_not_say("Tones and rhythms");
}
END_TEST

START_TEST(hostile_names_do_no_harm)
{
    fixture->journey.touchpoints[SEARCH].owner = "\033[2J\a";
    search[0].tone = "\033]0;x\a";
    find();
    ck_assert_ptr_null(strchr(report(80), '\033'));
    search[0].tone = "warm";
}
END_TEST

START_TEST(nothing_at_all)
{
    fixture->journey.touchpoint_count = 0;
    fixture->journey.stage_count = 0;
    find();
    says("the map has no touchpoints yet");
    struct scene *small = draw(30, 8, (struct medium){ 0 });
    ck_assert_int_eq(small->columns, 30);
}
END_TEST

START_TEST(programs_read_the_same)
{
    struct str out;
    str_init(&out);
    ck_assert(report_json(&out, &fixture->set, "silos"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"verdict\": \"apart\""));
    ck_assert_ptr_nonnull(strstr(out.text, "\"tau\": 13.228756"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"kind\": \"not_handed_on\""));
    ck_assert_ptr_nonnull(strstr(out.text, "null")); /* a period without a value */
    ck_assert_ptr_nonnull(strstr(out.text, "\"measured_by_others\": [\n        \"Research\""));
    str_clear(&out);
    ck_assert(report_csv(&out, &fixture->set, "silos"));
    ck_assert_ptr_nonnull(strstr(out.text, "pull,apart,Research,Sales,csat,printed,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\nholding,has,Sales,,printed,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\nstage,differs,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\ncontent,planned,Sales,"));
    fixture->set.silo_evidence = NULL;
    str_clear(&out);
    report_json_silos(&out, &fixture->set);
    ck_assert_ptr_nonnull(strstr(out.text, "\"pulls\": null"));
    str_finish(&out);
}
END_TEST

Suite *scene_silos_suite(void)
{
    Suite *suite = suite_create("scene_silos");
    TCase *tests = tcase_create("silos");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, picture_80x24);
    tcase_add_test(tests, picture_of_the_report);
    tcase_add_test(tests, it_scrolls_to_its_end);
    tcase_add_test(tests, every_width_holds);
    tcase_add_test(tests, without_a_store_it_says_so);
    tcase_add_test(tests, crossings_are_told_as_far_as_they_are_known);
    tcase_add_test(tests, without_owners_there_is_no_matrix);
    tcase_add_test(tests, one_owner_is_no_silo);
    tcase_add_test(tests, forty_owners_are_in_several_tables);
    tcase_add_test(tests, many_personas_are_named_in_words);
    tcase_add_test(tests, no_content_is_said_to_be_none);
    tcase_add_test(tests, hostile_names_do_no_harm);
    tcase_add_test(tests, nothing_at_all);
    tcase_add_test(tests, programs_read_the_same);
    suite_add_tcase(suite, tests);
    return suite;
}
