/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/glyph.h>

#include <assert.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

/* The form that looks best, and the one that every terminal has. */
static const struct {
    const char *best, *ascii;
} glyphs[] = {
    [GLYPH_MEASURED] = { "●", "@" },
    [GLYPH_SMALL] = { "○", "o" },
    [GLYPH_ESTIMATE] = { "◇", "+" },
    [GLYPH_WHISKER] = { "│", "|" },
    [GLYPH_WHISKER_TOP] = { "┬", "T" },
    [GLYPH_WHISKER_BOTTOM] = { "┴", "^" },
    [GLYPH_PROMISE] = { "╌", "=" },
    [GLYPH_LIMIT] = { "┈", "." },
    [GLYPH_HANDLE] = { "━", "=" },
    [GLYPH_GRID] = { "·", " " },
    [GLYPH_TRUTH] = { "◆", "*" },
    [GLYPH_BREAK] = { "→", ">" },
    [GLYPH_DISAGREE] = { "≠", "!" },
    [GLYPH_NEAR] = { "≈", "~" },
    [GLYPH_BAND] = { "░", ":" },
    [GLYPH_FALL] = { "▒", "#" },
    [GLYPH_RULE] = { "─", "-" },
    [GLYPH_BELOW] = { "▼", "-" },
    [GLYPH_ABOVE] = { "▲", "+" },
    [GLYPH_INSIDE] = { "·", "." },
    [GLYPH_UNKNOWN] = { "?", "?" },
    [GLYPH_MISSING] = { "×", "x" },
    [GLYPH_WINDOW_LEFT] = { "▐", "[" },
    [GLYPH_WINDOW_RIGHT] = { "▌", "]" },
    [GLYPH_VOTE] = { "▪", "#" },
    [GLYPH_STAR] = { "★", "*" },
    [GLYPH_NO_STAR] = { "☆", "." },
    [GLYPH_CLOSED] = { "▸", ">" },
    [GLYPH_OPEN] = { "▾", "v" },
    [GLYPH_LINK] = { "→", ">" },
    [GLYPH_BOX_TOP_LEFT] = { "╭", "+" },
    [GLYPH_BOX_TOP_RIGHT] = { "╮", "+" },
    [GLYPH_BOX_BOTTOM_LEFT] = { "╰", "+" },
    [GLYPH_BOX_BOTTOM_RIGHT] = { "╯", "+" },
    [GLYPH_BOX_HORIZONTAL] = { "─", "-" },
    [GLYPH_BOX_VERTICAL] = { "│", "|" },
    [GLYPH_SCROLL_TRACK] = { "│", "|" },
    [GLYPH_SCROLL_THUMB] = { "┃", "#" },
};
static_assert(sizeof(glyphs) / sizeof(*glyphs) == GLYPH_COUNT, "every glyph has its forms");

const char *glyph(struct medium medium, enum glyph which)
{
    const char *best = glyphs[which].best;
    return medium.ascii || utf8_width(best) != 1 ? glyphs[which].ascii : best;
}

const char *glyph_eighths(int eighths)
{
    static const char *const blocks[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
    assert(eighths >= 0 && eighths <= 8);
    return blocks[eighths];
}

const char *glyph_bar(struct medium medium, double level)
{
    static const char *const steps[] = { "_", ".", "-", "'" };
    double clamped = level < 0 ? 0 : level > 1 ? 1 : level;
    if (medium.ascii)
        return steps[(int)(clamped * 3 + 0.5)];
    return glyph_eighths(1 + (int)(clamped * 7 + 0.5));
}

const char *glyph_block(struct medium medium)
{
    return medium.ascii ? "=" : glyph_bar(medium, 1);
}

const char *glyph_ellipsis(struct medium medium, int limit)
{
    if (!medium.ascii && utf8_width("…") == 1)
        return "…";
    return limit >= 8 ? "..." : "~";
}

static const struct {
    const char *sign, *ascii;
} spellings[] = {
    { "−", "-" },      { "–", "-" },      { "—", "-" },   { "‐", "-" },  { "‑", "-" },
    { "±", "+-" },     { "·", "." },      { "…", "..." }, { "“", "\"" }, { "”", "\"" },
    { "„", "\"" },     { "‘", "'" },      { "’", "'" },   { "‚", "'" },  { "→", "->" },
    { "×", "x" },      { "≠", "!=" },     { "≥", ">=" },  { "≤", "<=" }, { "\u00A0", " " },
    { "\u2009", " " }, { "\u202F", " " }, { "»", "\"" },  { "«", "\"" }, { "‹", "<" },
    { "›", ">" },      { "⁄", "/" },      { "✓", "v" },
};

static size_t spell_sign(struct str *out, const char *text)
{
    for (size_t i = 0; i < sizeof(spellings) / sizeof(*spellings); i++) {
        size_t length = strlen(spellings[i].sign);
        if (strncmp(text, spellings[i].sign, length) == 0) {
            str_append(out, spellings[i].ascii);
            return length;
        }
    }
    str_append_char(out, *text);
    return 1;
}

const char *glyph_spell(struct arena *arena, const char *text)
{
    struct str out;
    str_init(&out);
    while (*text != '\0') {
        if ((unsigned char)*text < 0x80u)
            str_append_char(&out, *text++);
        else
            text += spell_sign(&out, text);
    }
    const char *spelt = arena_strndup(arena, out.text, out.length);
    str_finish(&out);
    return spelt;
}
