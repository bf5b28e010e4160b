/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/upkeep.h>

#include <stdarg.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>

#include "derived.h"
#include "event_index.h"
#include "schema.h"
#include "sql.h"

/* Faults of the file that are told one by one. */
#define FAULTS_TOLD "20"

struct verifying {
    struct arena *arena;
    struct store *store;
    struct store_verdict *out;
    size_t capacity;
};

[[gnu::format(printf, 2, 3)]] static void tell(struct verifying *verifying, const char *format, ...)
{
    struct texts *findings = &verifying->out->findings;
    va_list args;
    va_start(args, format);
    findings->items = arena_grow(verifying->arena, findings->items, findings->count,
                                 &verifying->capacity, sizeof(*findings->items));
    findings->items[findings->count++] = arena_vprintf(verifying->arena, format, args);
    va_end(args);
}

/* ---- The file ---- */

static bool check_file(struct verifying *verifying, struct error *err)
{
    sqlite3_stmt *faults;
    enum sql_result result;
    if (!sql_prepare(verifying->store, "PRAGMA integrity_check(" FAULTS_TOLD ")", &faults, err))
        return false;
    while ((result = sql_step(verifying->store, faults, err)) == SQL_ROW)
        if (sqlite3_stricmp(sql_text(faults, 0), "ok") != 0)
            tell(verifying, _("the file is damaged: %s"), sql_text(faults, 0));
    sqlite3_finalize(faults);
    return result == SQL_DONE;
}

/* Tables were looked at when the store was opened; the rest is no harm and soon mended. */
static bool check_objects(struct verifying *verifying, struct error *err)
{
    struct schema_object object;
    for (size_t i = 0; schema_object(i, &object); i++) {
        bool same;
        if (!schema_has(verifying->store, &object, &same, err))
            return false;
        if (!same)
            tell(verifying,
                 _("'%s' is not as stellwerk makes it; 'stellwerk store rebuild' makes "
                   "it anew"),
                 object.name);
    }
    return true;
}

/* ---- Rows ---- */

static bool count_rows(struct verifying *verifying, struct error *err)
{
    int64_t rows;
    if (!sql_integer(verifying->store,
                     "SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM answer) +"
                     " (SELECT count(*) FROM observation) + (SELECT count(*) FROM path)",
                     0, &rows, err))
        return false;
    verifying->out->rows = (uint64_t)rows;
    return true;
}

static bool check_words(struct verifying *verifying, struct error *err)
{
    sqlite3_stmt *strays;
    enum sql_result result;
    if (!sql_prepare(verifying->store,
                     "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check"
                     " GROUP BY 1, 2",
                     &strays, err))
        return false;
    while ((result = sql_step(verifying->store, strays, err)) == SQL_ROW) {
        uint64_t count = (uint64_t)sqlite3_column_int64(strays, 2);
        tell(verifying,
             ngettext("%s time a row of '%s' names something that '%s' does not have",
                      "%s times a row of '%s' names something that '%s' does not have",
                      (unsigned long)count),
             locale_count(verifying->arena, count), sql_text(strays, 0), sql_text(strays, 1));
    }
    sqlite3_finalize(strays);
    return result == SQL_DONE;
}

/* ---- Indexes of events ---- */

static void tell_wrong(struct verifying *verifying, const char *name, uint64_t wrong)
{
    if (wrong > 0)
        tell(verifying,
             ngettext("the %s is wrong in %s place; 'stellwerk store rebuild' mends it",
                      "the %s is wrong in %s places; 'stellwerk store rebuild' mends it",
                      (unsigned long)wrong),
             name, locale_count(verifying->arena, wrong));
}

/* What cannot be read is a finding, too, unless it is for want of time. */
static bool check_indexes(struct verifying *verifying, struct error *err)
{
    uint64_t keys, places;
    if (event_index_verify(verifying->store, &keys, &places, err)) {
        tell_wrong(verifying, _("index of keys"), keys);
        tell_wrong(verifying, _("index of touchpoints and times"), places);
        return true;
    }
    if (sql_must_stop(verifying->store))
        return false;
    tell(verifying, "%s", err->text);
    return true;
}

/* ---- What follows from the rows ---- */

static void tell_verdict(struct verifying *verifying, const char *name,
                         const struct derived_verdict *verdict, bool due)
{
    struct arena *arena = verifying->arena;
    if (due)
        tell(verifying,
             _("the %s is not up to date, so that figures read the rows; 'stellwerk "
               "store rebuild' mends it"),
             name);
    if (verdict->different > 0)
        tell(verifying,
             ngettext("%s of %s parts of the %s is not what the rows say; 'stellwerk store "
                      "rebuild' mends it",
                      "%s of %s parts of the %s are not what the rows say; 'stellwerk store "
                      "rebuild' mends it",
                      (unsigned long)verdict->different),
             locale_count(arena, verdict->different), locale_count(arena, verdict->parts), name);
    verifying->out->parts += verdict->parts;
}

static bool check_derived(struct verifying *verifying, const struct derived_kind *kind,
                          struct error *err)
{
    struct derived_verdict verdict;
    bool due;
    void *self;
    if (!kind->ops->is_due(verifying->store, kind, &due, err) ||
        !kind->ops->open(verifying->store, kind, &self, err))
        return false;
    bool good = kind->ops->verify(self, &verdict, err);
    kind->ops->close(self);
    if (good)
        tell_verdict(verifying, _(kind->name), &verdict, due);
    return good;
}

static bool check_all_derived(struct verifying *verifying, struct error *err)
{
    const struct derived_kind *kind;
    for (size_t i = 0; (kind = derived_kind(i)) != NULL; i++)
        if (!check_derived(verifying, kind, err))
            return false;
    return true;
}

/* What follows from the rows is compared with rows that the indexes lead to. */
static bool check_by_index(struct verifying *verifying, struct error *err)
{
    size_t findings = verifying->out->findings.count;
    return check_indexes(verifying, err) &&
           (verifying->out->findings.count > findings || check_all_derived(verifying, err));
}

/* What stands in a damaged file is not looked at more closely. */
static bool check_all(struct verifying *verifying, struct error *err)
{
    if (!check_file(verifying, err))
        return false;
    return verifying->out->findings.count > 0 ||
           (check_objects(verifying, err) && count_rows(verifying, err) &&
            check_words(verifying, err) && check_by_index(verifying, err));
}

bool store_verify(struct arena *arena, struct store *store, struct store_verdict *out,
                  struct error *err)
{
    struct verifying verifying = { .arena = arena, .store = store, .out = out };
    struct error why;
    *out = (struct store_verdict){ 0 };
    if (check_all(&verifying, &why))
        return true;
    if ((sqlite3_errcode(store->db) & 0xff) != SQLITE_CORRUPT)
        return error_set(err, "%s", why.text);
    tell(&verifying, "%s", why.text); /* too damaged even to be looked at */
    return true;
}
