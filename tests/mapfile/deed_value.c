/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deed.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>

/* xorshift64* */
uint32_t dice_roll(struct dice *dice, uint32_t sides)
{
    dice->state ^= dice->state >> 12;
    dice->state ^= dice->state << 25;
    dice->state ^= dice->state >> 27;
    return (uint32_t)((dice->state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % sides;
}

static const char *const texts[] = {
    "",
    " ",
    "a",
    "zu laut",
    "Grüße, Jürgen",
    "it's",
    "\"so\"",
    "'so'",
    "a: b",
    "a:b",
    "a :b",
    "http://example.org/a?b=c#d",
    "a #b",
    "a#b",
    "#a",
    "- a",
    "-a",
    "-",
    "--- a",
    "...",
    "? a",
    "?",
    ": a",
    ":",
    "a:",
    "no",
    "Yes",
    "null",
    "~",
    "true",
    "12",
    "12:30",
    "1e3",
    "0x1F",
    "0o7",
    "-5",
    ".5",
    "1_000",
    "2026-10-02",
    "2026-10-02 10:00:00",
    ".inf",
    "<<",
    "=",
    "[a",
    "a]",
    "{a}",
    "a, b",
    "[a, b]",
    "{a: b}",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    "> a",
    "%a",
    "@a",
    "`a`",
    " leading",
    "trailing ",
    "trailing\t",
    "\ttab",
    "a\tb",
    "line one\nline two",
    "ends\n",
    "\nbegins",
    "two\n\nparts",
    "  deep\nless",
    "a\n  b\n",
    "many\n\n\n",
    "a # b\n# c",
    "emoji 😀",
    "👩‍👩‍👧 family",
    "a\xc2\xa0"
    "b",
    "\xc2\xa0"
    "nbsp",
    "nel\xc2\x85",
    "ls\xe2\x80\xa8s",
    "bom\xef\xbb\xbf",
    "bell\x07",
    "del\x7f",
    "back\\slash",
    "\\n",
    "100 %",
    "50%",
    "a|b",
    "Warum ausdrucken?",
    "wirklich? # ja",
    "“quoted”",
    "e\xcc\x81",
    "\xe2\x80\xae"
    "bidi",
    "a\r\nb",
    "x\r",
};

static const char *long_text(struct arena *arena, struct dice *dice)
{
    static const char *const words[] = {
        "warten", "am", "Schalter:", "#", "\"nie\"", "Gleis", "😀"
    };
    struct str text;
    str_init(&text);
    while (text.length < 1000) {
        if (text.length > 0)
            str_append_char(&text, dice_roll(dice, 40) == 0 ? '\n' : ' ');
        str_append(&text, words[dice_roll(dice, ARRAY_LEN(words))]);
    }
    const char *copy = arena_strndup(arena, text.text, text.length);
    str_finish(&text);
    return copy;
}

const char *nasty_text(struct arena *arena, struct dice *dice)
{
    uint32_t roll = dice_roll(dice, ARRAY_LEN(texts) + 1);
    return roll < ARRAY_LEN(texts) ? texts[roll] : long_text(arena, dice);
}

static struct thing *random_number(struct arena *arena, struct dice *dice)
{
    return thing_text(arena, arena_printf(arena, "%u", (unsigned)dice_roll(dice, 101)), true);
}

struct thing *random_value(struct arena *arena, struct dice *dice, int depth)
{
    static const char *const keys[] = { "a", "b c", "no", "1", "ü", "e: f", "" };
    uint32_t roll = dice_roll(dice, depth > 0 ? 10 : 7);
    if (roll < 5)
        return thing_text(arena, nasty_text(arena, dice), false);
    if (roll < 7)
        return random_number(arena, dice);
    struct thing *value = thing_collection(arena, roll < 9 ? THING_LIST : THING_PAIRS);
    size_t count = dice_roll(dice, 4), key = dice_roll(dice, ARRAY_LEN(keys));
    for (size_t i = 0; i < count; i++) {
        if (value->kind == THING_PAIRS)
            thing_append(arena, value, thing_text(arena, keys[(key + i) % ARRAY_LEN(keys)], false));
        thing_append(arena, value, random_value(arena, dice, depth - 1));
    }
    return value;
}

/* ---- Spelling ------------------------------------------------------------------------------- */

static void spell_text(struct str *out, const struct thing *text)
{
    if (text->plain) {
        str_append(out, text->text);
        return;
    }
    str_append_char(out, '"');
    for (const char *c = text->text; *c; c++) {
        if (*c == '"' || *c == '\\')
            str_printf(out, "\\%c", *c);
        else if ((unsigned char)*c < ' ' || *c == 0x7f)
            str_printf(out, "\\x%02x", *c);
        else if (strncmp(c, "\xc2\x85", 2) == 0)
            str_append(out, "\\N"), c += 1;
        else if (strncmp(c, "\xe2\x80\xa8", 3) == 0)
            str_append(out, "\\L"), c += 2;
        else if (strncmp(c, "\xef\xbb\xbf", 3) == 0)
            str_append(out, "\\uFEFF"), c += 2;
        else
            str_append_char(out, *c);
    }
    str_append_char(out, '"');
}

static void spell_to(struct str *out, const struct thing *value)
{
    if (value->kind == THING_TEXT) {
        spell_text(out, value);
        return;
    }
    str_append_char(out, value->kind == THING_LIST ? '[' : '{');
    for (size_t i = 0; i < value->count; i++) {
        if (i > 0)
            str_append(out, value->kind == THING_PAIRS && i % 2 ? ": " : ", ");
        spell_to(out, value->items[i]);
    }
    str_append_char(out, value->kind == THING_LIST ? ']' : '}');
}

const char *spell(struct arena *arena, const struct thing *value)
{
    struct str out;
    str_init(&out);
    spell_to(&out, value);
    const char *text = arena_strndup(arena, out.text, out.length);
    str_finish(&out);
    return text;
}

/* ---- What keys of maps take ----------------------------------------------------------------- */

static bool is_among(const char *key, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(key, words[i]) == 0)
            return true;
    return false;
}

struct thing *value_for_key(struct arena *arena, struct dice *dice, const char *key, bool *raw)
{
    static const char *const raw_keys[] = { "title", "name",   "role",  "label",  "owner",
                                            "quote", "note",   "claim", "source", "text",
                                            "tone",  "format", "unit",  "rhythm", "volume" };
    static const char *const score_keys[] = { "standard", "score",  "adequate", "desired",
                                              "all",      "from",   "to",       "importance",
                                              "votes",    "impact", "effort",   "min_n" };
    static const char *const list_keys[] = { "pains",   "gains",     "actions", "thoughts",
                                             "systems", "backstage", "goals",   "needs" };
    *raw = is_among(key, raw_keys, ARRAY_LEN(raw_keys));
    if (*raw)
        return thing_text(arena, nasty_text(arena, dice), false);
    if (is_among(key, score_keys, ARRAY_LEN(score_keys)))
        return thing_text(arena, arena_printf(arena, "%u", 1 + (unsigned)dice_roll(dice, 5)), true);
    if (!is_among(key, list_keys, ARRAY_LEN(list_keys)))
        return NULL;
    struct thing *list = thing_collection(arena, THING_LIST);
    for (uint32_t i = dice_roll(dice, 4); i > 0; i--)
        thing_append(arena, list, thing_text(arena, nasty_text(arena, dice), false));
    return list;
}
