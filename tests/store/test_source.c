/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files other than CSV: JSON lines as GA4, XDM, Segment and Snowplow export them, OCEL logs, and
 * whatever is packed with gzip.
 */

#include "suites.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <stellwerk/base/str.h>

#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    fixture_finish(&fixture);
}

static struct import_report import(const char *text)
{
    return fixture_import(&fixture, text, NULL);
}

static const char *source_of(const struct import_report *report, const char *column)
{
    for (size_t i = 0; i < report->column_count; i++)
        if (strcmp(report->columns[i].column, column) == 0)
            return report->columns[i].source;
    return "";
}

static void expect_error(const char *path, const struct import_options *options,
                         const char *message)
{
    struct import_report report;
    ck_assert(!fixture_try(&fixture, path, options, &report));
    ck_assert_msg(strstr(fixture.err.text, message) != NULL, "'%s' is not in '%s'", message,
                  fixture.err.text);
}

static const char *write_text(const char *name, const char *text)
{
    return fixture_write(&fixture, name, text, strlen(text));
}

/* ---- Without a header ---- */

/* A row of Snowplow's enriched stream: 131 fields, of which a few are given. */
static const char *enriched(const char *id, const char *at, const char *name)
{
    struct str line;
    str_init(&line);
    for (int i = 0; i < 131; i++) {
        const char *field = i == 1 ? "web" : i == 3 ? at : i == 5 ? "struct" : i == 6 ? id
                            : i == 15 ? "d7" : i == 52 ? "{\"schema\":\"a, b\"}"
                            : i == 123 ? "s1" : i == 126 ? name : "";
        str_printf(&line, "%s%s", i > 0 ? "\t" : "", field);
    }
    const char *text = arena_strdup(&fixture.arena, line.text);
    str_finish(&line);
    return text;
}

static const char first_id[] = "c6ef3124-b53a-4b13-a233-0088f79dcbcb";
static const char second_id[] = "0A1b2c3d-0000-1111-2222-333344445555";

START_TEST(an_enriched_stream_has_no_header)
{
    const char *text = arena_printf(&fixture.arena, "%s\n%s\n%s\n",
                                    enriched(first_id, "2026-01-05 10:00:00.123", "page_view"),
                                    enriched(second_id, "2026-01-05 10:05:00.000", ""),
                                    "web\tbroken");
    struct import_report report = import(text);
    ck_assert(report.headerless);
    ck_assert_str_eq(report.preset, "snowplow");
    ck_assert_uint_eq(report.taken, 2);
    ck_assert_uint_eq(report.rejected, 1);
    ck_assert_uint_eq(report.rejects[0].line, 3);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(event_id || ' ' || ts || ' ' ||"
                                           " activity || ' ' || person_id || ' ' || session_id"
                                           " || ' ' || channel, '; ') FROM events"),
                     "c6ef3124-b53a-4b13-a233-0088f79dcbcb 2026-01-05T10:00:00.123Z page_view d7 s1"
                     " web; 0A1b2c3d-0000-1111-2222-333344445555 2026-01-05T10:05:00.000Z struct d7"
                     " s1 web");
    ck_assert_uint_eq(import(text).duplicates, 2);
}
END_TEST

START_TEST(only_what_has_its_shape_lacks_a_header)
{
    const char *text = arena_printf(&fixture.arena, "%s\n%s\n",
                                    enriched("event_id", "collector_tstamp", "event_name"),
                                    enriched(first_id, "2026-01-05 10:00:00.123", "page_view"));
    expect_error(write_text("odd.tsv", text), NULL, "not those of events");
}
END_TEST

/* ---- JSON lines ---- */

static const char segment[] =
    "{\"messageId\":\"m1\",\"type\":\"track\",\"event\":\"Bestellt\",\"anonymousId\":\"a1\","
    "\"timestamp\":\"2026-01-05T10:00:00+01:00\",\"channel\":\"Web\",\"context\":{\"campaign\":"
    "{\"name\":\"Frühling\",\"source\":\"news\",\"medium\":\"email\"}},"
    "\"properties\":{\"revenue\":12.5,\"currency\":\"EUR\"}}\n"
    "\n"
    "{\"messageId\":\"m2\",\"type\":\"page\",\"name\":\"Home\",\"userId\":\"u1\","
    "\"anonymousId\":\"a1\",\"timestamp\":\"2026-01-05T09:05:00Z\"}\n"
    "{\"messageId\":\"m3\",\"type\":\"identify\",\"userId\":null,\"anonymousId\":\"a2\","
    "\"originalTimestamp\":\"2026-01-05T09:06:00Z\"}\n";

START_TEST(calls_of_segment_are_events)
{
    struct import_report report = import(segment);
    ck_assert_int_eq(report.form, IMPORT_JSON);
    ck_assert_str_eq(report.preset, "segment");
    ck_assert_uint_eq(report.taken, 3);
    ck_assert_str_eq(source_of(&report, "person_id"), "userId, else anonymousId");
    ck_assert_str_eq(
        fixture_ask(&fixture,
                    "SELECT group_concat(event_id || ' ' || ts || ' ' || person_id || ' ' ||"
                    " activity || ' ' || coalesce(channel || ' ' || campaign || ' ' || source ||"
                    " ' ' || medium || ' ' || value || ' ' || currency, '-'), '; ')"
                    " FROM (SELECT * FROM events ORDER BY event_id)"),
        "m1 2026-01-05T09:00:00.000Z a1 Bestellt web Frühling news email 12.5 EUR; "
        "m2 2026-01-05T09:05:00.000Z u1 Home -; m3 2026-01-05T09:06:00.000Z a2 identify -");
    report = import(segment);
    ck_assert_uint_eq(report.duplicates, 3);
    ck_assert_uint_eq(report.batch, 0);
}
END_TEST

START_TEST(tables_made_of_such_calls_are_the_same)
{
    struct import_report report =
        import("id,anonymous_id,user_id,received_at,event,event_text,context_campaign_name\n"
               "m1,a1,,2026-01-05 09:00:00 UTC,order_done,Order Done,spring\n");
    ck_assert_str_eq(report.preset, "rudderstack");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT person_id || ts || campaign FROM events"),
                     "a12026-01-05T09:00:00.000Zspring");
}
END_TEST

/* Two events of one microsecond differ only in their place in the batch. */
START_TEST(parameters_of_ga4_are_fields)
{
    static const char ga4[] =
        "{\"event_timestamp\":\"1767605400000000\",\"event_name\":\"page_view\",\"event_params\":["
        "{\"key\":\"ga_session_id\",\"value\":{\"int_value\":\"1612\"}},"
        "{\"key\":\"value\",\"value\":{\"string_value\":null,\"double_value\":3.5}},"
        "{\"key\":\"currency\",\"value\":{\"string_value\":\"EUR\"}}],\"user_pseudo_id\":\"p.1\","
        "\"platform\":\"WEB\",\"traffic_source\":{\"name\":\"(direct)\"},"
        "\"batch_event_index\":\"1\"}\n"
        "{\"event_timestamp\":\"1767605400000000\",\"event_name\":\"page_view\","
        "\"user_id\":\"u7\",\"user_pseudo_id\":\"p.1\",\"batch_event_index\":\"2\"}\n";
    struct import_report report = import(ga4);
    ck_assert_str_eq(report.preset, "ga4");
    ck_assert_str_eq(report.time_format, "epoch_us");
    ck_assert_uint_eq(report.taken, 2);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT ts || ' ' || person_id || ' ' || session_id ||"
                                           " ' ' || channel || ' ' || value || ' ' || currency ||"
                                           " ' ' || campaign FROM events WHERE value > 0"),
                     "2026-01-05T09:30:00.000Z p.1 1612 web 3.5 EUR (direct)");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT person_id FROM events WHERE value IS NULL"),
                     "u7");

    /* Exported again in another order, they are the same events. */
    report = import("{\"batch_event_index\":2,\"user_pseudo_id\":\"p.1\",\"event_name\":"
                    "\"page_view\",\"event_timestamp\":1767605400000000}\n");
    ck_assert_uint_eq(report.taken, 0);
    ck_assert_uint_eq(report.rejected, 0);
}
END_TEST

START_TEST(the_primary_identity_of_xdm_is_the_person)
{
    struct import_report report =
        import("{\"_id\":\"x1\",\"timestamp\":\"2026-01-05T10:00:00Z\",\"eventType\":\"web.view\","
               "\"identityMap\":{\"ECID\":[{\"id\":\"e1\"}],\"Email\":[{\"id\":\"a@b.de\","
               "\"primary\":true}]},\"producedBy\":\"Service\",\"channel\":{\"_id\":"
               "\"https://ns.adobe.com/xdm/channels/Web\"},\"commerce\":{\"order\":"
               "{\"priceTotal\":7,\"currencyCode\":\"EUR\"}}}\n"
               "{\"_id\":\"x2\",\"timestamp\":\"2026-01-06T10:00:00Z\",\"eventType\":\"web.view\","
               "\"identityMap\":{\"ECID\":[{\"id\":\"e1\"}]}}\n");
    ck_assert_str_eq(report.preset, "xdm");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT person_id || ' ' || owner || ' ' || channel ||"
                                           " ' ' || value || currency FROM events LIMIT 1"),
                     "a@b.de Service web 7.0EUR");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT person_id FROM events WHERE event_id = 'x2'"),
                     "e1");
}
END_TEST

START_TEST(snowplow_comes_as_a_table_with_tabs)
{
    struct import_report report =
        import("app_id\tplatform\tcollector_tstamp\tevent\tevent_id\tuser_id\tdomain_userid\t"
               "domain_sessionid\tmkt_medium\tderived_tstamp\tevent_name\n"
               "shop\tweb\t2026-01-05 10:00:01.5\tstruct\te1\t\td1\ts1\tcpc\t"
               "2026-01-05 10:00:00.5\tadd_to_cart\n");
    ck_assert_str_eq(report.preset, "snowplow");
    ck_assert_int_eq(report.delimiter, '\t');
    ck_assert(report.time_without_offset);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT ts || person_id || session_id || activity ||"
                                           " channel || medium FROM events"),
                     "2026-01-05T10:00:00.500Zd1s1add_to_cartwebcpc");
}
END_TEST

START_TEST(what_the_first_lines_do_not_have_may_come_later)
{
    struct str text;
    str_init(&text);
    for (int i = 0; text.length < 400000; i++)
        str_printf(&text,
                   "{\"ts\":\"2026-01-05T10:00:00Z\",\"case_id\":\"c%d\",\"activity\":\"look\","
                   "\"padding\":\"%0200d\"}\n",
                   i, 0);
    str_append(&text, "{\"ts\":\"2026-01-05T10:00:00Z\",\"case_id\":\"last\",\"activity\":\"buy\","
                      "\"value\":1e3,\"order\":{\"no\":17}}\n");
    struct mapping_pair pair = { .key = "outcome", .text = "order.no", .pos = { .line = 3 } };
    struct import_mapping mapping = { .columns = { .items = &pair, .count = 1 } };
    struct diag_list diags;
    diag_list_init(&diags, &fixture.arena);
    struct import_report report =
        fixture_import(&fixture, text.text,
                       &(struct import_options){ .mapping = &mapping, .diags = &diags });
    str_finish(&text);
    ck_assert_uint_eq(diags.warnings, 1);
    ck_assert_uint_eq(diags.items[0].pos.line, 3);
    ck_assert_uint_eq(report.rejected, 0);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT value || outcome FROM events"
                                           " WHERE case_id = 'last'"),
                     "1000.017");
}
END_TEST

START_TEST(bad_lines_are_rejected_and_the_rest_is_taken)
{
    struct str text;
    str_init(&text);
    str_append(&text, "{\"ts\":\"2026-01-05\",\"case_id\":\"c\",\"activity\":\"look\"}\n"
                      "{\"ts\":\"2026-01-06\",\n"
                      "[1]\n"
                      "{\"ts\":\"2026-01-07\",\"case_id\":\"c\",\"activity\":\"\\u0000\"}\n");
    str_append(&text, "{\"ts\":\"");
    for (int i = 0; i < (1 << 20); i++)
        str_append_char(&text, 'x');
    str_append(&text, "\"}\n{\"deep\":");
    for (int i = 0; i < 100000; i++)
        str_append_char(&text, '[');
    str_append(&text, "\n{\"ts\":\"2026-01-08\",\"case_id\":\"c\",\"activity\":\"pay\"}");
    struct import_report report = import(text.text);
    str_finish(&text);
    ck_assert_uint_eq(report.records, 7);
    ck_assert_uint_eq(report.taken, 2);
    ck_assert_uint_eq(report.reject_count, 5);
    ck_assert_uint_eq(report.rejects[0].line, 2);
    ck_assert_ptr_nonnull(strstr(report.rejects[0].reason, "no JSON: "));
    ck_assert_str_eq(report.rejects[1].reason, "the line is no JSON object");
    ck_assert_ptr_nonnull(strstr(report.rejects[2].reason, "no JSON: "));
    ck_assert_ptr_nonnull(strstr(report.rejects[3].reason, "longer than 1 MiB"));
    ck_assert_uint_eq(report.rejects[3].line, 5);
}
END_TEST

START_TEST(json_that_is_no_lines_is_explained)
{
    expect_error(write_text("a.json", "[\n  {\"ts\": 1},\n  {}\n]\n"), NULL, "jq -c '.[]'");
    expect_error(write_text("b.json", "{\n  \"ts\": 1\n}\n"), NULL, "jq -c .");
    expect_error(write_text("c.json", "{\"ts\":\n"), NULL, "jq -c .");
}
END_TEST

START_TEST(json_in_utf16_is_converted)
{
    static const char text[] =
        "\xFF\xFE{\0\"\0t\0s\0\"\0:\0\"\0002\0000\0002\0006\0-\0000\0001\0-\0000\0005\0\"\0,\0"
        "\"\0c\0a\0s\0e\0_\0i\0d\0\"\0:\0\"\0\xFC\0\"\0,\0"
        "\"\0a\0c\0t\0i\0v\0i\0t\0y\0\"\0:\0\"\0a\0\"\0}\0\n\0";
    const char *path = fixture_write(&fixture, "utf16.json", text, sizeof(text) - 1);
    struct import_report report;
    ck_assert_msg(fixture_try(&fixture, path, NULL, &report), "%s", fixture.err.text);
    ck_assert_str_eq(report.encoding, "UTF-16LE");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT case_id FROM events"), "ü");
}
END_TEST

/* ---- gzip ---- */

static const char *pack(const char *name, const char *mode, const char *text)
{
    const char *path = fixture_path(&fixture, name);
    gzFile file = gzopen(path, mode);
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(gzwrite(file, text, (unsigned)strlen(text)), (int)strlen(text));
    ck_assert_int_eq(gzclose(file), Z_OK);
    return path;
}

START_TEST(packed_files_are_unpacked)
{
    struct import_report report;
    pack("two.csv.gz", "wb", "ts,case_id,activity\n2026-01-05,c1,look\n");
    const char *path = pack("two.csv.gz", "ab", "2026-01-06,c1,\"buy\nall\"\n");
    ck_assert_msg(fixture_try(&fixture, path, NULL, &report), "%s", fixture.err.text);
    ck_assert(report.packed);
    ck_assert_int_eq(report.form, IMPORT_CSV);
    ck_assert_uint_eq(report.taken, 2);
    ck_assert(fixture_try(&fixture, path, NULL, &report));
    ck_assert_uint_eq(report.seen_in_batch, 1);
    ck_assert_uint_eq(report.duplicates, 2);

    ck_assert(fixture_try(&fixture, pack("s.gz", "wb", segment), NULL, &report));
    ck_assert_int_eq(report.form, IMPORT_JSON);
    ck_assert_uint_eq(report.taken, 3);
}
END_TEST

START_TEST(a_packed_file_that_breaks_off_is_a_message)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,activity\n");
    for (int i = 0; i < 4000; i++)
        str_printf(&text, "2026-01-05,case %d,step %d\n", i, i * 7919 % 10007);
    const char *path = pack("broken.gz", "wb", text.text);
    str_finish(&text);
    size_t length;
    const char *bytes;
    ck_assert(file_read(&fixture.arena, path, 1 << 20, &bytes, &length, &fixture.err));
    path = fixture_write(&fixture, "cut.gz", bytes, length / 2);
    expect_error(path, NULL, "cut.gz' breaks off");

    char *spoilt = memcpy(arena_alloc(&fixture.arena, length), bytes, length);
    memset(spoilt + length / 2, 0xFF, 64);
    expect_error(fixture_write(&fixture, "spoilt.gz", spoilt, length), NULL, "is damaged behind");
}
END_TEST

/* ---- OCEL ---- */

static const char log_sql[] =
    "CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);"
    "CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);"
    "CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);"
    "CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT);"
    "CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);"
    "INSERT INTO event_map_type VALUES ('place order', 'Place'), ('pay', 'Pay');"
    "INSERT INTO object_map_type VALUES ('order', 'Order'), ('customer', 'Customer'),"
    " ('item', 'Item');"
    "CREATE TABLE event_Place (ocel_id TEXT, ocel_time TEXT, channel TEXT);"
    "CREATE TABLE event_Pay (ocel_id TEXT, ocel_time TEXT, amount REAL);"
    "CREATE TABLE object_Order (ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT);"
    "CREATE TABLE object_Item (ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT);"
    "CREATE TABLE object_Customer (ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT,"
    " segment TEXT);"
    "INSERT INTO object VALUES ('o1', 'order'), ('o2', 'order'), ('k1', 'customer'),"
    " ('i1', 'item'), ('i2', 'item');"
    "INSERT INTO object_Customer VALUES ('k1', '1970-01-01', NULL, 'neu'),"
    " ('k1', '2026-01-06', 'segment', 'treu');"
    "INSERT INTO event_Place VALUES ('e1', '2026-01-05T10:00:00Z', 'Shop'),"
    " ('e2', '2026-01-05T11:00:00Z', NULL);"
    "INSERT INTO event_Pay VALUES ('e3', '2026-01-07T10:00:00Z', 12.5);"
    "INSERT INTO event VALUES ('e1', 'place order'), ('e2', 'place order'), ('e3', 'pay');"
    "INSERT INTO event_object VALUES ('e1', 'o1', 'places'), ('e1', 'i1', ''), ('e1', 'i2', ''),"
    " ('e1', 'k1', ''), ('e2', 'o2', ''), ('e2', 'k1', ''), ('e3', 'o1', ''), ('e3', 'o2', '')";

static const char *make_database(const char *name, const char *sql)
{
    sqlite3 *db;
    const char *path = fixture_path(&fixture, name);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
    return path;
}

static struct import_report import_log(const char *path, const char *case_field)
{
    struct import_report report;
    struct mapping_pair pairs[] = {
        { .key = "case_id", .text = case_field },
        { .key = "persona", .text = "object:customer.segment" },
    };
    struct import_mapping mapping = { .one_off = true, .columns = { .items = pairs, .count = 2 } };
    struct import_options options = { .mapping = &mapping };
    ck_assert_msg(fixture_try(&fixture, path, &options, &report), "%s", fixture.err.text);
    return report;
}

/* The payment is of two orders: it belongs to both cases. */
START_TEST(a_log_is_read_by_the_case_that_was_chosen)
{
    const char *path = make_database("log.sqlite", log_sql);
    struct import_report report = import_log(path, "object:order");
    ck_assert_int_eq(report.form, IMPORT_OCEL);
    ck_assert_str_eq(report.preset, "ocel");
    ck_assert_uint_eq(report.records, 4);
    ck_assert_uint_eq(report.taken, 4);
    ck_assert_str_eq(
        fixture_ask(&fixture, "SELECT group_concat(event_id || ' ' || ts || ' ' || activity || ' '"
                              " || case_id || ' ' || coalesce(person_id, '-') || ' '"
                              " || coalesce(channel, '-') || ' ' || coalesce(value, '-') || ' '"
                              " || coalesce(persona, '-'), '; ')"
                              " FROM (SELECT * FROM events ORDER BY event_id, case_id)"),
        "e1 2026-01-05T10:00:00.000Z place order o1 k1 shop - treu; "
        "e2 2026-01-05T11:00:00.000Z place order o2 k1 - - treu; "
        "e3 2026-01-07T10:00:00.000Z pay o1 - - 12.5 -; "
        "e3 2026-01-07T10:00:00.000Z pay o2 - - 12.5 -");
    report = import_log(path, "object:order");
    ck_assert_uint_eq(report.duplicates, 4);
    ck_assert_uint_eq(report.seen_in_batch, 1);
}
END_TEST

/* With a customer and no case chosen, cases are cut from what the customer did. */
START_TEST(which_object_is_the_case_is_not_guessed)
{
    const char *path = make_database("log.sqlite", log_sql);
    struct import_report report;
    ck_assert(fixture_try(&fixture, path, NULL, &report));
    ck_assert_uint_eq(report.without_case, 2);
    ck_assert_uint_eq(report.rejected, 1); /* a payment without a customer */

    path = make_database("anonymous.sqlite", log_sql);
    make_database("anonymous.sqlite", "UPDATE object_map_type SET ocel_type = 'box'"
                                      " WHERE ocel_type = 'customer'");
    expect_error(path, NULL, "about object:box, object:item, object:order; say which");
    make_database("anonymous.sqlite", "DELETE FROM object_map_type WHERE ocel_type <> 'order'");
    ck_assert(fixture_try(&fixture, path, NULL, &report));
    ck_assert_str_eq(source_of(&report, "case_id"), "object:order");
}
END_TEST

START_TEST(a_hostile_log_is_a_message)
{
    expect_error(make_database("other.db", "CREATE TABLE t (x)"), NULL, "no OCEL 2.0 event log");
    const char *path = make_database("view.db", log_sql);
    make_database("view.db", "DROP TABLE event_Pay; CREATE VIEW event_Pay AS WITH RECURSIVE"
                             " f(ocel_id, ocel_time) AS (SELECT 'e', '2026-01-05' UNION ALL"
                             " SELECT ocel_id, ocel_time FROM f) SELECT * FROM f");
    struct import_report report;
    ck_assert(!fixture_try(&fixture, path, NULL, &report));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "cannot be read"));

    path = make_database("quotes.db", log_sql);
    make_database("quotes.db", "ALTER TABLE event_Pay RENAME TO \"event_x\"\"; DROP\";"
                               "UPDATE event_map_type SET ocel_type_map = 'x\"; DROP',"
                               " ocel_type = 'it''s' WHERE ocel_type = 'pay';"
                               "UPDATE event_object SET ocel_object_id = 'k1'"
                               " WHERE ocel_event_id = 'e3'");
    ck_assert_msg(fixture_try(&fixture, path, NULL, &report), "%s", fixture.err.text);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT activity FROM events WHERE value > 0"), "it's");
}
END_TEST

Suite *store_source_suite(void)
{
    Suite *suite = suite_create("store_source");
    TCase *tests = tcase_create("source");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_enriched_stream_has_no_header);
    tcase_add_test(tests, only_what_has_its_shape_lacks_a_header);
    tcase_add_test(tests, calls_of_segment_are_events);
    tcase_add_test(tests, tables_made_of_such_calls_are_the_same);
    tcase_add_test(tests, parameters_of_ga4_are_fields);
    tcase_add_test(tests, the_primary_identity_of_xdm_is_the_person);
    tcase_add_test(tests, snowplow_comes_as_a_table_with_tabs);
    tcase_add_test(tests, what_the_first_lines_do_not_have_may_come_later);
    tcase_add_test(tests, bad_lines_are_rejected_and_the_rest_is_taken);
    tcase_add_test(tests, json_that_is_no_lines_is_explained);
    tcase_add_test(tests, json_in_utf16_is_converted);
    tcase_add_test(tests, packed_files_are_unpacked);
    tcase_add_test(tests, a_packed_file_that_breaks_off_is_a_message);
    tcase_add_test(tests, a_log_is_read_by_the_case_that_was_chosen);
    tcase_add_test(tests, which_object_is_the_case_is_not_guessed);
    tcase_add_test(tests, a_hostile_log_is_a_message);
    suite_add_tcase(suite, tests);
    return suite;
}
