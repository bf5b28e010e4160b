/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/catalogue.h"

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <stellwerk/base/array.h>

struct text {
    const char *bytes;
    size_t length;
};

#define TEXT(literal) { literal, sizeof(literal) - 1 }

/* Sorted by message, as a catalogue has to be. */
static const struct {
    struct text message, translation;
} messages[] = {
    { TEXT(""), TEXT("Language: de\n"
                     "Content-Type: text/plain; charset=UTF-8\n"
                     "Plural-Forms: nplurals=2; plural=(n != 1);\n") },
    { TEXT("%d day\0%d days"), TEXT("%d Tag\0%d Tage") },
    { TEXT("%d week\0%d weeks"), TEXT("%d Woche\0%d Wochen") },
    { TEXT("age\004today"), TEXT("heute") },
    { TEXT("date format\004%Y-%m-%d"), TEXT("%d.%m.%Y") },
    { TEXT("decimal mark\004."), TEXT(",") },
    { TEXT("month\004March"), TEXT("März") },
    { TEXT("month\004October"), TEXT("Oktober") },
    { TEXT("percentage\004%s%%"), TEXT("%s\u00A0%%") },
    { TEXT("period\004%e–|%e %B %Y"), TEXT("%e.–|%e. %B %Y") },
    { TEXT("period\004since %e %B %Y"), TEXT("seit %e. %B %Y") },
    { TEXT("standard input"), TEXT("Standardeingabe") },
    { TEXT("thousands separator\004,"), TEXT(".") },
};

static void write_number(FILE *file, size_t number)
{
    uint32_t word = (uint32_t)number;
    ck_assert_uint_eq(fwrite(&word, sizeof(word), 1, file), 1);
}

/* A table of length and offset; returns the offset behind its last string. */
static size_t write_table(FILE *file, size_t offset, bool translations)
{
    for (size_t i = 0; i < ARRAY_LEN(messages); i++) {
        struct text text = translations ? messages[i].translation : messages[i].message;
        write_number(file, text.length);
        write_number(file, offset);
        offset += text.length + 1;
    }
    return offset;
}

static char *make_path(const char *folder)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/de/LC_MESSAGES/stellwerk.mo", folder), 0);
    for (char *slash = strstr(path, "/de/"); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    return path;
}

char *catalogue_write(const char *folder)
{
    char *path = make_path(folder);
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "cannot write %s", path);
    size_t count = ARRAY_LEN(messages), tables = 28;
    size_t header[] = { 0x950412DE, 0, count, tables, tables + 8 * count, 0, 0 };
    for (size_t i = 0; i < ARRAY_LEN(header); i++)
        write_number(file, header[i]);
    size_t behind = write_table(file, tables + 16 * count, false);
    write_table(file, behind, true);
    for (size_t i = 0; i < count; i++)
        fwrite(messages[i].message.bytes, 1, messages[i].message.length + 1, file);
    for (size_t i = 0; i < count; i++)
        fwrite(messages[i].translation.bytes, 1, messages[i].translation.length + 1, file);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}
