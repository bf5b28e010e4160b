/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/edit.h>

static struct arena arena;
static struct error err;

static void setup(void)
{
    arena_init(&arena);
    error_init(&err);
}

static void teardown(void)
{
    arena_finish(&arena);
}

/* A map with most ways of writing things, to which every edit below is made by itself. */
static const char map[] = "stellwerk: 1\n"
                          "title: Reise   # heißt so\n"
                          "personas:\n"
                          "  anna: {name: 'Anna B.', share: 0.5}\n"
                          "  # die zweite\n"
                          "  karl: {name: Karl}\n"
                          "channels: {web: {label: Web}, app: App}\n"
                          "handovers: [[web, app]]\n"
                          "stages:\n"
                          "  - id: one\n"
                          "    title: Eins\n"
                          "    touchpoints:\n"
                          "      # vor dem ersten\n"
                          "      - id: a\n"
                          "        title: \"A\"\n"
                          "        pains: [laut, 'eng: sehr']\n"
                          "        experience: {anna: 30}\n"
                          "        # gehört zu a\n"
                          "\n"
                          "      - id: b\n"
                          "        title: B\n"
                          "        channel: web\n"
                          "        quotes:\n"
                          "          - text: |\n"
                          "              Zeile eins\n"
                          "              Zeile zwei\n"
                          "            source: Brief\n"
                          "          - {text: kurz}\n"
                          "        expectation:\n"
                          "          all: 70\n"
                          "\n"
                          "  - id: two\n"
                          "    title: Zwei\n"
                          "    touchpoints:\n"
                          "      - {id: c, title: C, thoughts: []}\n"
                          "routes:\n"
                          "  - {id: short, title: Kurz, through: [a, c]}\n";

/* An edit, and the lines it changes: what is between the equal beginning and the equal end. */
struct sample {
    const char *line;
    const char *gone, *new;
};

static const struct sample samples[] = {
    { "set map.title \"Neue Reise\"", "Reise", "Neue Reise" },
    { "set map.title no", "Reise", "'no'" },
    { "set map.title \"a: b\"", "Reise", "'a: b'" },
    { "set map.title \"it's # so\"", "Reise", "\"it's # so\"" },
    { "set persona/anna.name Ana", "'Anna B.'", "'Ana'" },
    { "set persona/karl.share 0.25", "Karl}", "Karl, share: 0.25}" },
    { "set a.title 12:30", "\"A\"", "\"12:30\"" },
    { "set a.experience.anna 55", "30", "55" },
    { "set a.experience.anna.note gut", "30", "{score: 30, note: gut}" },
    { "set a.standard 80", "        experience", "        standard: 80\n        experience" },
    { "set b.expectation.all.adequate 60", "70", "{adequate: 60, desired: 70}" },
    { "set b.expectation.anna 65", "", "          anna: 65\n" },
    { "set b.promise.score 90",
      "        expectation:", "        promise: {score: 90}\n        expectation:" },
    { "set b.quotes.1.text \"Eine\\nZwei\\nDrei\"",
      "|\n              Zeile eins\n              Zeile zwei\n",
      "|-\n              Eine\n              Zwei\n              Drei\n" },
    { "unset a.experience", "        experience: {anna: 30}\n", "" },
    { "unset a.experience.anna", "        experience: {anna: 30}\n", "" },
    { "unset persona/anna.share", ", share: 0.5", "" },
    { "insert a.pains voll", "'eng: sehr'", "'eng: sehr', voll" },
    { "insert a.pains voll first", "laut", "voll, laut" },
    { "insert a.pains \"7\" at 2", "'eng: sehr'", "'7', 'eng: sehr'" },
    { "insert c.thoughts hm", "[]", "[hm]" },
    { "insert touchpoint/d \"{title: D}\" after c", "C, thoughts: []}\n",
      "C, thoughts: []}\n      - {id: d, title: D}\n" },
    { "insert touchpoint/d D before b", "      - id: b",
      "      - id: d\n        title: D\n\n      - id: b" },
    { "insert persona/lena Lena", "Karl}\n", "Karl}\n  lena: {name: Lena}\n" },
    { "insert channel/phone \"{label: Telefon}\"", "app: App}",
      "app: App, phone: {label: Telefon}}" },
    { "insert stage/three Drei",
      "routes:", "\n  - id: three\n    title: Drei\n    touchpoints: []\nroutes:" },
    { "delete b.quotes.2", "          - {text: kurz}\n", "" },
    { "delete a.pains.1", "laut, ", "" },
    { "delete c", " - {id: c", NULL },
    { "move a.pains.2 first", "laut, 'eng: sehr'", "'eng: sehr', laut" },
    { "rename persona/anna ana", NULL, NULL },
    { "rename a start", NULL, NULL },
};

/* Cuts off what both texts begin and end with, at the ends of lines only where `gone` is whole
 * lines. */
static void check_change(const char *line, const char *after, const char *gone, const char *new)
{
    const char *at = strstr(map, gone);
    ck_assert_msg(at != NULL, "%s: the sample has no '%s'", line, gone);
    for (; at != NULL; at = strstr(at + 1, gone)) {
        size_t head = (size_t)(at - map);
        char *wanted = arena_printf(&arena, "%.*s%s%s", (int)head, map, new, at + strlen(gone));
        if (strcmp(wanted, after) == 0)
            return;
        if (*gone == '\0' && at[1] == '\0')
            break;
    }
    ck_abort_msg("%s gave:\n%s", line, after);
}

static bool edit(const char *text, const char *line, struct edited *out)
{
    struct operation operation;
    ck_assert_msg(operation_parse_line(&arena, line, &operation, &err), "%s", err.text);
    return edit_apply(&arena, "map.yaml", text, strlen(text), &operation, out, &err);
}

START_TEST(an_edit_changes_what_it_must_and_nothing_else)
{
    const struct sample *sample = &samples[_i];
    struct edited out;
    if (sample->gone != NULL && sample->new == NULL) {
        ck_assert(!edit(map, sample->line, &out)); /* the route goes through it */
        return;
    }
    ck_assert_msg(edit(map, sample->line, &out), "%s: %s", sample->line, err.text);
    if (sample->gone != NULL)
        check_change(sample->line, out.text, sample->gone, sample->new);
}
END_TEST

START_TEST(references_follow_a_new_id)
{
    struct edited out;
    ck_assert(edit(map, "rename persona/anna ana", &out));
    ck_assert_ptr_null(strstr(out.text, "anna"));
    ck_assert_ptr_nonnull(strstr(out.text, "  ana: {name: 'Anna B.', share: 0.5}\n"));
    ck_assert_ptr_nonnull(strstr(out.text, "experience: {ana: 30}\n"));
    ck_assert(edit(map, "rename a start", &out));
    ck_assert_ptr_nonnull(strstr(out.text, "- id: start\n"));
    ck_assert_ptr_nonnull(strstr(out.text, "through: [start, c]"));
    ck_assert(edit(map, "rename channel/app mobile", &out));
    ck_assert_ptr_nonnull(strstr(out.text, "mobile: App}"));
    ck_assert_ptr_nonnull(strstr(out.text, "[[web, mobile]]"));
    ck_assert(!edit(map, "rename a b", &out)); /* taken */
}
END_TEST

START_TEST(a_touchpoint_moves_with_its_comments)
{
    struct edited out;
    ck_assert(edit(map, "move a after b", &out));
    const char *b = strstr(out.text, "- id: b"), *comment = strstr(out.text, "# vor dem ersten");
    ck_assert(b < comment && comment < strstr(out.text, "- id: a"));
    ck_assert_ptr_nonnull(strstr(out.text, "        # gehört zu a\n"));
    ck_assert(edit(map, "move a into two", &out));
    ck_assert(strstr(out.text, "- {id: c") < strstr(out.text, "- id: a"));
    ck_assert(edit(map, "move c before a", &out));
    ck_assert_ptr_nonnull(strstr(out.text, "touchpoints: []"));
    ck_assert(edit(map, "move a first", &out)); /* stands there already */
    ck_assert_str_eq(out.text, map);
}
END_TEST

/* The same edit on the same map with other line ends, a byte order mark, or no last newline. */
static char *with(const char *prefix, const char *newline, bool last)
{
    struct str str;
    str_init(&str);
    str_append(&str, prefix);
    for (const char *c = map; *c; c++) {
        if (*c == '\n' && (last || c[1]))
            str_append(&str, newline);
        else if (*c != '\n')
            str_append_char(&str, *c);
    }
    char *text = arena_strndup(&arena, str.text, str.length);
    str_finish(&str);
    return text;
}

START_TEST(line_ends_and_marks_of_the_file_stay)
{
    struct edited out;
    const char *crlf = with("", "\r\n", true), *bom = with("\xef\xbb\xbf", "\n", true);
    const char *bare = with("", "\n", false);
    ck_assert(edit(crlf, "insert touchpoint/d D before b", &out));
    for (const char *c = out.text; *c; c++)
        ck_assert(*c != '\n' || c[-1] == '\r');
    ck_assert_ptr_nonnull(strstr(out.text, "      - id: d\r\n        title: D\r\n\r\n"));
    ck_assert(edit(bom, "set map.title X", &out));
    const char *wanted = "\xef\xbb\xbfstellwerk: 1\ntitle: X   # ";
    ck_assert_int_eq(strncmp(out.text, wanted, strlen(wanted)), 0);
    ck_assert(edit(bare, "insert route/long \"{through: [a, b]}\"", &out));
    ck_assert_int_eq(out.text[out.length - 1], '}');
    ck_assert_ptr_nonnull(
        strstr(out.text, "[a, c]}\n  - {id: long, title: long, through: [a, b]}"));
}
END_TEST

static const struct {
    const char *text, *line, *reason;
} refusals[] = {
    { map, "set a.standart 80", "did you mean 'standard'" },
    { map, "set stage/onee.title x", "did you mean 'one'" },
    { map, "set a.standard 120", "from 0 to 100" },
    { map, "set b.channel wbe", "did you mean 'web'" },
    { map, "set a.experience.bob 3", "no persona 'bob'" },
    { map, "set a.id b", "taken" },
    { map, "delete map", "cannot be taken away" },
    { map, "delete a.pains.3", "there are only 2" },
    { map, "unset a.standard", "is not there" },
    { map, "move persona/anna first", "no place in an order" },
    { map, "move a after nowhere", "no touchpoint 'nowhere'" },
    { map, "insert persona/anna {}", "already" },
    { map, "insert a.pains", "needs a value" },
    { map, "set a.title.x y", "nothing inside" },
    { map, "rename a.pains x", "no id" },
    { "stellwerk: 1\ntitle: X\nstages: &s\n- {id: a, title: A, touchpoints: &t []}\nroutes: *t\n",
      "set stage/a.touchpoints []", "alias in line 5" },
    { "stellwerk: 1\ntitle: !!str X\nstages: []\n", "set map.title Y", "tag" },
    { "stellwerk: 1\n? title\n: X\nstages: []\n", "set map.owner Y", "'?'" },
    { "stellwerk: 1\ntitle: X\rstages: []\n", "set map.title Y", "line breaks" },
    { "stellwerk: 1\ntitle: [\n", "set map.title Y", "" },
    { "", "set map.title Y", "empty" },
};

START_TEST(what_cannot_be_done_safely_is_refused_with_the_reason)
{
    struct edited out;
    ck_assert_msg(!edit(refusals[_i].text, refusals[_i].line, &out), "%s gave:\n%s",
                  refusals[_i].line, out.text);
    ck_assert_msg(strstr(err.text, refusals[_i].reason) != NULL, "%s: '%s' lacks '%s'",
                  refusals[_i].line, err.text, refusals[_i].reason);
}
END_TEST

Suite *mapfile_edit_suite(void)
{
    Suite *suite = suite_create("mapfile_edit");
    TCase *tests = tcase_create("edits");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, an_edit_changes_what_it_must_and_nothing_else, 0,
                        ARRAY_LEN(samples));
    tcase_add_test(tests, references_follow_a_new_id);
    tcase_add_test(tests, a_touchpoint_moves_with_its_comments);
    tcase_add_test(tests, line_ends_and_marks_of_the_file_stay);
    tcase_add_loop_test(tests, what_cannot_be_done_safely_is_refused_with_the_reason, 0,
                        ARRAY_LEN(refusals));
    suite_add_tcase(suite, tests);
    return suite;
}
