/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/i18n.h>

#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/file.h>

/*
 * A catalogue as msgfmt writes it (gettext manual, "The Format of GNU MO Files"): two tables of
 * length and offset, the messages of the source, sorted, and their translations in the same order.
 */
struct catalogue {
    struct arena arena;
    const char *bytes; /* NULL: no catalogue */
    size_t length;
    uint32_t count, sources, translations;
};

static struct catalogue catalogue;

static const uint32_t mo_magic = 0x950412DE; /* as written on a machine of our own byte order */
static const size_t mo_max = (size_t)4 << 20;

static uint32_t number_at(const char *bytes, size_t offset)
{
    uint32_t number;
    memcpy(&number, bytes + offset, sizeof(number));
    return number;
}

/* True when every entry of a table is a string inside the file with a NUL behind it. */
static bool table_is_sound(const struct catalogue *mo, uint32_t table)
{
    if (table > mo->length || mo->count > (mo->length - table) / 8)
        return false;
    for (uint32_t i = 0; i < mo->count; i++) {
        uint32_t length = number_at(mo->bytes, table + 8 * (size_t)i);
        uint32_t offset = number_at(mo->bytes, table + 8 * (size_t)i + 4);
        if (offset >= mo->length || length >= mo->length - offset ||
            mo->bytes[offset + length] != '\0')
            return false;
    }
    return true;
}

static bool read_tables(struct catalogue *mo)
{
    if (mo->length < 20 || number_at(mo->bytes, 0) != mo_magic)
        return false;
    mo->count = number_at(mo->bytes, 8);
    mo->sources = number_at(mo->bytes, 12);
    mo->translations = number_at(mo->bytes, 16);
    return table_is_sound(mo, mo->sources) && table_is_sound(mo, mo->translations);
}

bool i18n_open(const char *folder, const char *language)
{
    i18n_close();
    struct catalogue mo = { 0 };
    const char *path =
        arena_printf(&mo.arena, "%s/%s/LC_MESSAGES/stellwerk.mo", folder, language);
    if (!file_read(&mo.arena, path, mo_max, &mo.bytes, &mo.length, NULL) || !read_tables(&mo)) {
        arena_finish(&mo.arena);
        return false;
    }
    catalogue = mo;
    return true;
}

void i18n_close(void)
{
    arena_finish(&catalogue.arena);
    catalogue = (struct catalogue){ 0 };
}

static const char *string_at(uint32_t table, uint32_t index)
{
    return catalogue.bytes + number_at(catalogue.bytes, table + 8 * (size_t)index + 4);
}

/* The translation of a message; `key` itself where it has none. */
static const char *find(const char *key)
{
    uint32_t low = 0, high = catalogue.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(key, string_at(catalogue.sources, middle));
        if (order == 0)
            return string_at(catalogue.translations, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return key;
}

const char *i18n_get(const char *message)
{
    return catalogue.bytes != NULL ? find(message) : gettext(message);
}

const char *i18n_get_in_context(const char *key, const char *message)
{
    const char *found = i18n_get(key);
    return found == key ? message : found;
}

/* The forms of a plural stand one behind the other, each with its NUL. */
const char *i18n_get_plural(const char *one, const char *many, unsigned long number)
{
    if (catalogue.bytes == NULL)
        return dcngettext(NULL, one, many, number, LC_MESSAGES);
    const char *found = find(one);
    if (found == one)
        return number == 1 ? one : many;
    return number == 1 ? found : found + strlen(found) + 1;
}
