/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/source.h>

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";

enum { DIRECTIVES_MAX = 16 };

/* Eight bytes at a time, each in its own lane of a word. */
#define LANES(byte) (UINT64_C(0x0101010101010101) * (byte))

static uint64_t word_at(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof(word));
    return word;
}

/* Bytes 10xxxxxx continue a character that began before them. */
static size_t continuations(uint64_t word)
{
    uint64_t high = word & LANES(0x80);
    uint64_t second = (word << 1) & LANES(0x80);
    return (size_t)__builtin_popcountll(high & ~second);
}

static bool is_plain(char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

/* False where a byte is not is_plain(); carries between lanes only make it false too often. */
static bool all_plain(uint64_t word)
{
    return ((word | (word - LANES(0x20)) | (word + LANES(1))) & LANES(0x80)) == 0;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* How far a look through the text has come. */
struct walk {
    const char *at;
    size_t index; /* characters before `at` */
    size_t line_capacity;
};

static void begin_line(struct arena *arena, struct source *source, struct walk *walk)
{
    if (source->line_count == walk->line_capacity)
        source->line_starts = arena_grow(arena, source->line_starts, source->line_count,
                                         &walk->line_capacity, sizeof(*source->line_starts));
    source->line_starts[source->line_count++] = (uint32_t)walk->index;
}

static struct pos walk_pos(const struct walk *walk, const struct source *source)
{
    return source_pos_in_line(source, walk->index, (uint32_t)source->line_count);
}

static bool refuse(const struct source *source, struct pos pos, struct diag_list *findings,
                   const char *code, const char *text)
{
    pos.file = source->file;
    diag_add(findings, SEVERITY_ERROR, pos, code, "%s", text);
    return false;
}

/* What YAML 1.1 allows in a text, beside breaks; a byte order mark is at home only at the start. */
static bool allowed(uint32_t letter)
{
    if (letter < 0x20)
        return letter == '\t' || letter == '\n' || letter == '\r';
    if (letter < 0xA0)
        return letter < 0x7F || letter == 0x85;
    return letter != 0xFEFF && letter != 0xFFFE && letter != 0xFFFF;
}

static bool is_odd_break(uint32_t letter, const char *behind)
{
    if (letter == '\r')
        return *behind != '\n';
    return letter == 0x85 || letter == 0x2028 || letter == 0x2029;
}

static bool refuse_letter(const struct source *source, struct pos pos, uint32_t letter,
                          struct diag_list *findings)
{
    if (letter == 0)
        return refuse(source, pos, findings, "nul_byte",
                      _("a NUL byte: this is not a text file, or it is not in UTF-8"));
    diag_add(findings, SEVERITY_ERROR, pos, "control_character",
             _("the invisible character U+%04X is not allowed in YAML; delete it"), letter);
    return false;
}

/* One warning is enough: where there is one, there are hundreds. */
static void note_odd_break(struct source *source, struct pos pos, uint32_t letter,
                           struct diag_list *findings)
{
    if (!source->odd_breaks)
        diag_add(findings, SEVERITY_WARNING, pos, "odd_line_break",
                 _("the character U+%04X ends a line in YAML but not in most editors; use plain "
                   "line ends"),
                 letter);
    source->odd_breaks = true;
}

/* Looks at the character the walk has come to and steps over it. */
static bool look(struct walk *walk, struct source *source, struct diag_list *findings)
{
    size_t bytes;
    uint32_t letter = utf8_decode(walk->at, &bytes);
    if (letter == 0xFFFD && bytes == 1) {
        diag_add(findings, SEVERITY_ERROR, walk_pos(walk, source), "not_utf8",
                 _("the byte 0x%02X is not UTF-8 text; save the file as UTF-8"),
                 (unsigned char)*walk->at);
        return false;
    }
    if (!allowed(letter))
        return refuse_letter(source, walk_pos(walk, source), letter, findings);
    if (is_odd_break(letter, walk->at + bytes))
        note_odd_break(source, walk_pos(walk, source), letter, findings);
    walk->at += bytes;
    walk->index++;
    return true;
}

/* Most of most texts is printable ASCII without line ends. */
static void pass_plain(struct walk *walk, const char *end)
{
    const char *start = walk->at;
    while (end - walk->at >= 8 && all_plain(word_at(walk->at)))
        walk->at += 8;
    while (walk->at < end && is_plain(*walk->at))
        walk->at++;
    walk->index += (size_t)(walk->at - start);
}

static bool look_through(struct arena *arena, struct source *source, struct diag_list *findings)
{
    struct walk walk = { .at = source->text };
    const char *end = source->text + source->length;
    begin_line(arena, source, &walk);
    for (pass_plain(&walk, end); walk.at < end; pass_plain(&walk, end)) {
        if (*walk.at == '\n') {
            walk.at++;
            walk.index++;
            begin_line(arena, source, &walk);
        } else if (!look(&walk, source, findings)) {
            return false;
        }
    }
    source->characters = walk.index;
    return true;
}

/* A parser compares each directive with all before it; ten thousands of them would take minutes. */
static bool few_directives(const struct source *source, struct diag_list *findings)
{
    size_t directives = 0;
    for (const char *line = source->text; *line != '\0';) {
        size_t blank = strspn(line, " \t\r");
        if (line[0] == '%')
            directives++;
        else if (line[blank] != '#' && line[blank] != '\n')
            return true;
        if (directives > DIRECTIVES_MAX) {
            diag_add(findings, SEVERITY_ERROR,
                     source_pos_of_byte(source, (size_t)(line - source->text)), "yaml_syntax",
                     _("too many lines that begin with '%%'"));
            return false;
        }
        const char *newline = strchr(line, '\n');
        line = newline != NULL ? newline + 1 : "";
    }
    return true;
}

static bool is_utf16(const char *text, size_t length)
{
    if (length < 2)
        return false;
    bool marked = memcmp(text, "\xFE\xFF", 2) == 0 || memcmp(text, "\xFF\xFE", 2) == 0;
    return marked || (text[0] == '\0') != (text[1] == '\0');
}

bool source_init(struct arena *arena, const char *file, const char *text, size_t length,
                 struct source *out, struct diag_list *findings)
{
    *out = (struct source){ .file = file, .text = text, .length = length };
    struct pos start = { .file = file, .line = 1, .column = 1 };
    if (length > SOURCE_MAX) {
        diag_add(findings, SEVERITY_ERROR, start, "file_too_large",
                 _("the file is larger than %zu MiB"), SOURCE_MAX >> 20);
        return false;
    }
    if (is_utf16(text, length))
        return refuse(out, start, findings, "utf16", _("the file is in UTF-16; save it as UTF-8"));
    size_t mark = strlen(byte_order_mark);
    if (length >= mark && memcmp(text, byte_order_mark, mark) == 0) {
        out->bom = true;
        out->text += mark;
        out->length -= mark;
    }
    return look_through(arena, out, findings) && few_directives(out, findings);
}

/* It is the last line that starts at or before the character. */
uint32_t source_line(const struct source *source, size_t index)
{
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= index)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low + 1;
}

struct pos source_pos_in_line(const struct source *source, size_t index, uint32_t line)
{
    return (struct pos){
        .file = source->file,
        .line = line,
        .column = (uint32_t)(index - source->line_starts[line - 1]) + 1,
    };
}

struct pos source_pos(const struct source *source, size_t index)
{
    return source_pos_in_line(source, index, source_line(source, index));
}

size_t source_byte_from(const struct source *source, size_t index, size_t known_index,
                        size_t known_byte)
{
    const char *at = source->text + known_byte;
    const char *end = source->text + source->length;
    size_t seen = known_index;
    /* A word of eight bytes holds at most eight first bytes: while more are wanted it is passed. */
    while (end - at >= 8 && index - seen > 8) {
        seen += 8 - continuations(word_at(at));
        at += 8;
    }
    while (at < end && is_continuation(*at))
        at++;
    while (at < end && seen < index) {
        at++;
        while (at < end && is_continuation(*at))
            at++;
        seen++;
    }
    return (size_t)(at - source->text);
}

size_t source_byte(const struct source *source, size_t index)
{
    return source_byte_from(source, index, 0, 0);
}

size_t source_index_from(const struct source *source, size_t offset, size_t known_index,
                         size_t known_byte)
{
    const char *at = source->text + known_byte, *end = source->text + offset;
    size_t index = known_index;
    for (; end - at >= 8; at += 8)
        index += 8 - continuations(word_at(at));
    for (; at < end; at++)
        index += !is_continuation(*at);
    return index;
}

struct pos source_pos_of_byte(const struct source *source, size_t offset)
{
    return source_pos(source, source_index_from(source, offset, 0, 0));
}
