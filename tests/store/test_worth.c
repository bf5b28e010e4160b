/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is kept of what cases were worth is what the rows say, bit by bit, whatever comes in
 * whatever order.
 */

#include "suites.h"
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/store/cases.h>
#include <stellwerk/store/import.h>
#include <stellwerk/store/sequences.h>
#include <stellwerk/store/unassigned.h>
#include <stellwerk/store/upkeep.h>

#include "../../src/store/worth_runs.h"
#include "store/little_map.h"
#include "store/shuffle.h"

static struct case_money money;
static void set_up(void)
{
    little_map_set_up();
    shuffle_begin(11);
}

static void read_money(int goal)
{
    struct store *store;
    ck_assert_msg(store_open(fixture.store_path, &store, &fixture.err), "%s", fixture.err.text);
    ck_assert_msg(
        store_case_money_read(&fixture.arena, store, &journey, goal, &money, &fixture.err), "%s",
        fixture.err.text);
    store_close(store);
}

/* ---- What is kept, beside the rows ------------------------------------------------ */

static void expect_in_order(void)
{
    struct store *store;
    struct store_verdict verdict;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_verify(&fixture.arena, store, &verdict, &fixture.err), "%s",
                  fixture.err.text);
    store_close(store);
    ck_assert_msg(verdict.findings.count == 0, "%s",
                  verdict.findings.count > 0 ? verdict.findings.items[0] : "");
}

static void same_money(const struct case_money *wanted)
{
    size_t size = wanted->values.count * sizeof(*wanted->values.items);
    ck_assert_uint_eq(money.values.count, wanted->values.count);
    ck_assert_uint_eq(money.others, wanted->others);
    ck_assert(money.of_goal == wanted->of_goal);
    ck_assert_pstr_eq(money.currency, wanted->currency);
    ck_assert(size == 0 || memcmp(money.values.items, wanted->values.items, size) == 0);
}

/* Bit by bit the same from what is kept, from the rows, and from what is made anew. */
static void expect_same_every_way(void)
{
    struct store *store;
    expect_in_order();
    for (int goal = NONE; goal <= PLATFORM; goal++) {
        read_money(goal);
        struct case_money kept = money;
        fixture_change(&fixture, "UPDATE derived SET version = 0 WHERE name = 'sequences'");
        read_money(goal);
        same_money(&kept);
        fixture_change(&fixture, "UPDATE derived SET version = 3 WHERE name = 'sequences'");
    }
    struct case_money before = money;
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert(store_rebuild(store, NULL, &fixture.err));
    store_close(store);
    read_money(PLATFORM);
    same_money(&before);
}

static const char header[] = "event_id,ts,case_id,person_id,activity,touchpoint,value,currency\n";

/* What a log is like. */
struct kind {
    bool money; /* some events name a currency */
    bool cut;   /* some have no case, and get one cut: then all are made anew by each import */
};

/* Events of some numbers; one whose number came before says something else, or something more. */
static void add_events(struct str *text, size_t count, struct kind kind)
{
    static const char *const places[] = { "search", "platform", "elsewhere", "" };
    static const char *const currencies[] = { "EUR", "EUR", "USD", "" };
    for (size_t i = 0; i < count; i++) {
        size_t number = below(600), who = number % 50;
        bool has_case = who < 30 || !kind.cut;
        str_printf(text, "e%zu,2026-%02zu-%02zuT%02zu:00:00Z,%s%.0zu,p%zu,step-%zu,%s,", number,
                   1 + number % 3, 1 + number % 28, number % 24, has_case ? "c" : "",
                   has_case ? who + 1 : 0, who, number % 5, places[below(4)]);
        if (below(4) > 0)
            str_printf(text, "%s%zu.%02zu", below(9) == 0 ? "-" : "", below(400), below(100));
        str_printf(text, ",%s\n", kind.money ? currencies[below(4)] : "");
    }
}

static void import_events(size_t count, struct kind kind)
{
    struct str text;
    struct import_options options = { .batch_rows = 1 + below(100) };
    str_init(&text);
    str_append(&text, header);
    add_events(&text, count, kind);
    fixture_import(&fixture, text.text, &options);
    str_finish(&text);
}

static void prune_january(void)
{
    struct store *store;
    struct store_pruned pruned;
    const struct store_prune what = { .by_day = true, .before = day("2026-01-20") };
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert(store_prune(store, &what, &pruned, &fixture.err));
    store_close(store);
    ck_assert_uint_gt(pruned.events, 0);
}

/* Activities that a map has become touchpoints where rows have none. */
static void assign(void)
{
    static struct touchpoint touchpoints[] = { { .id = "step-1" } };
    const struct journey other = { .touchpoints = touchpoints, .touchpoint_count = 1 };
    struct store *store;
    uint64_t rows;
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_assign(store, &other, &rows, &fixture.err), "%s", fixture.err.text);
    store_close(store);
    ck_assert_uint_gt(rows, 0);
}

/* With a currency, and without one, where the goal says it; events come in many portions, change,
 * lose their touchpoint to another, are cut into other cases, go, and come again. */
START_TEST(what_is_kept_is_what_the_rows_say)
{
    const struct kind kind = { .money = _i % 2 == 0, .cut = _i / 2 % 2 == 1 };
    shuffle_begin(5 + (uint64_t)_i);
    import_events(200, kind);
    expect_same_every_way();
    for (size_t round = test_rounds(12); round > 0; round--)
        import_events(1 + below(60), kind);
    ck_assert_str_ne(fixture_ask(&fixture, "SELECT sum(updated) FROM batch"), "0");
    expect_same_every_way();
    assign();
    expect_same_every_way();
    prune_january();
    expect_same_every_way();
    for (size_t round = test_rounds(12); round > 0; round--)
        import_events(1 + below(60), kind);
    ck_assert_uint_gt(money.values.count, 0);
    expect_same_every_way();
}
END_TEST

/* ---- The order of arrival ---------------------------------------------------------- */

/* Added up as doubles, these come to 0, 1 or 2, as the wind blows. */
START_TEST(sums_are_exact_in_any_order)
{
    static const char *const values[] = { "1e16", "1", "-1e16", "1", "0.125" };
    for (int first = 0; first < 5; first++) {
        for (int i = 0; i < 5; i++)
            import_text(arena_printf(&fixture.arena,
                                     "ts,case_id,activity,touchpoint,value,currency\n"
                                     "2026-02-0%d,c%d,pay,platform,%s,EUR\n",
                                     1 + i, first, values[(first + 2 * i) % 5]));
        read_money(PLATFORM);
        ck_assert_uint_eq(money.values.count, (size_t)first + 1);
        for (size_t i = 0; i < money.values.count; i++)
            ck_assert_double_eq(money.values.items[i].value, 2.125);
    }
}
END_TEST

enum { ROWS = 280, PORTIONS = 70 };

static void make_lines(struct arena *arena, char **lines)
{
    for (int i = 0; i < ROWS; i++)
        lines[i] =
            arena_printf(arena, "e%d,2026-02-%02zuT%02zu:00:00Z,c%zu,,pay,search,%zu.%02zu,%s\n", i,
                         1 + below(28), below(24), below(40), below(1000), below(100),
                         below(3) > 0 ? "EUR" : "");
}

static void import_lines(char *const *lines, size_t count)
{
    struct str text;
    str_init(&text);
    str_append(&text, header);
    for (size_t i = 0; i < count; i++)
        str_append(&text, lines[i]);
    import_text(text.text);
    str_finish(&text);
}

/* So many portions that runs are merged twice; then the same rows at once. */
START_TEST(the_order_of_arrival_leaves_no_trace)
{
    struct arena arena;
    char *lines[ROWS];
    arena_init(&arena);
    make_lines(&arena, lines);
    import_lines(lines, ROWS);
    read_money(SEARCH);
    struct case_money at_once = money;
    at_once.values.items = arena_array(&arena, money.values.count, sizeof(struct case_value));
    memcpy(at_once.values.items, money.values.items,
           money.values.count * sizeof(struct case_value));
    at_once.currency = arena_strdup(&arena, money.currency);
    fixture_finish(&fixture);
    fixture_init(&fixture);
    shuffle(lines, ROWS, sizeof(*lines));
    for (size_t i = 0; i < ROWS; i += ROWS / PORTIONS)
        import_lines(&lines[i], ROWS / PORTIONS);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT max(level) FROM sequence_run"), "2");
    read_money(SEARCH);
    same_money(&at_once);
    expect_same_every_way();
    arena_finish(&arena);
}
END_TEST

/* ---- Older stores, and damaged ones ------------------------------------------------- */

static const char two_cases[] = "event_id,ts,case_id,activity,touchpoint,value,currency\n"
                                "e1,2026-02-01,a,pay,platform,7.5,EUR\n"
                                "e2,2026-02-01,b,pay,platform,3,EUR\n"
                                "e3,2026-02-02,b,look,search,1,\n";

static bool hear(const struct sequence *sequence, void *data)
{
    (void)sequence;
    ++*(size_t *)data;
    return true;
}

static size_t count_cases(void)
{
    const struct sequence_wish wish = { .journey = &journey, .lens = &lens, .channel = NONE };
    struct sequence_names names;
    struct store *store;
    size_t cases = 0;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(
        store_sequences_read(&fixture.arena, store, &wish, hear, &cases, &names, &fixture.err),
        "%s", fixture.err.text);
    store_close(store);
    return cases;
}

static const char *version(void)
{
    return fixture_ask(&fixture, "SELECT version FROM derived WHERE name = 'sequences'");
}

/* Sequences of the version before have no worth: it is read from the rows, until an import makes
 * all anew. */
START_TEST(an_older_store_gets_it_with_the_next_import)
{
    import_text(two_cases);
    read_money(PLATFORM);
    struct case_money wanted = money;
    fixture_change(&fixture, "DELETE FROM sequence_part WHERE part < 0;"
                             "UPDATE derived SET version = 2 WHERE name = 'sequences'");
    read_money(PLATFORM);
    same_money(&wanted);
    /* Its paths are read from what is kept, and do not see this. */
    fixture_change(&fixture, "UPDATE event SET case_id = 'x' || id");
    ck_assert_uint_eq(count_cases(), 2);
    fixture_change(&fixture, "UPDATE event SET case_id = iif(id = 1, 'a', 'b')");
    import_text("event_id,ts,case_id,activity,touchpoint,value,currency\n"
                "e4,2026-02-03,a,pay,platform,1,EUR\n");
    ck_assert_str_eq(version(), "3");
    ck_assert_uint_eq(count_cases(), 2);
    expect_same_every_way();
}
END_TEST

static void import_and_die(void)
{
    struct str text;
    str_init(&text);
    str_append(&text, header);
    for (int i = 0; i < KILLED_RECORDS + 100; i++)
        str_printf(&text, "k%d,2026-02-01,k%d,,pay,platform,%d.1,EUR\n", i, i % 300, i);
    fixture_import_and_die(&fixture, text.text);
    str_finish(&text);
}

/* Both the rows and what they are worth, or neither; also where nothing of it was kept before. */
START_TEST(a_killed_import_leaves_all_or_nothing)
{
    import_text(two_cases);
    if (_i == 1)
        fixture_change(&fixture, "DELETE FROM sequence_part WHERE part < 0;"
                                 "UPDATE derived SET version = 2 WHERE name = 'sequences'");
    import_and_die();
    ck_assert_int_ge(atoi(fixture_ask(&fixture, "SELECT count(*) FROM event")), 300);
    ck_assert_str_eq(version(), _i == 0 ? "3" : "0");
    read_money(PLATFORM);
    struct case_money kept = money;
    size_t cases = count_cases();
    fixture_change(&fixture, "UPDATE derived SET version = 0 WHERE name = 'sequences'");
    read_money(PLATFORM);
    same_money(&kept);
    ck_assert_uint_eq(count_cases(), cases);
    ck_assert_uint_eq(cases, 302);
}
END_TEST

static const struct {
    const char *harm, *words; /* the words of a reader; NULL: it sees nothing */
} harms[] = {
    { "UPDATE sequence_part SET cases = x'00' WHERE part < 0", "damaged" },
    { "UPDATE sequence_part SET cases = CAST(cases || cases AS BLOB) WHERE part < 0", "damaged" },
    { "UPDATE sequence_part SET cases = substr(cases, 1, length(cases) - 1) WHERE part < 0",
      "damaged" },
    { "UPDATE sequence_part SET cases = x'0100000000000000FFFFFFFFFF7F020104' WHERE part < 0",
      "damaged" },
    { "UPDATE sequence_part SET cases = x'01000000000000000202010000' WHERE part < 0", "damaged" },
    { "DELETE FROM sequence_part WHERE part < 0", NULL },
    { "UPDATE event SET value = 8 WHERE event_id = 'e1'", NULL },
    { "UPDATE event SET value = NULL WHERE event_id = 'e1'", NULL },
};

START_TEST(harm_is_found_and_mended)
{
    struct store *store;
    struct store_verdict verdict;
    import_text(two_cases);
    fixture_change(&fixture, harms[_i].harm);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    bool read =
        store_case_money_read(&fixture.arena, store, &journey, PLATFORM, &money, &fixture.err);
    ck_assert(read == (harms[_i].words == NULL));
    ck_assert(read || strstr(fixture.err.text, harms[_i].words) != NULL);
    bool looked = store_verify(&fixture.arena, store, &verdict, &fixture.err);
    ck_assert(!looked || verdict.findings.count > 0);
    store_close(store);
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert(store_rebuild(store, NULL, &fixture.err));
    store_close(store);
    expect_same_every_way();
}
END_TEST

/* ---- Shares of a case ---------------------------------------------------------------- */

START_TEST(what_a_case_is_worth_is_written_and_read)
{
    struct case_worth worth = { 0 }, read = { 0 };
    struct str bytes;
    uint64_t events, in_francs = purse_of(9, 4), at_the_till = purse_of(0, 4);
    str_init(&bytes);
    case_worth_clear(&worth, UINT64_MAX);
    case_worth_add_event(&worth, at_the_till, 0.1);
    case_worth_add_event(&worth, in_francs, 1);
    case_worth_add_event(&worth, at_the_till, 0.2);
    case_worth_add_event(&worth, at_the_till, NAN);
    case_worth_add_event(&worth, at_the_till, INFINITY);
    case_worth_add_event(&worth, purse_of(0, 0), 5);
    case_worth_write(&bytes, &worth);
    struct coded part = coded_init(bytes.text, bytes.length);
    ck_assert_int_eq(case_worth_read(&part, &read), PART_CASE);
    ck_assert_uint_eq(read.digest, UINT64_MAX);
    ck_assert_uint_eq(read.count, 2);
    ck_assert_uint_eq(purse_currency(in_francs), 9);
    ck_assert_uint_eq(purse_currency(at_the_till), 0);
    ck_assert_double_eq(case_worth_sum(&read, in_francs, &events), 1);
    ck_assert_uint_eq(events, 1);
    ck_assert_double_eq(case_worth_sum(&read, at_the_till, &events), 0.1 + 0.2);
    ck_assert_uint_eq(events, 2);
    case_worth_sum(&read, purse_of(5, 0), &events);
    ck_assert_uint_eq(events, 0);
    ck_assert_int_eq(case_worth_read(&part, &read), PART_END);
    case_worth_finish(&worth);
    case_worth_finish(&read);
    str_finish(&bytes);
}
END_TEST

Suite *store_worth_suite(void)
{
    Suite *suite = suite_create("store_worth");
    TCase *tests = tcase_create("worth");
    tcase_add_checked_fixture(tests, set_up, little_map_tear_down);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, sums_are_exact_in_any_order);
    tcase_add_loop_test(tests, what_is_kept_is_what_the_rows_say, 0, 4);
    tcase_add_test(tests, the_order_of_arrival_leaves_no_trace);
    tcase_add_test(tests, an_older_store_gets_it_with_the_next_import);
    tcase_add_loop_test(tests, a_killed_import_leaves_all_or_nothing, 0, 2);
    tcase_add_loop_test(tests, harm_is_found_and_mended, 0, (int)ARRAY_LEN(harms));
    tcase_add_test(tests, what_a_case_is_worth_is_written_and_read);
    suite_add_tcase(suite, tests);
    return suite;
}
