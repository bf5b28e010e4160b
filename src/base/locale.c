/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Categories are set one by one: a system that lacks the locale of one of them, as small ones do,
 * must not lose UTF-8 or the messages for it.
 */
#include <stellwerk/base/locale.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/marks.h>
#include <stellwerk/base/utf8.h>

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

/* What stellwerk speaks, with a locale that has its messages. */
static const struct language {
    const char *code;
    const char *locale; /* NULL: the text of the source */
} languages[] = {
    { .code = "en", .locale = NULL },
    { .code = "de", .locale = "de_DE.UTF-8" },
};

static const char *spoken = "en";

/* The language of "de", "de_AT.UTF-8", "de:en", a line; NULL where it is not spoken here. */
static const struct language *find_language(const char *name)
{
    size_t length = strcspn(name, "_.@:\n");
    for (size_t i = 0; i < ARRAY_LEN(languages); i++)
        if (strlen(languages[i].code) == length && memcmp(languages[i].code, name, length) == 0)
            return &languages[i];
    return NULL;
}

/* What the environment wants for a category; "" where nothing. */
static const char *wanted_locale(const char *category)
{
    const char *const variables[] = { "LC_ALL", category, "LANG" };
    for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0')
            return value;
    }
    return "";
}

static bool is_plain_c(const char *name)
{
    return strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0;
}

/* A locale that names no character set is taken for UTF-8: nearly all are today. */
static bool means_utf8(const char *name)
{
    const char *charset = strchr(name, '.');
    if (charset == NULL)
        return name[0] != '\0' && !is_plain_c(name);
    return strncasecmp(charset, ".utf8", 5) == 0 || strncasecmp(charset, ".utf-8", 6) == 0;
}

/* Any locale will do that has UTF-8; the last is what macOS calls it. */
static void set_any_utf8(void)
{
    static const char *const names[] = { "C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (setlocale(LC_CTYPE, names[i]) != NULL && utf8_is_spoken())
            return;
    setlocale(LC_CTYPE, "");
}

static void set_characters(bool utf8_needed)
{
    setlocale(LC_CTYPE, "C");
    bool installed = setlocale(LC_CTYPE, "") != NULL;
    if (utf8_is_spoken())
        return;
    if (utf8_needed || (!installed && means_utf8(wanted_locale("LC_CTYPE"))))
        set_any_utf8();
}

/* The catalogue in use says itself, in the translation of "", what it is. */
static void note_spoken(void)
{
    const char *field = strstr(i18n_get(""), "Language: ");
    const struct language *language =
        field != NULL ? find_language(field + strlen("Language: ")) : NULL;
    spoken = language != NULL ? language->code : "en";
}

/* Puts messages into `name`'s language as far as the C library goes along. */
static bool try_messages(const char *name, const struct language *language)
{
    bool installed = setlocale(LC_MESSAGES, name) != NULL;
    note_spoken();
    return installed && spoken == language->code;
}

/*
 * What the person reads, told by LANGUAGE and by the name of the locale, be it installed or not;
 * NULL where only the C library can tell. `set` is the locale that was set, NULL where it is
 * missing.
 */
static const struct language *wished_language(const char *set)
{
    if (set != NULL && is_plain_c(set))
        return NULL;
    const char *list = getenv("LANGUAGE");
    while (list != NULL && list[0] != '\0') {
        const struct language *language = find_language(list);
        if (language != NULL)
            return language;
        list = strchr(list, ':');
        list = list != NULL ? list + 1 : NULL;
    }
    return find_language(wanted_locale("LC_MESSAGES"));
}

static const char *catalogue_folder(void)
{
    const char *folder = getenv("STELLWERK_LOCALEDIR");
    return folder != NULL ? folder : LOCALEDIR;
}

static void set_messages(const struct language *forced)
{
    setlocale(LC_MESSAGES, "C");
    const char *set = setlocale(LC_MESSAGES, "");
    const struct language *language = forced != NULL ? forced : wished_language(set);
    note_spoken();
    if (language == NULL || spoken == language->code)
        return;
    if (language->locale == NULL) {
        setlocale(LC_MESSAGES, "C");
        note_spoken();
        return;
    }
    setenv("LANGUAGE", language->code, 1);
    if (try_messages("", language) || try_messages(language->locale, language) ||
        try_messages("C.UTF-8", language))
        return;
    if (i18n_open(catalogue_folder(), language->code))
        note_spoken();
}

static void bind_catalogue(void)
{
    i18n_close();
    bindtextdomain("stellwerk", catalogue_folder());
    bind_textdomain_codeset("stellwerk", "UTF-8");
    textdomain("stellwerk");
}

bool locale_init(const char *language)
{
    const struct language *forced = language != NULL ? find_language(language) : NULL;
    bool known = language == NULL || (forced != NULL && strcmp(forced->code, language) == 0);
    if (!known)
        forced = NULL;
    bind_catalogue();
    set_characters(forced != NULL && forced->locale != NULL);
    set_messages(forced);
    marks_init(forced == NULL);
    return known;
}

void locale_print(const char *text, FILE *out)
{
    struct arena arena;
    arena_init(&arena);
    fputs(utf8_is_spoken() ? text : utf8_ascii(&arena, text), out);
    arena_finish(&arena);
}

const char *locale_language(void)
{
    return spoken;
}
